//! Lists with more rows than fit on one page, and rows that another version of this program wrote.

use axum::http::StatusCode;
use model::account::Role;
use store::{
    sql,
    testing::{TestStore, postgres, sqlite},
};

use super::{
    browser::{Browser, account},
    desk::{approved_vendor, details, link, register_app, registration, staff},
};
use crate::oauth::site::Site;

/// SQL that adds this many more rows for an app that waits for review.
const MORE_APPS: [&str; 4] = [
    "INSERT INTO application (id, organization_id, client_id, environment, access, client_kind, name, redirect_uri, description,
         support_phone, support_email, support_website, support_name, platform, platform_name, terms_agreed_at, approval, standing,
         version, created_at, updated_at)
     WITH RECURSIVE line (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM line WHERE number < 520)
     SELECT 'app-' || number, organization_id, 'client-' || number, environment, access, client_kind, name, redirect_uri,
         description, support_phone, support_email, support_website, support_name, platform, platform_name, terms_agreed_at,
         approval, standing, version, created_at, updated_at FROM application, line WHERE name = 'Care Costs'",
    "INSERT INTO application_program (application_id, program) SELECT id, 'oph-ca' FROM application WHERE id LIKE 'app-%'",
    "INSERT INTO review (id, organization_id, application_id, version, submitted_by, submitted_at, due_at)
     SELECT 'review-' || id, organization_id, id, 1, 'someone', created_at, created_at FROM application WHERE id LIKE 'app-%'",
    "INSERT INTO history (id, organization_id, side, account_id, action, comment, at)
     SELECT 'line-' || id, organization_id, 'vendor', 'someone', 'commented', id, created_at + 1 FROM application
     WHERE id LIKE 'app-%'",
];

async fn run(site: &Site, statements: &[&'static str]) {
    let mut ctx = site.state.services.store.write().await.unwrap();
    for statement in statements {
        assert_ne!(sql(statement).execute(&mut ctx.tx).await.unwrap(), 0, "{statement}");
    }
    ctx.commit().await.unwrap();
}

/// Checks the list's count and its last page.
async fn check(browser: &Browser<'_>, path: &str, parameter: &str, count: usize, last: &str) {
    let first = browser.get(path).await;
    assert_eq!(first.status, StatusCode::OK, "{path}");
    assert!(first.body.contains(&format!("1–50 of {count}")), "{path}: {}", first.body);
    let and = if path.contains('?') { '&' } else { '?' };
    let page = browser.get(&format!("{path}{and}{parameter}=11")).await.body;
    assert!(page.contains(&format!("501–{count} of {count}")) && page.contains(last), "{path}: {page}");
}

async fn vendors_and_administrators(test: TestStore) {
    let site = Site::on(test).await;
    let owner = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&owner, &details("production"), &registration("confidential")).await;
    run(&site, &MORE_APPS).await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let search = ada.get("/admin/search?q=harbor").await.body;
    let organization = link(&search, "/admin/organizations/").unwrap();

    check(&owner, "/owner/applications", "page", 521, "Care Costs").await;
    check(&owner, "/owner/organization", "history", 522, "Registered").await;
    let dashboard = owner.get("/owner").await.body;
    assert!(dashboard.contains("Show all 521 applications") && dashboard.contains(">521</span>"), "{dashboard}");
    check(&ada, "/admin/queues/applications", "page", 521, "Care Costs").await;
    check(&ada, "/admin/search?q=care&kind=applications", "page", 521, "Care Costs").await;
    check(&ada, organization, "applications", 521, "Care Costs").await;
    check(&ada, organization, "history", 522, "Registered").await;
    let both = ada.get(&format!("{organization}?applications=11&history=2")).await.body;
    assert!(both.contains("501–521 of 521") && both.contains("51–100 of 522"), "each list keeps its page: {both}");
    assert!(both.contains("applications=11&amp;history=3#history"), "{both}");
}

#[tokio::test]
async fn more_than_500_rows_are_counted_and_paged_for_vendors_and_administrators() {
    vendors_and_administrators(sqlite().await).await;
    vendors_and_administrators(postgres().await).await;
}

