//! The client that everyone may use, at the authorization server.

use axum::http::StatusCode;

use crate::oauth::site::{CHALLENGE, Reply, Site, encoded};

async fn site() -> Site {
    let site = Site::new().await;
    server::workers::programs::once(&site.state.jobs().unwrap()).await.unwrap();
    site
}

async fn authorize(site: &Site, authz: &str, changes: &[(&'static str, &'static str)]) -> Reply {
    let mut form = vec![
        ("response_type", "code"),
        ("client_id", "try-it-idaho"),
        ("redirect_uri", "http://127.0.0.1:50123/callback"),
        ("scope", "patient/Patient.read"),
        ("state", "1234zyx"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        form.retain(|(other, _)| other != name);
        form.extend((!value.is_empty()).then_some((*name, *value)));
    }
    site.get(&format!("{authz}/oauth/authorize?{}", encoded(&form))).await
}

const SANDBOX: &str = "/authz/idaho/sandbox";

#[tokio::test]
async fn it_asks_members_of_its_own_sandbox() {
    let site = site().await;
    let reply = authorize(&site, SANDBOX, &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    assert!(reply.header("location").starts_with("/consent/"), "{}", reply.header("location"));
    let elsewhere = authorize(&site, SANDBOX, &[("redirect_uri", "http://[::1]:9/callback")]).await;
    assert_eq!(elsewhere.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn it_is_unknown_in_production_and_in_other_programs() {
    let site = site().await;
    for authz in ["/authz/idaho", "/authz/oph/ca"] {
        assert_eq!(authorize(&site, authz, &[]).await.status, StatusCode::BAD_REQUEST, "{authz}");
    }
}

#[tokio::test]
async fn it_returns_to_the_machine_of_its_user_alone_and_needs_pkce() {
    let site = site().await;
    for uri in [
        "https://evil.example/callback",
        "http://127.0.0.1.evil.example/callback",
        "http://127.0.0.1:80@evil.example/callback",
        "http://127.0.0.1:50123/callback/..",
        "http://127.0.0.1:50123/other",
        "http://localhost:50123/callback",
    ] {
        let reply = authorize(&site, SANDBOX, &[("redirect_uri", uri)]).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{uri}");
        assert_eq!(reply.header("location"), "", "{uri}");
    }
    let reply = authorize(&site, SANDBOX, &[("code_challenge", ""), ("code_challenge_method", "")]).await;
    assert!(reply.header("location").contains("error=invalid_request"), "{}", reply.header("location"));
}

#[tokio::test]
async fn it_gets_nothing_for_itself() {
    let site = site().await;
    let form = [("grant_type", "client_credentials"), ("client_id", "try-it-idaho"), ("scope", "public/Location.read")];
    let reply = site.post(&format!("{SANDBOX}/oauth/token"), &[], &form).await;
    assert_eq!((reply.status, &reply.json()["error"]), (StatusCode::BAD_REQUEST, &"unauthorized_client".into()));
}

#[tokio::test]
async fn the_quick_start_names_it_and_the_addresses_of_the_sandbox() {
    let site = site().await;
    let page = site.get("/docs/idaho/quick-start").await.body;
    for text in [
        "CLIENT_ID=try-it-idaho",
        "FLEX_AUTHZ=http://127.0.0.1:3000/authz/idaho/sandbox",
        "FLEX_FHIR=http://127.0.0.1:3000/fhir/idaho/sandbox/R4",
        "http://127.0.0.1:3000/docs/samples/javascript/quickstart.mjs",
    ] {
        assert!(page.contains(text), "{text}");
    }
}
