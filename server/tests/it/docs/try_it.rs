//! Requests from the documentation, as a test member.

use std::collections::HashMap;

use axum::http::{Method, StatusCode};
use jiff::ToSpan;
use registry::published;
use serde_json::json;
use store::sql;

use super::visible::{links, plain};
use crate::{
    fhir::world::{get_as, load},
    oauth::site::Site,
    portals::browser::{Browser, account},
};

/// A server with the published clients and one test member of each program.
async fn begin() -> Site {
    let site = Site::new().await;
    let services = &site.state.services;
    let mut ctx = services.store.write().await.unwrap();
    published::register(&mut ctx, &services.registry).await.unwrap();
    ctx.commit().await.unwrap();
    for program in ["idaho", "oph-ca"] {
        let name = json!([{ "family": "Rivera", "given": ["Jordan"] }]);
        let patient = json!({ "resourceType": "Patient", "id": "jordan", "name": name, "birthDate": "1984-09-02" });
        load(&site, program, &[patient]).await;
    }
    site
}

/// The parameters of a redirect.
fn query(location: &str) -> HashMap<String, String> {
    let (_, query) = location.split_once('?').unwrap();
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn local(location: &str) -> &str {
    location.strip_prefix("http://127.0.0.1:3000").unwrap_or(location)
}

/// Goes up to the consent page. Returns the path that the browser was sent to, and the handle.
async fn reach_consent(browser: &Browser<'_>, program: &str, next: &str) -> (String, String) {
    let form = [("program", program), ("patient", "jordan"), ("next", next)];
    let begun = browser.post("try-it-sign-in", &form).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let authorize = begun.header("location").to_owned();
    let asked = browser.get(local(&authorize)).await;
    let handle = asked.header("location").strip_prefix("/consent/").expect("a consent page").to_owned();
    (authorize, handle)
}

/// The whole way. Returns the page that the visitor comes to.
async fn sign_in(browser: &Browser<'_>, program: &str, next: &str) -> String {
    let (_, handle) = reach_consent(browser, program, next).await;
    let allowed = browser.allow(&handle, &["patient/Patient.read"], &[]).await;
    let back = browser.get(local(allowed.header("location"))).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    back.header("location").to_owned()
}

#[tokio::test]
async fn a_visitor_is_a_test_member_and_reads_the_record() {
    for (program, record) in [("idaho", "/fhir/idaho/sandbox/R4/Patient"), ("oph-ca", "/fhir/oph/ca/R4/Patient")] {
        let site = begin().await;
        let browser = Browser::of(&site);
        let page = format!("/docs/{program}/try-it");
        let first = plain(&browser.get(&page).await.body);
        assert!(first.contains("Jordan Rivera (claims: 0)") && first.contains("Sign in as a test member"), "{first}");

        let next = format!("{page}/Patient?do=search#answer");
        let (authorize, handle) = reach_consent(&browser, program, &next).await;
        let asked = query(&authorize);
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(!asked["scope"].contains("offline_access"), "{}", asked["scope"]);
        let consent = plain(&browser.get(&format!("/consent/{handle}")).await.body);
        assert!(consent.contains("A visitor of the documentation") && !consent.contains("Not you?"), "{consent}");
        let allowed = browser.allow(&handle, &["patient/Patient.read"], &[]).await;
        let callback = local(allowed.header("location")).to_owned();
        let back = browser.get(&callback).await;
        assert_eq!(back.header("location"), next);

        let answer = browser.get(next.split('#').next().unwrap()).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        let text = plain(&answer.body);
        assert!(text.contains("Status 200, ") && text.contains("\"family\": \"Rivera\""), "{text}");
        assert!(text.contains("Authorization: Bearer [TOKEN]") && text.contains("curl -H"), "{text}");
        let whole = plain(&browser.get(&page).await.body);
        for words in ["patient/Patient.read", "code_challenge=", "code_verifier=", "\"token_type\"", "\"iss\"", "code="]
        {
            assert!(whole.contains(words), "{program} {words}: {whole}");
        }
        // The code works once, and so does the address in the browser's history.
        let again = browser.get(&callback).await;
        assert_eq!((again.status, again.header("location")), (StatusCode::SEE_OTHER, page.as_str()));

        let token = whole.split("\"access_token\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let read = get_as(&site, &format!("Bearer {token}"), record).await;
        assert_eq!(read.status, StatusCode::OK, "{token}: {}", read.body);
        let out = browser.post("try-it-sign-out", &[("program", program)]).await;
        assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, page.as_str()));
        assert_eq!(browser.cookie("flex_try_it"), None);
        let after = plain(&browser.get(&page).await.body);
        assert!(after.contains("Sign in as a test member") && !after.contains("patient/Patient.read"), "{after}");
        let read = get_as(&site, &format!("Bearer {token}"), record).await;
        assert_eq!(read.status, StatusCode::UNAUTHORIZED, "{}", read.body);
    }
}

