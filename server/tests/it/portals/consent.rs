//! From an app's request to the member's answer.

use axum::http::StatusCode;
use serde_json::json;

use super::browser::{Browser, account};
use crate::{
    fhir::world::load,
    oauth::site::{App, CALLBACK, Site, encoded, query, request},
};

const SCOPE: &str = "patient/Patient.read patient/Coverage.read";

/// A server with one app, one account and one test member.
async fn begin(program: &str) -> (Site, App) {
    let site = Site::new().await;
    let app = site.app(program).await;
    account(&site, "vera-lindqvist").await;
    let identifier = json!([{ "type": { "coding": [{ "code": "MB" }] }, "system": "https://payer.example/member", "value": "M-1234" }]);
    let name = json!([{ "family": "Rivera", "given": ["Jordan"] }]);
    let patient = json!({ "resourceType": "Patient", "id": "jordan", "identifier": identifier, "name": name,
        "gender": "other", "birthDate": "1984-09-02" });
    load(&site, program, &[patient]).await;
    (site, app)
}

/// The address of the request's pages, and its handle.
async fn ask(browser: &Browser<'_>, authz: &str, app: &App) -> (String, String) {
    let reply = browser.get(&format!("{authz}/oauth/authorize?{}", encoded(&request(app, SCOPE)))).await;
    let path = reply.header("location").to_owned();
    let handle = path.strip_prefix("/consent/").unwrap().to_owned();
    (path, handle)
}

/// Up to the consent page of the CA program.
async fn reach_consent(browser: &Browser<'_>, app: &App) -> (String, String) {
    let (path, handle) = ask(browser, "/authz/oph/ca", app).await;
    browser.follow("choose-payer", &[("handle", &handle), ("payer", "university-of-california")]).await;
    browser.sign_in("vera-lindqvist").await;
    browser.follow("choose-test-member", &[("handle", &handle), ("patient", "jordan")]).await;
    (path, handle)
}

#[tokio::test]
async fn payer_sign_in_and_test_member_lead_to_the_consent_page() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (path, handle) = ask(&browser, "/authz/oph/ca", &app).await;

    assert!(browser.get(&path).await.body.contains("Choose your health plan"));
    let chosen = browser.post("choose-payer", &[("handle", &handle), ("payer", "university-of-california")]).await;
    assert_eq!(chosen.header("location"), path);
    let due = browser.get(&path).await;
    assert_eq!(due.header("location"), format!("/signin?next=%2Fconsent%2F{handle}"));
    browser.sign_in("vera-lindqvist").await;
    assert!(browser.get(&path).await.body.contains("Choose a test member"));
    let page = browser.follow("choose-test-member", &[("handle", &handle), ("patient", "jordan")]).await;

    for words in [
        "asks to see your health information",
        "Acme Inc.",
        "Vera Lindqvist",
        "Not you?",
        "Jordan Rivera",
        "University of California",
        "patient/Patient.read",
        "patient/Coverage.read",
        "https://acme.example/privacy",
        "Shows your claims.",
        "Allow",
        "Cancel",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    assert_eq!(page.body.matches(" checked").count(), 2, "all that was asked for is selected");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("form-action"), "{policy}");
}

#[tokio::test]
async fn allowing_leads_back_with_a_code_state_and_issuer() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (path, handle) = reach_consent(&browser, &app).await;
    let form = [
        ("handle", handle.as_str()),
        ("answer", "allow"),
        ("scopes[]", "patient/Patient.read"),
        ("redirect_uri", "https://evil.example"),
        ("scopes[]", "patient/ExplanationOfBenefit.read"),
    ];

    let reply = browser.post("decide", &form).await;

    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let answer = query(reply.header("location"));
    assert_eq!((answer["state"].as_str(), answer["iss"].as_str()), ("1234zyx", "http://127.0.0.1:3000/authz/oph/ca"));
    let apps = browser.get("/member").await.body;
    assert!(
        apps.contains("Your personal details") && !apps.contains("Your claims"),
        "only what was asked for and checked"
    );
    assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "answered");
}

#[tokio::test]
async fn cancelling_leads_back_empty_handed() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (_, handle) = reach_consent(&browser, &app).await;

    let reply = browser
        .post("decide", &[("handle", &handle), ("answer", "cancel"), ("scopes[]", "patient/Patient.read")])
        .await;

    assert!(reply.header("location").starts_with(CALLBACK));
    assert_eq!(query(reply.header("location"))["error"], "access_denied");
    assert!(browser.get("/member").await.body.contains("No app has access"));
}

#[tokio::test]
async fn another_browser_finds_nothing_to_answer() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (path, handle) = reach_consent(&browser, &app).await;
    let thief = Browser::of(&site);
    thief.sign_in("vera-lindqvist").await;

    let page = thief.get(&path).await;
    let answer =
        thief.post("decide", &[("handle", &handle), ("answer", "allow"), ("scopes[]", "patient/Patient.read")]).await;

    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains("This request is not open any more"));
    assert_eq!(answer.header("location"), path, "not to the app");
}

#[tokio::test]
async fn nobody_becomes_a_member_that_is_not_published() {
    let (site, app) = begin("idaho").await;
    let browser = Browser::of(&site);
    let (_, handle) = ask(&browser, "/authz/idaho/sandbox", &app).await;
    browser.sign_in("vera-lindqvist").await;

    let reply = browser.post("choose-test-member", &[("handle", &handle), ("patient", "somebody-else")]).await;

    assert_eq!(reply.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_member_proves_once_who_they_are_by_all_three_values() {
    let (site, _) = begin("idaho").await;
    let app = site.production_app("idaho").await;
    let browser = Browser::of(&site);
    let (path, handle) = ask(&browser, "/authz/idaho", &app).await;
    browser.sign_in("vera-lindqvist").await;
    assert!(browser.get(&path).await.body.contains("Tell us who you are"));
    let card = async |number: &str, year: &str, name: &str| {
        let born = [("birth_date_month", "9"), ("birth_date_day", "2"), ("birth_date_year", year)];
        let form = [&[("handle", handle.as_str()), ("member_id", number), ("last_name", name)], &born[..]].concat();
        browser.follow("link-member", &form).await.body
    };

    for (number, year, name) in [("M-9999", "1984", "Rivera"), ("M-1234", "1985", "Rivera"), ("M-1234", "1984", "Kim")]
    {
        let page = card(number, year, name).await;
        assert!(page.contains("We found no member"), "{number} {year} {name}");
        assert!(!page.contains(number) && !page.contains("Jordan"), "nothing of it is kept or told");
    }
    assert!(card("M-1234", "84", "Rivera").await.contains("a year of four digits"));
    let page = card("m-1234", "1984", "rivera").await;

    assert!(page.contains("asks to see your health information") && page.contains("Jordan Rivera"));
    assert!(!page.contains("Choose another"), "in production one is oneself");
}
