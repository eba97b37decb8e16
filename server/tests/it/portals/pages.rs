//! What every page has in common.

use axum::http::StatusCode;

use super::browser::{Browser, account};
use crate::oauth::site::Site;

const PUBLIC: [&str; 14] = [
    "/",
    "/status",
    "/docs",
    "/docs/idaho/native-apps",
    "/docs/oph-ca/search?q=name",
    "/terms",
    "/privacy",
    "/accessibility",
    "/what-is-healthcare-id",
    "/signin",
    "/signup",
    "/account/forgot-id",
    "/account/forgot-password",
    "/account/check-mail",
];

#[tokio::test]
async fn every_public_page_comes_whole_and_protected() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    for path in PUBLIC {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.starts_with("<!DOCTYPE html><html lang=\"en\""), "{path}");
        assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
        assert!(!page.body.contains(" style=\""), "{path}: refused by the policy");
        let policy = page.header("content-security-policy");
        for rule in ["default-src 'none'", "script-src 'self' 'nonce-", "frame-ancestors 'none'", "form-action 'self'"]
        {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert_eq!(page.header("set-cookie"), "", "{path}: no session before one is needed");
    }
}

#[tokio::test]
async fn no_two_pages_share_a_nonce() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    let (first, second) = (browser.get("/signup").await, browser.get("/signup").await);
    assert_ne!(first.header("content-security-policy"), second.header("content-security-policy"));
}

#[tokio::test]
async fn the_landing_page_offers_the_three_roles_in_the_agreed_words() {
    let site = Site::new().await;
    let page = Browser::of(&site).get("/").await.body;
    for words in [
        "Welcome to <strong>FHIR Layer EXchange</strong>",
        "Please choose a role to login",
        "<a href=\"/owner\">App Owner</a>",
        "Registration portal for vendors to register applications to access members data",
        "<a href=\"/admin\">Administrative &amp; Support Portal</a>",
        "Review 3rd party application registration requests for approval",
        "<a href=\"/member\">CMS Interoperability Member Portal</a>",
        "Member portal to review applications currently accessing their data",
        "Terms and Conditions",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[tokio::test]
async fn an_unknown_address_is_a_page_that_repeats_nothing() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    for path in ["/nothing", "/%3Cscript%3Ealert(1)%3C/script%3E", "/owner/nothing?q=%3Cscript%3Ealert(1)", "/consent/"]
    {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("Page not found"), "{path}");
        assert!(!page.body.contains("alert(1)"), "{path}");
    }
}

#[tokio::test]
async fn what_members_read_is_in_spanish_and_the_rest_in_english() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    assert!(browser.get_in("es-MX,es;q=0.9", "/signin").await.body.contains("<html lang=\"es\""));
    assert!(browser.get_in("es-MX,es;q=0.9", "/terms").await.body.contains("<html lang=\"en\""));

    let chosen = browser.follow("language", &[("language", "es"), ("next", "/signin")]).await;

    assert!(chosen.body.contains("Inicie sesión con su Healthcare ID"));
}

#[tokio::test]
async fn a_page_for_somebody_is_kept_nowhere() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let browser = Browser::of(&site);
    browser.sign_in("vera-lindqvist").await;
    for path in ["/", "/account", "/member", "/nothing"] {
        assert_eq!(browser.get(path).await.header("cache-control"), "no-store", "{path}");
    }
}
