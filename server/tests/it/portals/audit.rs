//! The audit log as auditors read it, what it writes down about staff, and its export.

use audit::checks::{self, By};
use axum::http::StatusCode;
use model::account::Role;
use serde_json::Value;
use server::{settings, workers::audit_checks};
use store::sql;

use super::{
    browser::Browser,
    desk::{open_reviews, register_organization, staff, vendor},
};
use crate::oauth::site::Site;

/// Vera registered her organization, and Ada approved it.
async fn approved(site: &Site) -> Browser<'_> {
    register_organization(&vendor(site, "vera-lindqvist").await).await;
    let ada = staff(site, "ada-moreno", Role::Administrator).await;
    let review = open_reviews(site).await.remove(0);
    let form = [("review", review.as_str()), ("version", "1"), ("decision", "approve"), ("comment", "Welcome.")];
    ada.post("decide-review", &form).await;
    ada
}

async fn actions(site: &Site, kind: &str) -> Vec<(String, String)> {
    let mut ctx = site.state.services.store.read().await.unwrap();
    sql("SELECT action, subject_id FROM audit WHERE action LIKE $1 ORDER BY sequence")
        .bind(format!("{kind}%"))
        .fetch_all(&mut ctx.tx)
        .await
        .unwrap()
}

/// What a reader sees of a page.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for (place, piece) in html.split('<').enumerate() {
        text.push_str(if place == 0 { piece } else { piece.split_once('>').map_or("", |(_, after)| after) });
    }
    text
}

#[tokio::test]
async fn an_entry_is_a_sentence_with_links_to_who_and_what() {
    let site = Site::new().await;
    approved(&site).await;
    let otto = staff(&site, "otto-auditor", Role::Auditor).await;
    let page = otto.get("/admin/audit?action=organization.approved").await.body;
    assert!(plain(&page).contains("approved the organization Bright Harbor Health."), "{}", plain(&page));
    for part in ["href=\"/admin/organizations/", "href=\"/admin/audit?who=account%3A", "organization.approved"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("organization.registered</code>"), "the filter leaves out what it does not ask for");
}

#[tokio::test]
async fn entries_are_found_by_who_and_kind_and_day() {
    let site = Site::new().await;
    approved(&site).await;
    let otto = staff(&site, "otto-auditor", Role::Auditor).await;
    let shows = async |query: &str, sentence: &str| {
        plain(&otto.get(&format!("/admin/audit?{query}")).await.body).contains(sentence)
    };
    let approved = "approved the organization Bright Harbor Health";
    for query in
        ["who=ada-moreno", "who=ada-moreno@example.org", "action=organization.", "from=2026-03-02&to=2026-03-02", ""]
    {
        assert!(shows(query, approved).await, "{query}");
    }
    for query in [
        "who=vera-lindqvist",
        "who=system",
        "action=account.",
        "from=2026-03-03",
        "to=2026-03-01",
        "subject=organization:x",
    ] {
        assert!(!shows(query, approved).await, "{query}");
    }
    // Everyone in these tests has this name.
    assert!(shows("who=Vera+Lindqvist", "Several people have this name").await);
    assert!(!shows("who=Vera+Lindqvist", approved).await);
    assert!(shows("who=no-such-person-here", "matches nothing").await);
    assert!(shows("from=yesterday", "From").await);
}

#[tokio::test]
async fn the_export_is_what_the_filter_shows_and_is_written_down() {
    let site = Site::new().await;
    approved(&site).await;
    let otto = staff(&site, "otto-auditor", Role::Auditor).await;
    let lines = otto.get("/admin/audit/export?action=organization.&format=ndjson").await;
    assert_eq!((lines.status, lines.header("content-type")), (StatusCode::OK, "application/x-ndjson"));
    assert!(lines.header("content-disposition").starts_with("attachment; filename=\"audit-to-"));
    let entries: Vec<Value> = lines.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<_> = entries.iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(kinds[..2], ["organization.approved", "organization.registered"]);
    assert!(kinds.iter().all(|kind| kind.starts_with("organization.")), "{kinds:?}");
    assert!(entries[0]["sentence"].as_str().unwrap().ends_with("approved the organization Bright Harbor Health."));
    assert_eq!(entries[0]["hash"].as_str().unwrap().len(), 64);

    let table = otto.get("/admin/audit/export?who=ada-moreno&format=csv").await.body;
    assert!(table.starts_with("sequence,id,at,action,sentence,"), "{table}");
    assert!(table.lines().count() > 1);
    assert_eq!(otto.get("/admin/audit/export?format=exe").await.status, StatusCode::NOT_FOUND);
    assert_eq!(otto.get("/admin/audit/export?format=csv&from=yesterday").await.status, StatusCode::NOT_FOUND);
    assert_eq!(actions(&site, "audit.").await.len(), 2);
    let page = plain(&otto.get("/admin/audit?action=audit.exported").await.body);
    assert!(page.contains("exported entries of the audit log as ndjson"), "{page}");
}

#[tokio::test]
async fn the_export_is_for_auditors_and_administrators_alone() {
    let site = Site::new().await;
    let address = "/admin/audit/export?format=csv";
    let vera = vendor(&site, "vera-lindqvist").await;
    let (ravi, sara) =
        (staff(&site, "ravi-chandra", Role::Reviewer).await, staff(&site, "sara-support", Role::Support).await);
    for browser in [&vera, &ravi, &sara] {
        assert_eq!(browser.get(address).await.status, StatusCode::FORBIDDEN);
    }
    let stranger = Browser::of(&site).get(address).await;
    assert_eq!(stranger.status, StatusCode::SEE_OTHER);
    assert!(stranger.header("location").starts_with("/signin"));
    assert!(actions(&site, "audit.").await.is_empty());
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    assert_eq!(ada.get(address).await.status, StatusCode::OK);
}

