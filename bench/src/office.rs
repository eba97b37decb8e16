//! The two portals of a large payer: every queue, search, list and report, while one person asks. What counts is the time of
//! a page, so there is no floor: the limit is 50 ms for 95 of 100 requests.

use std::{
    fmt::Write,
    time::{SystemTime, UNIX_EPOCH},
};

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clap::Args;

use crate::{
    Run, client,
    database::{Database, Kind},
    error::Result,
    flex::{self, Server},
    load::{self, Requests},
    report::Report,
};

/// How much the office has.
#[derive(Args, Clone)]
pub struct Size {
    /// Organizations of the office; each has four apps.
    #[arg(long, default_value_t = 5_000)]
    organizations: u64,
    /// Open reviews of the office.
    #[arg(long, default_value_t = 900)]
    reviews: u64,
    /// Entries of the audit log.
    #[arg(long, default_value_t = 1_000_000)]
    entries: u64,
    /// Rows of counters: calls by app, day, endpoint, status and time.
    #[arg(long, default_value_t = 10_000_000)]
    counters: u64,
}

const APPS: u64 = 4;
/// Days with calls.
const DAYS: u64 = 250;
/// Rows of an app that is called, each day: five endpoints, four outcomes and times.
const ROWS_A_DAY: u64 = 20;
/// The tokens of two sessions, 128 random bits each, as a cookie has them.
const STAFF: &str = "YmVuY2gtb2ZmaWNlLTAwMQ";
const VENDOR: &str = "YmVuY2gtb2ZmaWNlLTAwMg";
/// Requests for a page; the first are not counted.
const REQUESTS: usize = 120;

/// The pages of the staff, of the office at its largest.
const STAFF_PAGES: [&str; 31] = [
    "/admin",
    "/admin/queues",
    "/admin/queues?page=9",
    "/admin/queues?order=name",
    "/admin/queues/organizations",
    "/admin/queues/applications",
    "/admin/queues/applications?access=patient&order=newest",
    "/admin/queues/changes",
    "/admin/queues/appeals",
    "/admin/queues/tickets",
    "/admin/inbox",
    "/admin/search?q=vendor+4711",
    "/admin/search?q=12-0004711",
    "/admin/search?q=120004711",
    "/admin/search?q=support-4711%40vendor.example",
    "/admin/search?q=bench-client-4711",
    "/admin/search?q=vendor-4711.example",
    "/admin/search?q=nothing+like+this",
    "/admin/audit",
    "/admin/audit?action=application.approved",
    "/admin/audit?actor=account%3Abench-vendor",
    "/admin/audit?subject=application%3Abench-app-12",
    "/admin/audit?action=application.approved&actor=account%3Abench-vendor",
    "/admin/reports",
    "/admin/reports?period=365",
    "/admin/reports?period=365&environment=production",
    "/admin/feeds",
    "/admin/staff",
    "/admin/organizations/bench-org-12",
    "/admin/applications/bench-app-12",
    "/admin/reviews/bench-review-12",
];

/// The pages of a vendor with four apps that are called every day.
const VENDOR_PAGES: [&str; 5] =
    ["/owner", "/owner/applications", "/owner/inbox", "/owner/applications/bench-app-1", "/owner/support"];

/// Fills the office and asks for each page.
pub async fn measure(run: &Run, database: &Database, report: &mut Report) -> Result<()> {
    println!("{}: filling the office", database.kind);
    flex::run(&run.flex, database, &["demo"]).await?;
    let programs = [database.directory()?.program.as_str(), database.members()?.program.as_str()];
    for statement in rows(&run.office, programs, database.kind) {
        database.execute(statement).await?;
    }
    let flex = Server::start(&run.flex, database).await?;
    let pages = STAFF_PAGES.iter().map(|page| (page, STAFF)).chain(VENDOR_PAGES.iter().map(|page| (page, VENDOR)));
    for (page, token) in pages {
        let headers = format!("cookie: flex_session={token}\r\n");
        let request = Requests::to(flex.address, page, vec![client::get_with(page, &headers)]);
        load::run(&request, 1, REQUESTS / 6).await?;
        report.page(database.kind, page, load::run(&request, 1, REQUESTS).await?);
    }
    Ok(())
}

