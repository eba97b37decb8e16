//! Someone with a role needs a second factor to reach anything in the Administrative & Support Portal.

use app::routes::routes;
use axum::http::StatusCode;
use jiff::ToSpan;
use model::account::Role;

use super::{
    browser::Browser,
    desk::{account_with, open_reviews, register_organization, vendor},
};
use crate::oauth::site::Site;

/// Someone with a role who entered the password, and has no second factor yet.
async fn without_factor<'s>(site: &'s Site, healthcare_id: &str, role: Role) -> Browser<'s> {
    account_with(site, healthcare_id, role).await;
    let browser = Browser::of(site);
    browser.sign_in(healthcare_id).await;
    browser
}

#[tokio::test]
async fn every_role_is_led_from_every_page_to_set_it_up() {
    let site = Site::new().await;
    for (name, role) in [
        ("ada-moreno", Role::Administrator),
        ("ravi-chandra", Role::Reviewer),
        ("sara-support", Role::Support),
        ("otto-auditor", Role::Auditor),
    ] {
        let browser = without_factor(&site, name, role).await;
        let mut pages = 0;
        for path in routes().iter().map(|route| route.path).filter(|path| path.starts_with("/admin")) {
            let path = path
                .replace("{id}", "x")
                .replace("{number}", "1")
                .replace("{program}", "idaho")
                .replace("{environment}", "sandbox")
                .replace("{grant}", "x")
                .replace("{role}", "auditor")
                .replace("{letter}", "ticket-opened")
                .replace("{language}", "es");
            let reply = browser.get(&path).await;
            let expect = format!("/account/second-factor?next={}", path.replace('/', "%2F"));
            assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, expect.as_str()), "{name}");
            assert_eq!(reply.body, "", "{path}");
            pages += 1;
        }
        assert!(10 < pages);
    }
}

#[tokio::test]
async fn no_form_of_the_portal_does_anything_before() {
    let site = Site::new().await;
    register_organization(&vendor(&site, "vera-lindqvist").await).await;
    let review = open_reviews(&site).await.remove(0);
    let browser = without_factor(&site, "ada-moreno", Role::Administrator).await;
    let form = [
        ("review", review.as_str()),
        ("version", "1"),
        ("decision", "approve"),
        ("comment", "Welcome."),
        ("organization", "x"),
        ("step", "block"),
        ("reason", "None."),
    ];
    for function in ["decide-review", "claim-review", "release-review", "admin-comment", "block"] {
        let reply = browser.post(function, &form).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{function}");
        assert!(reply.header("location").starts_with("/account/second-factor?next="), "{function}");
    }
    assert_eq!(open_reviews(&site).await, [review]);
}

#[tokio::test]
async fn setting_it_up_leads_on_to_where_one_was_going() {
    let site = Site::new().await;
    let browser = without_factor(&site, "ada-moreno", Role::Administrator).await;
    let asked = browser.get("/account/second-factor?next=%2Fadmin%2Faudit").await.body;
    assert!(asked.contains("One more step before you start") && !asked.contains("current_password"), "just signed in");
    let setup = browser.post("begin-second-factor", &[("next", "/admin/audit")]).await;
    assert_eq!(setup.header("location"), "/account/second-factor/setup?next=%2Fadmin%2Faudit");
    let page = browser.get(setup.header("location")).await.body;
    let app = identity::testing::Authenticator::new(super::desk::text_of(&page, "totp-secret").unwrap());
    let form = [("code", browser.code_of(&app)), ("next", "/admin/audit".to_owned())];
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    let codes = browser.follow("confirm-second-factor", &form).await.body;
    assert!(codes.contains("href=\"/admin/audit\""), "{codes}");
    assert_eq!(browser.get("/admin/audit").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_browser_left_alone_is_asked_for_the_password_first() {
    let site = Site::new().await;
    let browser = without_factor(&site, "ada-moreno", Role::Administrator).await;
    site.test.clock.advance(5.minutes());
    assert!(browser.get("/account/second-factor").await.body.contains("name=\"current_password\""));
    let refused = browser.follow("begin-second-factor", &[]).await.body;
    assert!(refused.contains("This is not your current password."), "{refused}");
}

#[tokio::test]
async fn giving_it_up_closes_the_portal_again() {
    let site = Site::new().await;
    let browser = without_factor(&site, "ada-moreno", Role::Administrator).await;
    let app = browser.enrol().await;
    assert_eq!(browser.get("/admin").await.status, StatusCode::OK);
    site.test.clock.advance(30.seconds());
    let form = [("current_password", super::browser::PASSWORD), ("code", &browser.code_of(&app))];
    browser.follow("remove-second-factor", &form).await;
    assert_eq!(browser.get("/admin").await.header("location"), "/account/second-factor?next=%2Fadmin");
}
