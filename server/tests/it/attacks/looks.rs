//! HEAD, and a GET that is sent twice: looking at an address uses nothing up.

use axum::http::Method;

use crate::{
    oauth::site::{Site, encoded, request},
    portals::{
        browser::{Browser, account},
        desk::{approved_vendor, details, registration, text_of},
    },
};

const AUTHZ: &str = "/authz/oph/ca";
const SCOPE: &str = "patient/Patient.read";

async fn head(browser: &Browser<'_>, path: &str) -> (u16, String) {
    let reply = browser.send(Method::HEAD, path, &[], "").await;
    assert_eq!(reply.body, "", "{path}");
    (reply.status.as_u16(), reply.header("location").to_owned())
}

#[tokio::test]
async fn a_pushed_request_is_left_alone_by_head_and_comes_twice_in_one_browser() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let form = [request(&app, SCOPE), vec![("client_secret", app.secret.as_str())]].concat();
    let pushed = site.post(&format!("{AUTHZ}/oauth/par"), &[], &form).await.json();
    let query = encoded(&[("client_id", app.id.as_str()), ("request_uri", pushed["request_uri"].as_str().unwrap())]);
    for path in [
        format!("{AUTHZ}/oauth/authorize?{query}"),
        format!("{AUTHZ}/university-of-california/oauth/authorize?{query}"),
    ] {
        let (browser, stranger) = (Browser::of(&site), Browser::of(&site));
        for _ in 0..3 {
            assert_eq!(head(&stranger, &path).await, (200, String::new()), "it succeeds, and nothing began");
        }
        assert_eq!(stranger.cookie("flex_flow"), None);
        if path.starts_with("/authz/oph/ca/oauth") {
            let handles = [browser.get(&path).await, browser.get(&path).await];
            assert!(
                handles.iter().all(|reply| reply.header("location").starts_with("/consent/")),
                "the answer was lost"
            );
        }
        // By now it belongs to the first browser.
        if path.contains("university") {
            assert_eq!(stranger.get(&path).await.status.as_u16(), 400);
        }
    }
    let wrong = format!("{AUTHZ}/oauth/authorize?client_id=unknown&request_uri=x");
    assert_eq!(head(&Browser::of(&site), &wrong).await.0, 400);
}

#[tokio::test]
async fn what_a_page_says_once_is_not_said_to_head() {
    let site = Site::new().await;
    account(&site, "ann-example").await;
    let browser = Browser::of(&site);
    let refused = browser.post("sign-in", &[("login", "ann-example"), ("password", "a wrong pass phrase")]).await;
    let page = refused.header("location").trim_end_matches("#errors");
    assert_eq!(head(&browser, page).await.0, 200);
    assert!(browser.get(page).await.body.contains("ann-example"), "what was typed, and what is wrong with it");

    let vera = approved_vendor(&site, "vera-lindqvist").await;
    vera.post("app-details", &details("sandbox")).await;
    let shown = vera.post("register-app", &registration("confidential")).await.header("location").to_owned();
    assert_eq!(head(&vera, &shown).await.0, 200);
    let secret = text_of(&vera.get(&shown).await.body, "client-secret").map(str::len);
    assert_eq!(secret, Some(43), "HEAD did not take the secret away");
}

#[tokio::test]
async fn every_page_and_answer_of_somebody_in_particular_is_kept_nowhere() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let browser = Browser::of(&site);
    let consent = browser.get(&format!("{AUTHZ}/oauth/authorize?{}", encoded(&request(&app, SCOPE)))).await;
    let page = browser.get(consent.header("location")).await;
    assert_eq!((page.status.as_u16(), page.header("cache-control")), (200, "no-store"), "no one is signed in yet");
    // A language belongs to no one in particular.
    let language = [("cookie", "flex_language=es")];
    let landing = site.send(Method::GET, "/", &language, "").await;
    assert_eq!(landing.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn forms_work_behind_a_proxy_that_rewrites_the_host() {
    let site = Site::secure().await;
    let form = encoded(&[("login", "no-one-there"), ("password", "a wrong pass phrase")]);
    for (origin, expect) in [
        ("https://flex.example.org", 303),
        ("https://flex.example.org:443", 303),
        ("http://flex.example.org", 403),
        ("https://evil.example", 403),
        ("https://flex.example.org.evil.example", 403),
        ("null", 403),
    ] {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", origin), ("cookie", "a=b")];
        let reply = site.send_to("backend:3000", Method::POST, "/api/sign-in", &headers, &form).await;
        assert_eq!(reply.status.as_u16(), expect, "{origin}");
    }
}