/// What fills the office, each in one statement.
fn rows(size: &Size, programs: [&str; 2], kind: Kind) -> Vec<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let hour = 3_600_000_u64;
    let Size { organizations, reviews, entries, counters } = *size;
    let apps = organizations * APPS;
    let called = (counters / DAYS / ROWS_A_DAY).min(apps);
    let [one, two] = programs;
    // `i` counts from 1.
    let up_to = |last: u64| {
        format!("WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < {last})")
    };
    // Days as the counters have them, the newest first.
    let days = |last: u64| {
        let date = match kind {
            Kind::Sqlite => format!("CAST(strftime('%Y%m%d', {now} / 1000 - i * 86400, 'unixepoch') AS INTEGER)"),
            Kind::Postgres => {
                format!(
                    "CAST(to_char(to_timestamp({now} / 1000 - i * 86400) AT TIME ZONE 'UTC', 'YYYYMMDD') AS BIGINT)"
                )
            }
        };
        format!("d(day) AS (SELECT {date} FROM n WHERE i <= {last})")
    };
    let program = |i: &str| format!("CASE WHEN {i} % 2 = 0 THEN '{one}' ELSE '{two}' END");
    let mut all = vec![
        account("bench-staff", "Staff of the bench", STAFF, now),
        account("bench-vendor", "Vendor of the bench", VENDOR, now),
        format!(
            "INSERT INTO account_role (account_id, role, granted_at) VALUES ('bench-staff', 'administrator', {now}); \
             INSERT INTO totp (account_id, secret, last_step, confirmed_at) VALUES ('bench-staff', '', 0, {now});"
        ),
        format!(
            "{} INSERT INTO organization (id, name, tin_kind, tin, mailing_address, physical_address, attestation, \
               terms_agreed_at, status, version, created_at, updated_at) \
             SELECT 'bench-org-' || i, 'Vendor ' || i || ' Health', 'us', '12-' || SUBSTR('0000000' || i, LENGTH('0000000' || i) - 6), \
               mailing_address, physical_address, attestation, {now} - i * {hour}, \
               CASE WHEN i % 50 = 2 THEN 'pending' ELSE 'approved' END, 1, {now} - i * {hour}, {now} - i * {hour} \
             FROM n CROSS JOIN (SELECT * FROM organization ORDER BY id LIMIT 1) o",
            up_to(organizations)
        ),
        format!(
            "INSERT INTO membership (account_id, organization_id, role, joined_at) \
             VALUES ('bench-vendor', 'bench-org-1', 'owner', {now})"
        ),
        format!(
            "{} INSERT INTO application (id, organization_id, client_id, environment, access, client_kind, name, redirect_uri, \
               description, support_phone, support_email, support_website, support_name, platform, platform_name, \
               terms_agreed_at, approval, standing, version, created_at, updated_at) \
             SELECT 'bench-app-' || i, 'bench-org-' || (1 + (i - 1) / {APPS}), 'bench-client-' || i, \
               CASE WHEN i % 4 = 0 THEN 'production' ELSE 'sandbox' END, CASE WHEN i % 3 = 0 THEN 'both' ELSE 'patient' END, \
               'confidential', 'Health App ' || i, 'https://app-' || i || '.vendor-' || i || '.example/callback', \
               'Shows members what their care has cost.', '2085550123', 'support-' || i || '@vendor.example', \
               'https://vendor.example/', 'Sam Support', 'web', 'Web', {now} - i * {hour}, \
               CASE WHEN i % 4 = 0 AND i <= {reviews} * 4 THEN 'pending' ELSE 'approved' END, 'active', 1, \
               {now} - i * {hour}, {now} - i * {hour} FROM n",
            up_to(apps)
        ),
        format!(
            "{} INSERT INTO application_program (application_id, program) SELECT 'bench-app-' || i, {} FROM n",
            up_to(apps),
            program("i")
        ),
    ];
    all.extend(conversations(&up_to, reviews, now, [one, two]));
    all.push(format!(
        "{} INSERT INTO audit (sequence, id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail, hash) \
         SELECT h.sequence + i, 'bench-' || i, {now} - ({entries} - i) * 30000, 'account', \
           CASE WHEN i % 97 = 0 THEN 'bench-vendor' ELSE 'bench-staff' END, \
           CASE i % 4 WHEN 0 THEN 'application.registered' WHEN 1 THEN 'application.approved' \
             WHEN 2 THEN 'application.commented' ELSE 'application.edited' END, \
           'application', 'bench-app-' || (1 + i % {apps}), '{{}}', 'bench-' || i \
         FROM n CROSS JOIN audit_head h",
        up_to(entries)
    ));
    all.push(format!("UPDATE audit_head SET sequence = sequence + {entries}"));
    let (of_day, most) = (days(DAYS), DAYS.max(called).max(ROWS_A_DAY));
    let calls = |columns: &str, select: &str, from: &str| {
        format!("{}, {of_day} INSERT INTO {columns} SELECT {select} FROM {from}", up_to(most))
    };
    let endpoint = "CASE e.i % 5 WHEN 0 THEN 'Patient.read' WHEN 1 THEN 'ExplanationOfBenefit.search' \
                    WHEN 2 THEN 'Coverage.search' WHEN 3 THEN 'token.refresh_token' ELSE 'Practitioner.search' END";
    let (status, within) =
        ("CASE WHEN e.i % 4 = 3 THEN 401 ELSE 200 END", "CASE e.i % 4 WHEN 0 THEN 5 WHEN 1 THEN 20 ELSE 50 END");
    all.push(calls(
        "usage_call (client_id, day, program, environment, api, endpoint, status, within_ms, calls)",
        &format!("'bench-client-' || a.i, d.day, '{one}', 'production', 'fhir', {endpoint}, {status}, {within}, 7"),
        &format!("(SELECT i FROM n WHERE i <= {called}) a CROSS JOIN d CROSS JOIN (SELECT i FROM n WHERE i <= {ROWS_A_DAY}) e"),
    ));
    all.push(calls(
        "usage_app (client_id, day, program, environment, status, calls)",
        &format!("'bench-client-' || a.i, d.day, '{one}', 'production', s.status, 70"),
        &format!("(SELECT i FROM n WHERE i <= {called}) a CROSS JOIN d CROSS JOIN (SELECT 200 AS status UNION ALL SELECT 401) s"),
    ));
    for program in programs {
        all.push(calls(
            "usage_day (program, environment, day, api, status, within_ms, calls)",
            &format!("'{program}', 'production', d.day, 'fhir', {status}, {within}, 7000"),
            "d CROSS JOIN (SELECT i FROM n WHERE i <= 4) e",
        ));
        all.push(calls(
            "usage_endpoint (program, environment, day, api, endpoint, status, calls)",
            &format!("'{program}', 'production', d.day, 'fhir', {endpoint}, {status}, 7000"),
            // One row for each endpoint and status.
            &format!("d CROSS JOIN (SELECT i FROM n WHERE i <= {ROWS_A_DAY} AND i % 4 IN (0, 3)) e"),
        ));
    }
    all.push("ANALYZE".to_owned());
    all
}

