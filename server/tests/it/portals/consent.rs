//! From an app's request to the member's answer.

use axum::http::StatusCode;
use serde_json::json;
use store::sql;

use super::browser::{Browser, account};
use crate::{
    fhir::world::load,
    oauth::site::{App, CALLBACK, Site, encoded, query, request},
};

const SCOPE: &str = "patient/Patient.read patient/Coverage.read";

/// A server with one app, one account and one test member.
pub async fn begin(program: &str) -> (Site, App) {
    begin_at(Site::new().await, program).await
}

/// The same at a site that is already there.
pub async fn begin_at(site: Site, program: &str) -> (Site, App) {
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
pub async fn ask(browser: &Browser<'_>, authz: &str, app: &App) -> (String, String) {
    let reply = browser.get(&format!("{authz}/oauth/authorize?{}", encoded(&request(app, SCOPE)))).await;
    let path = reply.header("location").to_owned();
    let handle = path.strip_prefix("/consent/").unwrap().to_owned();
    (path, handle)
}

/// Goes up to the consent page of the CA program.
pub async fn reach_consent(browser: &Browser<'_>, app: &App) -> (String, String) {
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
        "asks to see your health data",
        "Acme Inc.",
        "Vera Lindqvist",
        "Not you?",
        "Jordan Rivera",
        "University of California",
        "patient/Patient.read",
        "patient/Coverage.read",
        "https://acme.example/privacy",
        "Shows what your care has cost, month by month.",
        "Not reviewed: sandbox",
        "We keep your data until you close your account.",
        "help@acme.example",
        "https://acme.example/help",
        "Mar 2, 2027 (1 year)",
        "Stop any time",
        "Never give an app your password.",
        "HIPAA may not protect that copy.",
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
    let scopes = ["patient/Patient.read", "patient/ExplanationOfBenefit.read"];

    let reply = browser.allow(&handle, &scopes, &[("redirect_uri", "https://evil.example")]).await;

    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let answer = query(reply.header("location"));
    assert_eq!((answer["state"].as_str(), answer["iss"].as_str()), ("1234zyx", "http://127.0.0.1:3000/authz/oph/ca"));
    let apps = browser.get("/member").await.body;
    assert!(
        apps.contains("Your personal details") && !apps.contains("Your claims"),
        "only what was asked for and checked"
    );
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("You allowed ") && page.body.contains("Your personal details"), "{}", page.body);
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
    assert!(page.body.contains("This request is no longer open"));
    assert_eq!(answer.header("location"), path, "not to the app");
}

#[tokio::test]
async fn nobody_becomes_a_member_that_is_not_published() {
    let (site, app) = begin("idaho").await;
    let browser = Browser::of(&site);
    let (_, handle) = ask(&browser, "/authz/idaho/sandbox", &app).await;
    browser.sign_in("vera-lindqvist").await;

    let reply = browser.post("choose-test-member", &[("handle", &handle), ("patient", "someone-else")]).await;

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
        assert!(page.contains("We could not find a member"), "{number} {year} {name}");
        assert!(!page.contains(number) && !page.contains("Jordan"), "nothing of it is kept or shown");
    }
    assert!(card("M-1234", "84", "Rivera").await.contains("a year of four digits"));
    let page = card("m-1234", "1984", "rivera").await;

    assert!(page.contains("asks to see your health data") && page.contains("Jordan Rivera"));
    assert!(!page.contains("Choose another"), "in production one is oneself");
}

