//! Who may see and send what.

use axum::http::{Method, StatusCode};

use super::browser::{Browser, account};
use crate::oauth::site::{Site, encoded, request};

const PRIVATE: [&str; 5] = ["/account", "/member/history", "/member/past", "/owner", "/admin"];

#[tokio::test]
async fn a_private_page_leads_to_sign_in_and_back() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    for path in PRIVATE {
        let reply = browser.get(path).await;
        let back = path.replace('/', "%2F");
        assert_eq!(
            (reply.status, reply.header("location")),
            (StatusCode::SEE_OTHER, format!("/signin?next={back}").as_str())
        );
        assert_eq!(reply.body, "", "{path}");
    }
}

#[tokio::test]
async fn the_administrators_portal_is_closed_to_everybody_else() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let browser = Browser::of(&site);
    browser.sign_in("vera-lindqvist").await;
    assert_eq!(browser.get("/admin").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let browser = Browser::of(&site);
    browser.sign_in("vera-lindqvist").await;
    for fetch_site in ["cross-site", "same-site"] {
        let reply = browser.post_from(fetch_site, "change-name", &[("name", "Mallory")]).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{fetch_site}");
    }
    assert!(browser.get("/account").await.body.contains("Vera Lindqvist"));
}

#[tokio::test]
async fn what_no_page_of_ours_sends_is_refused_calmly() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    let unreadable = browser.post("choose-payer", &[("payer", "x")]).await;
    assert_eq!(unreadable.status, StatusCode::BAD_REQUEST, "a field is missing");
    assert!(unreadable.body.contains("We could not read the form"));
    assert_eq!(browser.post("no-such-form", &[]).await.status, StatusCode::NOT_FOUND);
    let get = site.send(Method::GET, "/api/sign-out", &[], "").await;
    assert_eq!(get.status, StatusCode::METHOD_NOT_ALLOWED, "a link changes nothing");
}

#[tokio::test]
async fn signing_in_never_leads_out_of_the_site() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    for next in ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)"] {
        let browser = Browser::of(&site);
        let form = [("login", "vera-lindqvist"), ("password", super::browser::PASSWORD), ("next", next)];
        assert_eq!(browser.post("sign-in", &form).await.header("location"), "/", "{next}");
    }
}

#[tokio::test]
async fn only_pages_on_an_apps_way_stay_in_touch_with_their_opener() {
    let site = Site::new().await;
    let app = site.public_app("idaho").await;
    let browser = Browser::of(&site);
    let authorize = format!("/authz/idaho/sandbox/oauth/authorize?{}", encoded(&request(&app, "patient/Patient.read")));
    let consent = browser.get(&authorize).await.header("location").to_owned();
    assert!(consent.starts_with("/consent/"), "{consent}");
    let sign_in = format!("/signin?{}", encoded(&[("next", &consent)]));
    for (path, expect) in [
        (authorize.as_str(), "unsafe-none"),
        ("/authz/idaho/sandbox/oauth/authorize?client_id=no-one", "unsafe-none"),
        (consent.as_str(), "unsafe-none"),
        ("/consent/gone", "unsafe-none"),
        (sign_in.as_str(), "unsafe-none"),
        ("/signup", "unsafe-none"),
        ("/signin?next=%2Fowner", "same-origin"),
        ("/", "same-origin"),
        ("/owner", "same-origin"),
        ("/member/past", "same-origin"),
        ("/no-such-page", "same-origin"),
    ] {
        assert_eq!(browser.get(path).await.header("cross-origin-opener-policy"), expect, "{path}");
    }
    for (next, expect) in [(consent.as_str(), "unsafe-none"), ("/owner", "same-origin")] {
        let refused = browser.post("sign-in", &[("login", "no-one-at-all"), ("password", "x"), ("next", next)]).await;
        assert_eq!(refused.header("cross-origin-opener-policy"), expect, "{next}");
    }
}
