//! The public keys of an app, in the App Owner portal.

use axum::http::StatusCode;
use store::sql;

use super::{
    browser::Browser,
    desk::{approved_vendor, details, link, register_app, registration},
};
use crate::oauth::{signer::Signer, site::Site};

const APPS: &str = "/owner/applications/";

/// The address of the page of a new app of this kind.
async fn new_app(browser: &Browser<'_>, client_kind: &'static str) -> String {
    register_app(browser, &details("sandbox"), &registration(client_kind)).await;
    let page = browser.get("/owner").await.body;
    page.split("<tbody>").nth(1).and_then(|table| link(table, APPS)).unwrap().to_owned()
}

/// Sends the form; returns the page that follows.
async fn save(browser: &Browser<'_>, app: &str, source: &str, jwks_uri: &str, jwks: &str) -> String {
    let id = app.trim_start_matches(APPS);
    let form = [("application", id), ("source", source), ("jwks_uri", jwks_uri), ("jwks", jwks)];
    browser.follow("set-keys", &form).await.body
}

async fn count(site: &Site, text: &str, query: &'static str) -> i64 {
    let mut ctx = site.state.services.store.read().await.unwrap();
    let (count,): (i64,) = sql(query).bind(format!("%{text}%")).fetch_one(&mut ctx.tx).await.unwrap();
    count
}

#[tokio::test]
async fn keys_are_registered_replaced_and_removed_on_the_apps_page() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let app = new_app(&browser, "confidential").await;
    let credentials = format!("{app}/credentials");
    assert!(browser.get(&credentials).await.body.contains("Register keys"));

    let page = save(&browser, &app, "set", "", &Signer::new().jwks().to_string()).await;
    assert!(page.contains("EC, P-256") && page.contains("ES256 only"));
    assert!(browser.get(&app).await.body.contains("Public keys registered"), "the overview has the newest lines");
    assert!(browser.get(&format!("{app}/keys")).await.body.contains("\"kid\":\"one\""));
    let page = save(&browser, &app, "url", "https://harbor.example/jwks.json", "").await;
    assert!(page.contains("https://harbor.example/jwks.json") && !page.contains("EC, P-256"));
    let page = browser.follow("remove-keys", &[("application", app.trim_start_matches(APPS))]).await.body;

    assert!(page.contains("No public keys are registered."));
    assert!(browser.get(&app).await.body.contains("Public keys removed"));
    let told = "SELECT COUNT(*) FROM outbox WHERE subject LIKE $1";
    assert_eq!(count(&site, "The public keys of", told).await, 3);
    let audited = "SELECT COUNT(*) FROM audit WHERE action LIKE $1";
    assert_eq!(count(&site, "application.keys_set", audited).await, 2);
}

#[tokio::test]
async fn what_is_wrong_stands_at_the_field_and_a_private_key_is_kept_nowhere() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let app = new_app(&browser, "confidential").await;
    let mut private = Signer::new().jwks();
    private["keys"][0]["d"] = "c2VjcmV0LXNlY3JldC1zZWNyZXQ".into();
    for (source, url, jwks, sentence) in [
        ("", "", "", "Choose where your public keys are."),
        ("url", "http://harbor.example/jwks", "", "Enter an address that begins with https://."),
        ("url", "https://10.0.0.1/jwks", "", "an address on a public website"),
        ("set", "", "", "Paste the key set."),
        ("set", "", "{\"keys\":[]}", "Paste a JSON Web Key Set"),
        ("set", "", &private.to_string(), "This contains a private or symmetric key"),
        ("set", "", "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"qw\",\"e\":\"AQAB\"}]}", "shorter than 2048 bits"),
    ] {
        let page = save(&browser, &app, source, url, jwks).await;
        assert!(page.contains(sentence) && page.contains("role=\"alert\""), "{source} {jwks:.60}: {page}");
        assert!(!page.contains("c2VjcmV0"), "the private key came back");
    }
    save(&browser, &app, "set", "", &private.to_string()).await;
    for place in [
        "SELECT COUNT(*) FROM session_flash WHERE content LIKE $1",
        "SELECT COUNT(*) FROM client_keys WHERE jwks LIKE $1",
        "SELECT COUNT(*) FROM audit WHERE detail LIKE $1",
    ] {
        assert_eq!(count(&site, "c2VjcmV0", place).await, 0, "{place}");
    }
}

#[tokio::test]
async fn a_public_client_has_no_page_for_keys() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let app = new_app(&browser, "public").await;

    assert_eq!(browser.get(&format!("{app}/keys")).await.status, StatusCode::NOT_FOUND);
    let form = [("application", app.trim_start_matches(APPS)), ("source", "url"), ("jwks_uri", "https://a.example/")];
    assert_eq!(browser.post("set-keys", &form).await.status, StatusCode::BAD_REQUEST);
    assert!(!browser.get(&format!("{app}/credentials")).await.body.contains("Register keys"));
}