async fn set(site: &Site, app: &App, column: &str, value: Option<&str>) {
    let mut ctx = site.state.services.store.write().await.unwrap();
    let mut update = sql("UPDATE application SET ");
    update.push(column).push(" = ").push_bind(value).push(" WHERE client_id = ").push_bind(app.id.clone());
    update.execute(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn what_an_app_says_of_itself_is_quoted_as_text() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (path, _) = reach_consent(&browser, &app).await;
    let hostile = "</q><svg/onload=alert(1)>\" onfocus=\"alert(2)";
    for column in ["purpose", "retention"] {
        set(&site, &app, column, Some(hostile)).await;
    }
    set(&site, &app, "terms_url", Some("javascript:alert(3)")).await;
    let page = browser.get(&path).await.body;
    assert!(!page.contains("<svg/onload") && page.matches("&lt;/q&gt;&lt;svg/onload").count() == 2, "{page}");
    assert!(!page.contains("href=\"javascript:"), "a stored address of another kind is shown and leads nowhere");

    // As long as it may be: its beginning in the first screen, and all of it among the details.
    set(&site, &app, "purpose", Some(&format!("{} The end.", "Adds up costs. ".repeat(19).trim()))).await;
    let page = browser.get(&path).await.body;
    let (first, details) = page.split_once("<details").unwrap();
    assert!(first.contains("Adds up costs. …</q>") && !first.contains("The end."), "{first}");
    assert_eq!(details.matches("The end.</q>").count(), 1, "{details}");

    // Registered before we asked: the beginning of the description stands in, and the page says what the app did not say.
    for column in ["purpose", "retention", "terms_url"] {
        set(&site, &app, column, None).await;
    }
    set(&site, &app, "description", Some(&"Shows costs. ".repeat(100))).await;
    let page = browser.get(&path).await.body;
    assert!(page.contains("Shows costs. …</q>"), "{page}");
    assert!(page.contains("The app did not say how long it keeps your data."), "{page}");
    assert!(!page.contains("Terms of "), "{page}");
}

#[tokio::test]
async fn a_reviewed_app_shows_by_whom_and_when() {
    let (site, _) = begin("idaho").await;
    let app = site.production_app("idaho").await;
    let browser = Browser::of(&site);
    let (path, handle) = ask(&browser, "/authz/idaho", &app).await;
    browser.sign_in("vera-lindqvist").await;
    let born = [("birth_date_month", "9"), ("birth_date_day", "2"), ("birth_date_year", "1984")];
    let card = [("handle", handle.as_str()), ("member_id", "M-1234"), ("last_name", "Rivera")];
    browser.post("link-member", &[&card[..], &born].concat()).await;
    let page = browser.get(&path).await.body;
    assert!(page.contains("Reviewed by Optum Idaho on Mar 2, 2026") && !page.contains("Not reviewed"), "{page}");
}

#[tokio::test]
async fn a_second_request_marks_what_is_new_longer_and_no_longer_asked() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (_, handle) = reach_consent(&browser, &app).await;
    let both = ["patient/Patient.read", "patient/Coverage.read"];
    browser.allow(&handle, &both, &[("days", "90")]).await;

    let asked = encoded(&request(&app, "patient/Patient.read patient/ExplanationOfBenefit.read"));
    let reply = browser.get(&format!("/authz/oph/ca/university-of-california/oauth/authorize?{asked}")).await;
    let page = browser.get(reply.header("location")).await.body;

    let dropped = page.split("It no longer asks for:").nth(1).and_then(|rest| rest.split("</p>").next()).unwrap();
    assert!(dropped.contains("Your insurance coverage") && !dropped.contains("Your personal details"), "{dropped}");
    let new: Vec<&str> = page.split("<label").filter(|label| label.contains(">New<")).collect();
    assert!(new.len() == 1 && new[0].contains("Your claims"), "{new:?}");
    assert!(page.contains("(1 year, longer than before)") && page.contains("(90 days)"), "{page}");
    assert!(!page.contains("(90 days, longer") && page.contains("value=\"90\" selected"), "{page}");
}

/// The consent page for another account, plan or member than when it was opened.
#[tokio::test]
async fn what_changed_in_another_tab_is_said_and_nothing_is_shared() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (path, handle) = reach_consent(&browser, &app).await;
    let shown = browser.shown(&handle).await;
    let form = [
        ("handle", handle.as_str()),
        ("answer", "allow"),
        ("shown", shown.as_str()),
        ("scopes[]", "patient/Patient.read"),
    ];
    let robin = json!({ "resourceType": "Patient", "id": "robin", "name": [{ "family": "Sato", "given": ["Robin"] }],
        "gender": "other", "birthDate": "1990-01-01" });
    load(&site, "oph-ca", &[robin]).await;

    browser.post("choose-test-member", &[("handle", &handle), ("patient", "robin")]).await;
    let page = browser.follow("decide", &form).await.body;
    assert!(page.contains("We did not use your answer.") && page.contains("This is now about the data of Robin Sato."));
    assert!(!page.contains("You are now signed in as"), "only what changed");

    account(&site, "vera-the-second").await;
    browser.post("switch-account", &[("handle", &handle)]).await;
    browser.sign_in("vera-the-second").await;
    browser.post("choose-test-member", &[("handle", &handle), ("patient", "jordan")]).await;
    let page = browser.follow("decide", &form).await.body;
    assert!(page.contains("You are now signed in as Vera Lindqvist."), "{page}");
    assert!(browser.get("/member").await.body.contains("No app has access"));

    let [kept, ..] = form;
    let page = browser.follow("decide", &[kept, ("answer", "allow"), ("scopes[]", "patient/Patient.read")]).await.body;
    assert!(page.contains("We did not use your answer."), "a form that does not say what it showed");
    assert!(browser.get(&format!("{path}?changed=%3Cb%3E.account.x")).await.body.contains("You are now signed in as"));
    let answer = browser.allow(&handle, &["patient/Patient.read"], &[]).await;
    assert!(query(answer.header("location")).contains_key("code"));
}

