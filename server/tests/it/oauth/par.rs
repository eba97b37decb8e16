//! `/oauth/par` over HTTP.

use axum::http::{Method, StatusCode};
use oauth::testing::Prover;
use store::testing::{postgres, sqlite};

use super::{
    signer::{Signer, TYPE},
    site::{App, Site, encoded, exchange, request},
};

const AUTHZ: &str = "/authz/oph/ca";
const PAR: &str = "/authz/oph/ca/oauth/par";
const SCOPE: &str = "patient/Patient.read";

/// The path that the browser opens.
fn authorize(app: &App, reference: &str) -> String {
    let query = encoded(&[("client_id", app.id.as_str()), ("request_uri", reference)]);
    format!("{AUTHZ}/university-of-california/oauth/authorize?{query}")
}

fn push(app: &App) -> Vec<(&str, &str)> {
    [request(app, SCOPE), vec![("client_secret", app.secret.as_str())]].concat()
}

#[tokio::test]
async fn a_push_is_answered_with_a_reference_that_the_browser_brings_once() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let (app, signer) = (site.app("oph-ca").await, Signer::new());
        site.register_keys(&app, &signer.jwks().to_string()).await;
        let ann = site.member("ann", &app).await;
        let assertion = signer.assert(&site, &app, "http://127.0.0.1:3000/authz/oph/ca/oauth/par");
        let form = [request(&app, SCOPE), vec![TYPE, ("client_assertion", &*assertion)]].concat();

        let reply = site.post(PAR, &[], &form).await;

        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.body);
        assert_eq!((reply.header("cache-control"), reply.header("location")), ("no-store", ""));
        let pushed = reply.json();
        assert_eq!(pushed["expires_in"], 90);
        let reference = pushed["request_uri"].as_str().unwrap();
        let authorized = site.get(&authorize(&app, reference)).await;
        assert_eq!(authorized.status, StatusCode::SEE_OTHER, "{}", authorized.body);
        let answer = site.allow(&ann, &authorized, SCOPE).await;
        let tokens = site.post(&format!("{AUTHZ}/oauth/token"), &[], &exchange(&app, &answer["code"])).await;
        assert_eq!((tokens.status, &tokens.json()["scope"]), (StatusCode::OK, &SCOPE.into()));

        let again = site.get(&authorize(&app, reference)).await;
        assert_eq!((again.status, again.header("location")), (StatusCode::BAD_REQUEST, ""));
        assert!(again.header("content-type").starts_with("text/html") && !again.body.contains(reference));
    }
}

#[tokio::test]
async fn a_bad_push_is_json_and_no_redirect() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let changed = |name: &'static str, value: &'static str| {
        let kept = push(&app).into_iter().filter(|(known, _)| *known != name);
        kept.chain([(name, value)]).collect::<Vec<_>>()
    };
    for (form, status, error) in [
        (changed("client_secret", "wrong"), StatusCode::UNAUTHORIZED, "invalid_client"),
        (changed("redirect_uri", "https://evil.example/"), StatusCode::BAD_REQUEST, "invalid_request"),
        (changed("scope", "patient/*.read"), StatusCode::BAD_REQUEST, "invalid_scope"),
        (changed("request_uri", "https://evil.example/"), StatusCode::BAD_REQUEST, "invalid_request"),
    ] {
        let reply = site.post(PAR, &[], &form).await;
        assert_eq!((reply.status, &reply.json()["error"]), (status, &error.into()), "{form:?}");
        assert_eq!((reply.header("location"), reply.header("cache-control")), ("", "no-store"));
    }
    assert_eq!(site.get(PAR).await.status, StatusCode::METHOD_NOT_ALLOWED);
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let large = format!("{}&nonce={}", encoded(&push(&app)), "x".repeat(64 * 1024));
    let reply = site.send(Method::POST, PAR, &headers, &large).await;
    assert_eq!((reply.status, &reply.json()["error"]), (StatusCode::PAYLOAD_TOO_LARGE, &"invalid_request".into()));
}

#[tokio::test]
async fn a_dpop_header_binds_the_code_to_its_key() {
    let site = Site::new().await;
    let app = site.public_app("oph-ca").await;
    let ann = site.member("ann", &app).await;
    let prover = Prover::default();
    let prove = |path: &str| prover.prove("POST", &format!("http://127.0.0.1:3000{AUTHZ}{path}"), site.now());
    let (wrong, right) = (prove("/oauth/token"), prove("/oauth/par"));
    for (proofs, status) in [
        (vec![("dpop", &*wrong)], StatusCode::BAD_REQUEST),
        (vec![("dpop", &*right), ("dpop", &*right)], StatusCode::BAD_REQUEST),
        (vec![("dpop", "")], StatusCode::BAD_REQUEST),
    ] {
        let reply = site.post(PAR, &proofs, &request(&app, SCOPE)).await;
        assert_eq!((reply.status, &reply.json()["error"]), (status, &"invalid_dpop_proof".into()), "{proofs:?}");
    }

    let pushed = site.post(PAR, &[("dpop", &right)], &request(&app, SCOPE)).await;

    assert_eq!(pushed.status, StatusCode::CREATED, "{}", pushed.body);
    let authorized = site.get(&authorize(&app, pushed.json()["request_uri"].as_str().unwrap())).await;
    let answer = site.allow(&ann, &authorized, SCOPE).await;
    let form = exchange(&app, &answer["code"]);
    let token = format!("{AUTHZ}/oauth/token");
    assert_eq!(site.post(&token, &[], &form).await.json()["error"], "invalid_grant", "without the key");
    let tokens = site.post(&token, &[("dpop", &prove("/oauth/token"))], &form).await;
    assert_eq!((tokens.status, &tokens.json()["token_type"]), (StatusCode::OK, &"DPoP".into()));
}

#[tokio::test]
async fn a_page_reads_the_reference_only_of_its_own_app() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    for (origin, expect) in [("https://acme.example", "https://acme.example"), ("https://evil.example", "")] {
        let reply = site.post(PAR, &[("origin", origin)], &push(&app)).await;
        assert_eq!(reply.header("access-control-allow-origin"), expect);
    }
}