#[tokio::test]
async fn a_visitor_has_nothing_to_do_with_the_person_who_is_signed_in() {
    let site = begin().await;
    account(&site, "vera-lindqvist").await;
    let browser = Browser::of(&site);
    browser.sign_in("vera-lindqvist").await;
    let session = browser.cookie("flex_session");
    let (_, handle) = reach_consent(&browser, "idaho", "").await;
    let consent = browser.get(&format!("/consent/{handle}")).await.body;
    assert!(!consent.contains("Vera"), "{consent}");
    // Neither another account nor another plan: the request is a visitor's.
    for (function, more) in [("switch-account", ("x", "x")), ("choose-payer", ("payer", "optum-idaho"))] {
        browser.post(function, &[("handle", &handle), more]).await;
        let consent = browser.get(&format!("/consent/{handle}")).await.body;
        assert!(consent.contains("A visitor of the documentation"), "{function}: {consent}");
        browser.keep("flex_session", session.as_deref().unwrap());
    }
    let allowed = browser.allow(&handle, &["patient/Patient.read"], &[]).await;
    browser.get(local(allowed.header("location"))).await;
    let shown = plain(&browser.get("/docs/idaho/try-it").await.body);
    assert!(shown.contains("Jordan Rivera"), "{shown}");
}

#[tokio::test]
async fn a_visitor_may_choose_another_test_member_on_the_way() {
    let site = begin().await;
    let name = json!([{ "family": "Okafor", "given": ["Ada"] }]);
    load(&site, "idaho", &[json!({ "resourceType": "Patient", "id": "ada", "name": name })]).await;
    account(&site, "vera-lindqvist").await;
    let browser = Browser::of(&site);
    browser.sign_in("vera-lindqvist").await;
    let (_, handle) = reach_consent(&browser, "idaho", "").await;
    let page = browser.follow("choose-test-member", &[("handle", &handle), ("patient", "ada")]).await.body;
    assert!(page.contains("Ada Okafor"), "{page}");
    let linked: Vec<(String,)> = sql("SELECT a.healthcare_id FROM member_link l JOIN account a ON a.id = l.account_id")
        .fetch_all(&mut site.test.store.read().await.unwrap().tx)
        .await
        .unwrap();
    assert!(linked.iter().all(|(id,)| id.starts_with("guest-")), "{linked:?}");
}

#[tokio::test]
async fn an_answer_that_this_page_did_not_ask_for_is_not_taken() {
    let site = begin().await;
    let browser = Browser::of(&site);
    let (_, handle) = reach_consent(&browser, "idaho", "").await;
    let allowed = browser.allow(&handle, &["patient/Patient.read"], &[]).await;
    let callback = local(allowed.header("location")).to_owned();
    let answer = query(allowed.header("location"));
    let (iss, state) = (&answer["iss"], &answer["state"]);
    let page = "/docs/idaho/try-it";
    for wrong in [
        callback.replace(state.as_str(), "another"),
        callback.replace("iss=", "iss=x"),
        format!("{page}/callback?code=abc"),
        format!("{page}/callback"),
        format!("{page}/callback?code=abc&state=&iss={iss}"),
    ] {
        assert_eq!(browser.get(&wrong).await.header("location"), page, "{wrong}");
    }
    // Another browser has no such session, and a scanner's HEAD uses nothing up.
    assert_eq!(Browser::of(&site).get(&callback).await.header("location"), page);
    browser.send(Method::HEAD, &callback, &[], "").await;
    assert!(!plain(&browser.get(page).await.body).contains("Token valid until"));
    browser.get(&callback).await;
    assert!(plain(&browser.get(page).await.body).contains("Token valid until"));
}

#[tokio::test]
async fn a_refusal_is_explained() {
    let site = begin().await;
    let browser = Browser::of(&site);
    let (_, handle) = reach_consent(&browser, "idaho", "").await;
    let refused = browser.post("decide", &[("handle", &handle), ("answer", "cancel")]).await;
    let page = browser.get(local(refused.header("location"))).await.header("location").to_owned();
    assert_eq!(page, "/docs/idaho/try-it");
    let shown = browser.get(&page).await.body;
    assert!(plain(&shown).contains("access_denied"), "{shown}");
    assert!(shown.contains("/api/try-it-sign-in"), "one can begin again: {shown}");
    assert!(links(&shown).iter().any(|link| link == "/docs/idaho/errors#error-access-denied"), "{shown}");
}

#[tokio::test]
async fn an_error_of_the_api_is_explained() {
    let site = begin().await;
    let browser = Browser::of(&site);
    sign_in(&browser, "idaho", "").await;
    for (request, status, link) in [
        ("Patient?do=search&nonsense=1", "Status 400, ", "error-400-"),
        ("Patient?do=read&read-id=nobody", "Status 404, ", "error-404-not-found"),
        ("Coverage?do=search", "Status 403, ", "error-"),
    ] {
        let shown = browser.get(&format!("/docs/idaho/try-it/{request}")).await.body;
        assert!(plain(&shown).contains(status), "{request}: {}", plain(&shown));
        let to = format!("/docs/idaho/errors#{link}");
        assert!(links(&shown).iter().any(|found| found.starts_with(&to)), "{request}: {:?}", links(&shown));
    }
}