/// More than a part of the export holds, of people whose names are formulas.
#[tokio::test]
async fn an_export_of_many_parts_is_whole_and_runs_no_formula() {
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let mut ctx = site.state.services.store.write().await.unwrap();
    sql("UPDATE account SET name = '=HYPERLINK(0)' WHERE healthcare_id = 'ada-moreno'")
        .execute(&mut ctx.tx)
        .await
        .unwrap();
    let (id,): (String,) =
        sql("SELECT id FROM account WHERE healthcare_id = 'ada-moreno'").fetch_one(&mut ctx.tx).await.unwrap();
    for number in 0..1_100 {
        let actor = audit::event::Actor::Account(model::id::AccountId::new(id.as_str()));
        let subject = format!("@thing-{number}");
        let event = audit::event::Event::new(actor, audit::action::Action::GrantGiven, "grant", &subject);
        audit::log::record(&mut ctx, &event.with("client", "-1+1")).await.unwrap();
    }
    ctx.commit().await.unwrap();
    let table = ada.get("/admin/audit/export?action=grant.given&format=csv").await.body;
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert_eq!(rows.len(), 1_100);
    assert!(rows[0].contains(",'@thing-1099,") && rows[1_099].contains(",'@thing-0,"), "{}", rows[0]);
    for row in &rows {
        let is_formula = |cell: &str| cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']);
        assert!(!row.split(',').any(is_formula), "{row}");
    }
}

#[tokio::test]
async fn that_staff_looked_at_people_is_written_down_once_an_hour() {
    let site = Site::new().await;
    vendor(&site, "vera-lindqvist").await;
    let sara = staff(&site, "sara-support", Role::Support).await;
    for _ in 0..3 {
        assert!(sara.get("/admin/search?q=vera-lindqvist").await.body.contains("vera-lindqvist@example.org"));
    }
    // An empty search shows no one.
    sara.get("/admin/search").await;
    let seen = actions(&site, "account.viewed").await;
    assert_eq!(seen.len(), 1, "{seen:?}");
    let otto = staff(&site, "otto-auditor", Role::Auditor).await;
    let page = plain(&otto.get("/admin/audit?who=sara-support&action=account.viewed").await.body);
    assert!(page.contains("looked at the account of"), "{page}");
    assert!(page.contains("Page: /admin/search"), "{page}");
}

#[tokio::test]
async fn the_daily_check_is_shown_and_its_digest_is_sent_and_a_broken_log_is_said() {
    let site = Site::new().await;
    approved(&site).await;
    let otto = staff(&site, "otto-auditor", Role::Auditor).await;
    assert!(otto.get("/admin/audit").await.body.contains("was not checked yet"));
    let services = &site.state.services;
    let folder = store::testing::temporary_folder("digests");
    let to = settings::Audit {
        digest_email: Some("security@payer.example".parse().unwrap()),
        digest_file: Some(folder.join("digests")),
    };
    let mail = &services.registry.site;
    let outcome = audit_checks::round(&services.store, mail, &to).await.unwrap().unwrap();
    assert!(outcome.is_intact());
    assert_eq!(audit_checks::round(&services.store, mail, &to).await.unwrap(), None, "once a day");
    let digest = outcome.head.to_string();
    let page = otto.get("/admin/audit").await.body;
    assert!(page.contains("Intact") && plain(&page).contains("The daily check, process"), "{}", plain(&page));
    let line = std::fs::read_to_string(folder.join("digests")).unwrap();
    assert!(line.contains(&digest) && line.ends_with(" intact\n"), "{line}");
    let mut ctx = services.store.read().await.unwrap();
    let sent: Vec<(String, String)> = sql("SELECT recipient, subject FROM outbox WHERE event LIKE 'audit-digest:%'")
        .fetch_all(&mut ctx.tx)
        .await
        .unwrap();
    assert_eq!(
        sent,
        [("security@payer.example".to_owned(), format!("Audit log: digest of entry {}", outcome.head.sequence))]
    );
    drop(ctx);

    // What a database administrator could do.
    let mut ctx = services.store.write().await.unwrap();
    sql("DROP TRIGGER audit_no_update").execute(&mut ctx.tx).await.unwrap();
    sql("UPDATE audit SET actor_id = 'someone' WHERE sequence = 2").execute(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
    let outcome = audit::verify::run(&services.store, None, &[]).await.unwrap();
    let mut ctx = services.store.write().await.unwrap();
    checks::finish(&mut ctx, By::Command, "here 1", &outcome).await.unwrap();
    ctx.commit().await.unwrap();
    let page = plain(&otto.get("/admin/audit").await.body);
    assert!(page.contains("Not intact") && page.contains("Entry 2 is not as it was written."), "{page}");
    let _ = std::fs::remove_dir_all(folder);
}

/// Ids and names in entries are not markup.
#[tokio::test]
async fn nothing_in_an_entry_is_markup() {
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let mut ctx = site.state.services.store.write().await.unwrap();
    let event = audit::event::Event::new(
        audit::event::Actor::System,
        audit::action::Action::AccountRoleGranted,
        "account",
        "<script>alert(1)</script>",
    );
    audit::log::record(&mut ctx, &event.with("role", "<img src=x>").with("<b>", "[who]<i>")).await.unwrap();
    ctx.commit().await.unwrap();
    let page = ada.get("/admin/audit").await.body;
    for markup in ["<script>alert", "<img src=x", "<b>", "<i>"] {
        assert!(!page.contains(markup), "{markup}");
    }
    assert!(page.contains("&lt;img src=x&gt;"));
}