#[tokio::test]
async fn the_second_answer_is_for_who_gave_the_first() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (path, handle) = reach_consent(&browser, &app).await;
    let shown = browser.shown(&handle).await;
    let form = [
        ("handle", handle.as_str()),
        ("answer", "allow"),
        ("shown", shown.as_str()),
        ("scopes[]", "patient/Patient.read"),
    ];
    let first = query(browser.post("decide", &form).await.header("location"));
    let second = query(browser.post("decide", &form).await.header("location"));
    assert!(second.contains_key("code") && first["code"] != second["code"], "a double click works");

    // The same browser, another session: of the same account, of another, and without an account.
    browser.post("sign-out", &[]).await;
    assert_eq!(browser.post("decide", &form).await.status, StatusCode::NOT_FOUND);
    browser.sign_in("vera-lindqvist").await;
    assert_eq!(browser.post("decide", &form).await.status, StatusCode::NOT_FOUND);
    assert!(browser.get(&path).await.body.contains("You allowed "), "whose access it is may know");
    account(&site, "mallory-stranger").await;
    browser.post("sign-out", &[]).await;
    browser.sign_in("mallory-stranger").await;
    assert_eq!(browser.post("decide", &form).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post("decide", &[form[0], ("answer", "back")]).await.status, StatusCode::NOT_FOUND);
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(!page.body.contains("You allowed") && !page.body.contains("Nothing was shared"), "{}", page.body);
}

#[tokio::test]
async fn afterwards_the_page_tells_the_truth_and_leads_back() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (path, handle) = reach_consent(&browser, &app).await;
    let allowed = browser.allow(&handle, &["patient/Patient.read"], &[("days", "30")]).await;
    assert!(query(allowed.header("location")).contains_key("code"));

    // Cancel in another tab comes too late.
    let late = browser.follow("decide", &[("handle", &handle), ("answer", "cancel")]).await.body;
    assert!(late.contains("You allowed ") && late.contains("/member/apps/"), "{late}");
    assert!(!late.contains("Nothing was shared") && !late.contains("You did not allow"));
    let back = browser.post("decide", &[("handle", &handle), ("answer", "back")]).await;
    assert!(query(back.header("location")).contains_key("code"), "{}", back.header("location"));

    // A second request, refused: the app goes on as before, and the page says so.
    let (second, handle) = ask(&browser, "/authz/oph/ca/university-of-california", &app).await;
    let page = browser.get(&second).await.body;
    assert!(page.contains("you allowed this app access until") && page.contains("New"), "{page}");
    assert!(page.contains("value=\"30\" selected"), "the length that was chosen before");
    browser.post("decide", &[("handle", &handle), ("answer", "cancel")]).await;
    let page = browser.get(&second).await.body;
    assert!(page.contains("You did not allow ") && page.contains("still has the access that you gave it on"), "{page}");

    site.test.clock.advance(jiff::Span::new().minutes(20));
    browser.post("sign-out", &[]).await;
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND, "no one is signed in");
}

#[tokio::test]
async fn a_request_that_ran_out_says_so_and_leads_back() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (path, handle) = reach_consent(&browser, &app).await;
    site.test.clock.advance(jiff::Span::new().minutes(15));

    let page = browser.get(&path).await.body;
    assert!(page.contains("has expired") && page.contains("You did not share anything in response to it."), "{page}");
    let back = browser.post("decide", &[("handle", &handle), ("answer", "back")]).await;
    assert_eq!(query(back.header("location"))["error"], "access_denied");
}