#[tokio::test]
async fn the_directory_needs_no_sign_in_and_a_record_asks_for_one_first() {
    let site = begin().await;
    load(
        &site,
        "idaho",
        &[json!({ "resourceType": "Location", "id": "l1", "name": "<script>", "address": { "city": "North" } })],
    )
    .await;
    let browser = Browser::of(&site);
    let shown = browser.get("/docs/idaho/try-it/Location?do=search&address-city=North").await.body;
    let text = plain(&shown).split_once("Try Location").unwrap().1.split_once("Try Location").unwrap().1.to_owned();
    assert!(text.contains("Status 200, ") && text.contains("needs no token") && !text.contains("Bearer"), "{text}");
    assert!(text.contains("\"name\": \"<script>\"") && !shown.contains("\"<script>\""), "{shown}");

    let first = browser.get("/docs/idaho/try-it/Patient?do=search&gender=other").await.body;
    assert!(
        plain(&first).contains("This request needs a token.") && !plain(&first).contains("ms on the server"),
        "{first}"
    );
    let next = first.rsplit("name=\"next\" value=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&");
    assert_eq!(sign_in(&browser, "idaho", &next).await, "/docs/idaho/try-it/Patient?do=search&gender=other#answer");
    let capabilities = plain(&browser.get("/docs/idaho/try-it/metadata?do=search").await.body);
    assert!(capabilities.contains("\"resourceType\": \"CapabilityStatement\""), "{capabilities}");
}

#[tokio::test]
async fn every_printed_example_can_be_run() {
    let site = begin().await;
    let browser = Browser::of(&site);
    sign_in(&browser, "idaho", "").await;
    let mut run = 0;
    for resource in &site.state.services.programs.iter().find(|it| it.id.as_str() == "idaho").unwrap().resources {
        let page = browser.get(&format!("/docs/idaho/{}", resource.kind)).await.body;
        for link in links(&page).iter().filter(|link| link.contains("/try-it/") && link.contains("do=")) {
            let shown = plain(&browser.get(&link.replace("&amp;", "&").replace("#answer", "")).await.body);
            assert!(shown.contains("Status "), "{link}: {shown}");
            run += 1;
        }
    }
    assert!(10 < run, "{run}");
}

#[tokio::test]
async fn no_one_is_sent_elsewhere_afterwards() {
    let site = begin().await;
    for next in ["https://evil.test", "//evil.test", "/docs/oph-ca/try-it", "/member", "/docs/idaho/try-it@evil.test"] {
        let browser = Browser::of(&site);
        let to = sign_in(&browser, "idaho", next).await;
        assert!(to.starts_with("/docs/idaho/try-it"), "{next}: {to}");
    }
}

#[tokio::test]
async fn on_a_programs_own_host_the_page_is_at_the_common_address() {
    let site = begin().await;
    let page = "/docs/idaho/try-it/Location?do=search&address-city=A";
    let there = Browser::at(&site, "authz.idaho.localhost:3000").get(page).await;
    assert_eq!(there.header("location"), format!("http://127.0.0.1:3000{page}"));
    // Behind a proxy that sends another host, it is where it is.
    assert_eq!(Browser::at(&site, "backend:8080").get(page).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_no_page_offers_is_not_found() {
    let site = begin().await;
    let browser = Browser::of(&site);
    for form in [
        [("program", "idaho"), ("patient", "nobody")],
        [("program", "none"), ("patient", "jordan")],
        [("program", ""), ("patient", "")],
    ] {
        assert_eq!(browser.post("try-it-sign-in", &form).await.status, StatusCode::NOT_FOUND, "{form:?}");
    }
    for page in ["/docs/none/try-it", "/docs/idaho/try-it/Nothing", "/docs/idaho/try-it/Account"] {
        assert_eq!(browser.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
}

#[tokio::test]
async fn a_visit_outlives_its_token_and_ends_by_itself() {
    let site = begin().await;
    let browser = Browser::of(&site);
    sign_in(&browser, "idaho", "").await;
    let forms = browser.get("/docs/idaho/try-it/Coverage").await.body;
    assert!(forms.contains("name=\"patient\" value=\"jordan\""), "{forms}");
    site.test.clock.advance(90.minutes());
    let renewed = plain(&browser.get("/docs/idaho/try-it/Patient?do=search").await.body);
    assert!(renewed.contains("Status 200, "), "{renewed}");
    assert!(plain(&browser.get("/docs/idaho/try-it").await.body).contains("grant_type=refresh_token"));
    site.test.clock.advance(30.minutes());
    let shown = plain(&browser.get("/docs/idaho/try-it/Patient?do=search").await.body);
    assert!(shown.contains("This request needs a token."), "{shown}");
}
