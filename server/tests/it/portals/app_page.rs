//! The page of an app: five pages with tabs, each with what belongs there.

use axum::http::StatusCode;
use jiff::ToSpan;
use model::account::Role;

use super::{
    browser::Browser,
    desk::{self, approve_all, approved_vendor, details, link, open_reviews, register_app, registration, staff},
};
use crate::oauth::site::Site;

async fn app_of(browser: &Browser<'_>) -> String {
    let list = browser.get("/owner/applications").await.body;
    link(list.split("<tbody>").nth(1).expect("an app"), "/owner/applications/").unwrap().to_owned()
}

async fn body(browser: &Browser<'_>, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    page.body
}

#[tokio::test]
async fn each_tab_has_an_address_and_says_which_it_is() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&vera, &details("sandbox"), &registration("confidential")).await;
    let app = app_of(&vera).await;
    let tabs = [
        ("", "Overview", "Nothing needs you at the moment."),
        ("/credentials", "Credentials", "Generate new secret"),
        ("/addresses", "Addresses", "Token endpoint"),
        ("/registration", "Registration", "Promote to production"),
        ("/activity", "Activity", "Usage in the last 30 days"),
    ];
    for (path, name, content) in tabs {
        let page = body(&vera, &format!("{app}{path}")).await;
        assert!(page.contains(content), "{path}: {page}");
        let nav = page.split("class=\"tabs\"").nth(1).and_then(|rest| rest.split("</nav>").next()).unwrap();
        assert_eq!(nav.matches("aria-current").count(), 1, "{nav}");
        let current = nav.split("aria-current=\"page\">").nth(1).unwrap();
        assert!(current.trim_start().starts_with(name), "{path}: {nav}");
        assert!(tabs.iter().all(|(path, ..)| nav.contains(&format!("href=\"{app}{path}\""))), "{nav}");
        assert!(page.contains("<h1>Care Costs"), "{page}");
    }
    assert_eq!(vera.get(&format!("{app}/secrets")).await.status, StatusCode::NOT_FOUND);
    let mallory = approved_vendor(&site, "mallory-stranger").await;
    for (path, ..) in tabs {
        assert_eq!(mallory.get(&format!("{app}{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn exactly_one_address_of_a_program_is_where_to_start() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&vera, &details("sandbox"), &registration("confidential")).await;
    let page = body(&vera, &format!("{}/addresses", app_of(&vera).await)).await;
    assert_eq!(page.matches("Recommended base").count(), 1, "{page}");
    let start = page.split("Recommended base").nth(1).and_then(|rest| rest.split("</code>").next()).unwrap();
    assert!(start.ends_with("/fhir/oph/ca/R4"), "{start}");
    for address in [
        "/fhir/oph/ca/R4/.well-known/smart-configuration",
        "/authz/oph/ca/.well-known/openid-configuration",
        "/authz/oph/ca/oauth/authorize",
        "/authz/oph/ca/oauth/token",
        "/authz/oph/ca/university-of-california/oauth/authorize",
        "https://harbor.example/callback",
    ] {
        assert!(page.contains(&format!("{address}</code>")), "{address}: {page}");
    }
    // Each has a button that copies it, by an id of its own.
    let ids: Vec<&str> = page.split("<code id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let mut different = ids.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!((different.len(), page.matches("<leptos-island").count()), (ids.len(), ids.len()));

    // An app of the directory alone sends no member anywhere.
    let mut public = details("production");
    public.retain(|(_, value)| *value != "patient");
    register_app(&vera, &public, &registration("confidential")).await;
    let page = body(&vera, &format!("{}/addresses", app_of(&vera).await)).await;
    assert!(!page.contains("Launch URLs of the payers") && page.contains("Recommended base"), "{page}");
}

#[tokio::test]
async fn what_a_vendor_must_do_is_said_first_and_counted() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&vera, &details("production"), &registration("confidential")).await;
    let app = app_of(&vera).await;
    let waiting = body(&vera, &app).await;
    assert!(waiting.contains("We answer by") && !waiting.contains("Nothing needs you"), "{waiting}");
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    site.test.clock.advance(1.minutes());
    let review = open_reviews(&site).await.remove(0);
    let ask = [("review", review.as_str()), ("version", "1"), ("decision", "ask"), ("comment", "Who gets the data?")];
    ada.follow("decide-review", &ask).await;

    let page = body(&vera, &app).await;
    let (question, facts) = (page.find("Who gets the data?").unwrap(), page.find("Public access").unwrap());
    assert!(question < facts && page.contains("Please answer by"), "{page}");
    for path in ["", "/credentials", "/addresses", "/registration", "/activity"] {
        let nav = body(&vera, &format!("{app}{path}")).await;
        let nav = nav.split("class=\"tabs\"").nth(1).and_then(|rest| rest.split("</nav>").next()).unwrap().to_owned();
        assert!(nav.contains("class=\"badge\">1"), "{path}: {nav}");
    }
    let id = app.rsplit('/').next().unwrap();
    let answered = vera.follow("answer-question", &[("answer", "No one else."), ("application", id)]).await;
    assert!(answered.body.contains("We answer by") && answered.body.contains("Overview"), "{}", answered.body);
}

#[tokio::test]
async fn old_addresses_lead_to_the_right_tab() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&vera, &details("sandbox"), &registration("confidential")).await;
    let app = app_of(&vera).await;
    for (old, new) in [
        ("?history=2", "/activity?history=2#history"),
        ("?versions=2", "/registration?versions=2#versions"),
        ("?history=2%26x=%22y", "/activity?history=2#history"),
    ] {
        let reply = vera.get(&format!("{app}{old}")).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, format!("{app}{new}").as_str()));
    }
    let page = body(&vera, &app).await;
    for anchor in ["id=\"usage\"", "id=\"history\"", "id=\"versions\"", "id=\"client-id\""] {
        assert!(page.contains(anchor), "{anchor}: {page}");
    }
    // A comment and a secret lead back to where they were made.
    let id = app.rsplit('/').next().unwrap();
    let said = vera.post("owner-comment", &[("comment", "Hello."), ("application", id)]).await;
    assert!(said.header("location").starts_with(&format!("{app}/activity")), "{}", said.header("location"));
    vera.post("generate-secret", &[("overlap", "7"), ("application", id)]).await;
    let shown = body(&vera, &format!("{app}/new-secret")).await;
    assert!(shown.contains(&format!("href=\"{app}/credentials\"")), "{shown}");
    let overview = body(&vera, &app).await;
    assert!(overview.contains("A secret ends soon") && !overview.contains("Nothing needs you"), "{overview}");
}