/// Reviews, tickets, and what was said.
fn conversations(up_to: &impl Fn(u64) -> String, reviews: u64, now: u128, [one, two]: [&str; 2]) -> Vec<String> {
    let hour = 3_600_000_u64;
    let program = format!("CASE WHEN i % 2 = 0 THEN '{one}' ELSE '{two}' END");
    // Every fourth app is in production.
    let app = format!("i * {APPS}");
    vec![
        format!(
            "{} INSERT INTO review (id, organization_id, application_id, version, submitted_by, submitted_at, due_at, kind) \
             SELECT 'bench-review-' || i, 'bench-org-' || i, 'bench-app-' || ({app}), 1, 'bench-vendor', {now} - i * {hour}, \
               {now} + (60 - i) * {hour}, CASE i % 10 WHEN 0 THEN 'edit' ELSE 'registration' END FROM n",
            up_to(reviews)
        ),
        // Decided before, for the reports.
        format!(
            "{} INSERT INTO review (id, organization_id, application_id, version, submitted_by, submitted_at, due_at, kind, \
               outcome, decided_by, decided_at, criterion, comment) \
             SELECT 'bench-past-' || i, 'bench-org-' || i, 'bench-app-' || ({app}), 1, 'bench-vendor', {now} - (i + 100) * {hour}, \
               {now} - i * {hour}, 'registration', CASE i % 5 WHEN 0 THEN 'denied' ELSE 'approved' END, 'bench-staff', \
               {now} - (i + 1) * {hour}, CASE i % 5 WHEN 0 THEN 'privacy_policy' END, 'A comment.' FROM n",
            up_to(reviews * APPS)
        ),
        format!(
            "{} INSERT INTO history (id, organization_id, application_id, side, account_id, action, comment, at) \
             SELECT 'bench-history-' || i, 'bench-org-' || i, 'bench-app-' || ({app}), 'vendor', 'bench-vendor', 'registered', \
               NULL, {now} - i * {hour} FROM n",
            up_to(reviews)
        ),
        format!(
            "{} INSERT INTO ticket (id, organization_id, application_id, program, environment, title, opened_by, opened_at, \
               first_due_at, closed_at) \
             SELECT 'bench-ticket-' || i, 'bench-org-' || i, 'bench-app-' || ({app}), {program}, 'production', \
               'How do we refresh a token? ' || i, 'bench-vendor', {now} - i * {hour}, {now} - i * {hour} + 86400000, \
               CASE WHEN i % 3 = 0 THEN {now} END FROM n",
            up_to(reviews)
        ),
        format!(
            "{} INSERT INTO conversation (organization_id, application_id, ticket_id, turn, since, due_at, last_at) \
             SELECT 'bench-org-' || i, 'bench-app-' || ({app}), NULL, 'administration', {now} - i * {hour}, \
               {now} + (60 - i) * {hour}, {now} - i * {hour} FROM n",
            up_to(reviews)
        ),
        format!(
            "{} INSERT INTO conversation (organization_id, application_id, ticket_id, turn, since, due_at, last_at) \
             SELECT 'bench-org-' || i, 'bench-app-' || ({app}), 'bench-ticket-' || i, \
               CASE WHEN i % 3 <> 0 THEN 'administration' END, {now} - i * {hour}, \
               {now} - i * {hour} + 86400000, {now} - i * {hour} FROM n",
            up_to(reviews)
        ),
    ]
}

/// An account that is signed in.
fn account(id: &str, name: &str, token: &str, now: u128) -> String {
    let hash = URL_SAFE_NO_PAD.encode(digest(&SHA256, token.as_bytes()));
    let ends = now + 12 * 3_600_000;
    let mut text = format!(
        "INSERT INTO account (id, healthcare_id, name, email, email_folded, email_verified_at, password_hash, contact_number, \
           created_at) \
         VALUES ('{id}', '{id}', '{name}', '{id}@bench.example', '{id}@bench.example', {now}, '', '2085550123', {now});"
    );
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        " INSERT INTO session (id, token_hash, account_id, created_at, authenticated_at, last_seen_at, expires_at, ends_at) \
         VALUES ('{id}', '{hash}', '{id}', {now}, {now}, {now}, {ends}, {ends});"
    );
    text
}