#[tokio::test]
async fn every_step_names_app_and_plan_and_leads_back() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let denied = async |browser: &Browser<'_>, handle: &str| {
        let reply = browser.post("decide", &[("handle", handle), ("answer", "cancel")]).await;
        assert_eq!(query(reply.header("location"))["error"], "access_denied");
    };
    let looks = |page: &str, plan: bool| {
        assert!(page.contains("Acme Inc.") && page.contains("Cancel and go back to"), "{page}");
        assert_eq!(page.contains("University of California") && page.contains("/plan\""), plan, "{page}");
    };
    let (path, handle) = ask(&browser, "/authz/oph/ca", &app).await;
    let page = browser.get(&path).await;
    assert!(page.body.contains("Acme Inc.") && page.body.contains("Cancel and go back to"));
    assert!(!page.header("content-security-policy").contains("form-action"));
    denied(&browser, &handle).await;

    let (path, handle) = ask(&browser, "/authz/oph/ca/university-of-california", &app).await;
    let sign_in = browser.get(browser.get(&path).await.header("location")).await;
    looks(&sign_in.body, true);
    assert!(!sign_in.header("content-security-policy").contains("form-action"));
    let plan = browser.get(&format!("{path}/plan")).await.body;
    assert!(plan.contains("Choose your health plan") && plan.contains("checked"), "{plan}");
    denied(&browser, &handle).await;

    browser.sign_in("vera-lindqvist").await;
    let (path, handle) = ask(&browser, "/authz/oph/ca/university-of-california", &app).await;
    looks(&browser.get(&path).await.body, true);
    denied(&browser, &handle).await;
    let (path, _) = ask(&browser, "/authz/oph/ca/university-of-california", &app).await;
    let handle = path.strip_prefix("/consent/").unwrap();
    browser.post("choose-test-member", &[("handle", handle), ("patient", "jordan")]).await;
    assert!(browser.get(&path).await.body.contains("/plan\""), "the plan can be changed on the consent page too");
    let other = browser.follow("choose-payer", &[("handle", handle), ("payer", "county-of-ventura")]).await;
    assert!(!other.body.contains("University of California"), "{}", other.body);
}

#[tokio::test]
async fn linking_names_app_and_plan_and_leads_back() {
    let (site, _) = begin("idaho").await;
    let app = site.production_app("idaho").await;
    let browser = Browser::of(&site);
    let (path, handle) = ask(&browser, "/authz/idaho", &app).await;
    browser.sign_in("vera-lindqvist").await;
    let page = browser.get(&path).await.body;
    assert!(
        page.contains("Tell us who you are") && page.contains("Acme Inc.") && page.contains("Optum Idaho"),
        "{page}"
    );
    assert!(!page.contains("/plan\""), "there is no other plan");
    let reply = browser.post("decide", &[("handle", &handle), ("answer", "cancel")]).await;
    assert_eq!(query(reply.header("location"))["error"], "access_denied");
}

#[tokio::test]
async fn another_language_keeps_what_was_chosen() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (path, handle) = reach_consent(&browser, &app).await;
    let page = browser.get(&path).await.body;
    assert!(page.contains("form=\"answer\"") && !page.contains("/api/language"), "{page}");
    let (header, rest) = page.split_once("</header>").unwrap();
    let place = |language: &str| header.find(&format!("name=\"language\" value=\"{language}\"")).unwrap();
    assert!(place("en") < place("es"), "the form's first button, which Enter presses, changes nothing");
    assert!(!rest.contains("name=\"language\""), "the switch is in the header alone");
    let shown = browser.shown(&handle).await;

    let form = [
        ("handle", handle.as_str()),
        ("shown", &shown),
        ("scopes[]", "patient/Coverage.read"),
        ("days", "90"),
        ("language", "es"),
    ];
    let page = browser.follow("decide", &form).await.body;

    assert!(page.contains("pide ver sus datos de salud"), "{page}");
    assert_eq!(page.matches(" checked").count(), 1, "one box stays checked");
    assert!(page.contains("value=\"90\" selected"));
    assert!(browser.get("/member").await.body.contains("Ninguna aplicación tiene acceso"), "nothing was answered");
    let answer = browser.allow(&handle, &["patient/Coverage.read"], &[]).await;
    assert!(query(answer.header("location")).contains_key("code"));
}

#[tokio::test]
async fn the_page_says_what_is_asked_and_offers_no_box_that_does_nothing() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    reach_consent(&browser, &app).await;
    for (scope, heading, boxes) in [
        ("openid profile", "wants to know who you are", 0),
        ("openid offline_access", "wants to know who you are", 1),
        ("openid public/Location.read", "wants to know who you are and to read the provider directory", 1),
        ("public/Location.read", "asks to read the provider directory", 1),
        ("openid fhirUser launch/patient patient/Patient.read", "asks to see your health data", 1),
        ("offline_access patient/Patient.read", "asks to see your health data", 2),
    ] {
        let asked = encoded(&request(&app, scope));
        let reply = browser.get(&format!("/authz/oph/ca/university-of-california/oauth/authorize?{asked}")).await;
        let page = browser.get(reply.header("location")).await.body;
        assert!(page.contains(heading), "{scope}: {page}");
        assert_eq!(page.matches("type=\"checkbox\"").count(), boxes, "{scope}");
        assert_eq!(page.contains("also learns"), scope.contains("openid") && boxes > 0, "{scope}");
        let stays = page.contains("Until then, it stays connected");
        assert_eq!(stays, !scope.contains("offline_access"), "{scope}");
        assert!(page.contains("Mar 2, 2027 (1 year)"), "{scope}");
    }
}