#[tokio::test]
async fn a_sandbox_app_is_promoted_as_a_draft_of_its_own() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&vera, &details("sandbox"), &registration("confidential")).await;
    let app = app_of(&vera).await;
    let before = body(&vera, &format!("{app}/registration")).await;
    let promote = link(&before, "/owner/applications/new?from=").unwrap().to_owned();
    let begun = vera.get(&promote).await;
    let page = body(&vera, begun.header("location")).await;
    assert!(page.contains("value=\"Care Costs\"") && page.contains("We copied the values of"), "{page}");
    let mark = page.split("name=\"draft\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let id = app.rsplit('/').next().unwrap();
    let draft = |form: desk::Form<'static>| [form, vec![("draft", mark.clone().leak() as &str)]].concat();
    let mut changed = draft(details("production"));
    changed[0] = ("name", "Care Costs Plus");
    changed.push(("from", id.to_owned().leak()));
    let next = vera.post("app-details", &changed).await.header("location").to_owned();
    let list = body(&vera, "/owner/applications").await;
    assert!(list.contains("In progress") && list.contains("Care Costs Plus"), "{list}");
    assert_eq!(body(&vera, &format!("{app}/registration")).await.matches("Care Costs Plus").count(), 0);
    let mark: &'static str = next.split("draft=").nth(1).unwrap().to_owned().leak();
    let sent = vera.post("register-app", &[registration("confidential"), vec![("draft", mark)]].concat()).await;
    assert!(sent.header("location").ends_with("/registered"), "{}", sent.header("location"));
    approve_all(&site).await;
    let after = body(&vera, &format!("{app}/registration")).await;
    assert!(after.contains("Sandbox") && !after.contains("Care Costs Plus"), "the sandbox app stays as it was");
}