#[tokio::test]
async fn a_member_of_more_than_500_apps_sees_every_one() {
    let site = Site::new().await;
    let app = site.app("idaho").await;
    let person = site.member_of_account(account(&site, "vera-lindqvist").await, "patient-vera", &app).await;
    site.tokens("/authz/idaho/sandbox", &app, &person, "patient/Patient.read").await;
    let owner = approved_vendor(&site, "otto-owner").await;
    register_app(&owner, &details("production"), &registration("confidential")).await;
    run(&site, &MORE_APPS).await;
    let copy = |ended: &'static str, id: &'static str| {
        let mut statement = sql(
            "INSERT INTO access_grant (id, program, environment, application_id, client_id, account_id, signed_in_at,
             payer_id, patient_id, scope, created_at, expires_at, ended_at, ended_by)
             SELECT '",
        );
        statement
            .push(id)
            .push(
                "' || a.id, g.program, g.environment, a.id, a.client_id, g.account_id, g.signed_in_at, g.payer_id,
             g.patient_id, g.scope, g.created_at, g.expires_at, ",
            )
            .push(ended)
            .push(
                " FROM access_grant g, application a
             WHERE a.id LIKE 'app-%' AND g.application_id NOT LIKE 'app-%'",
            );
        statement
    };
    let mut ctx = site.state.services.store.write().await.unwrap();
    copy("NULL, NULL", "live-").execute(&mut ctx.tx).await.unwrap();
    copy("g.created_at, 'court'", "past-").execute(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
    let browser = Browser::of(&site);
    browser.sign_in("vera-lindqvist").await;

    check(&browser, "/member", "page", 521, "Care Costs").await;
    check(&browser, "/member/past", "page", 520, "Ended").await;
}

#[tokio::test]
async fn a_word_that_another_version_wrote_is_marked_and_hides_no_list() {
    let site = Site::new().await;
    let owner = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&owner, &details("production"), &registration("confidential")).await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let search = ada.get("/admin/search?q=care").await.body;
    let app = link(&search, "/admin/applications/").unwrap().to_owned();
    let own = app.replace("/admin/", "/owner/");
    run(
        &site,
        &[
            "UPDATE application SET approval = 'escalated', platform = 'watch', access = 'payer'",
            "UPDATE history SET action = 'merged', side = 'robot'",
            "UPDATE review SET outcome = 'deferred' WHERE outcome IS NOT NULL",
        ],
    )
    .await;
    for (browser, path) in [
        (&owner, "/owner"),
        (&owner, "/owner/applications"),
        (&owner, own.as_str()),
        (&owner, "/owner/organization"),
        (&ada, "/admin/search?q=care"),
        (&ada, app.as_str()),
    ] {
        let page = browser.get(path).await;
        assert!(page.status == StatusCode::OK && page.body.contains("Unknown"), "{path}: {}", page.body);
    }
    assert!(ada.get("/admin/queues/applications").await.body.contains("Care Costs"));

    run(&site, &["UPDATE membership SET role = 'guest'"]).await;
    assert_eq!(owner.get("/owner").await.status, StatusCode::FORBIDDEN, "an unknown role permits nothing");
    let people = ada.get("/admin/search?q=vera-lindqvist&kind=people").await;
    assert!(people.status == StatusCode::OK && people.body.contains("vera-lindqvist"), "{}", people.body);
}

#[tokio::test]
async fn a_filter_that_means_nothing_is_named_in_every_list() {
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    for (path, filter) in [
        ("/admin/queues/organizations?show=nonsense", "show"),
        ("/admin/queues/applications?show=nonsense", "show"),
        ("/admin/search?q=x&kind=nonsense", "kind"),
        ("/admin/audit?before=yesterday", "before"),
        ("/admin/audit?subject=all", "About"),
        ("/admin/audit?from=yesterday", "From"),
    ] {
        let page = ada.get(path).await.body;
        assert!(page.contains("We could not understand this filter"), "{path}");
        assert!(page.contains(&format!("<strong>{filter}</strong>")), "{path}");
    }
}
