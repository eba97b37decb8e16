//! `/oauth/token`, `/oauth/introspect`, `/oauth/revoke` over HTTP.

use axum::http::{Method, StatusCode};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::site::{Site, encoded, exchange, request};

const AUTHZ: &str = "/authz/oph/ca";
const TOKEN: &str = "/authz/oph/ca/oauth/token";

#[tokio::test]
async fn a_code_becomes_tokens_that_no_cache_keeps() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let ann = site.member("ann", &app).await;
    let scope = "openid launch/patient patient/Patient.read";
    let path = format!("{AUTHZ}/university-of-california/oauth/authorize?{}", encoded(&request(&app, scope)));
    let answer = site.allow(&ann, &site.get(&path).await, scope).await;

    let reply = site.post(TOKEN, &[], &exchange(&app, &answer["code"])).await;

    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!((reply.header("cache-control"), reply.header("pragma")), ("no-store", "no-cache"));
    assert!(reply.header("content-type").starts_with("application/json"));
    let token = reply.json();
    assert_eq!((&token["token_type"], &token["expires_in"]), (&"Bearer".into(), &300.into()));
    assert_eq!((&token["scope"], &token["patient"]), (&scope.into(), &"patient-ann".into()));

    let replay = site.post(TOKEN, &[], &exchange(&app, &answer["code"])).await;
    assert_eq!((replay.status, &replay.json()["error"]), (StatusCode::BAD_REQUEST, &"invalid_grant".into()));
    let info = [("authorization", &*format!("Bearer {}", token["access_token"].as_str().unwrap()))];
    let reply = site.send(Method::GET, &format!("{AUTHZ}/oauth/userinfo"), &info, "").await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "the refused replay was saved");
}

#[tokio::test]
async fn only_a_posted_form_is_read() {
    let site = Site::new().await;
    let form = "grant_type=client_credentials";
    for (method, kind, expect) in [
        (Method::GET, "application/x-www-form-urlencoded", StatusCode::METHOD_NOT_ALLOWED),
        (Method::PUT, "application/x-www-form-urlencoded", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, "application/json", StatusCode::BAD_REQUEST),
        (Method::POST, "", StatusCode::BAD_REQUEST),
        (Method::POST, "application/x-www-form-urlencoded; charset=UTF-8", StatusCode::UNAUTHORIZED),
    ] {
        let reply = site.send(method.clone(), TOKEN, &[("content-type", kind)], form).await;
        assert_eq!(reply.status, expect, "{method} {kind}");
    }
    let large = format!("grant_type={}", "x".repeat(100_000));
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(site.send(Method::POST, TOKEN, &headers, &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let odd = "grant_type=%00%FF%C0&client_id=%00";
    assert_eq!(site.send(Method::POST, TOKEN, &headers, odd).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_failed_authentication_is_401_and_says_how_where_the_header_was_used() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let form = [("grant_type", "client_credentials"), ("scope", "public/Location.read")];
    let basic = |secret: &str| format!("Basic {}", STANDARD.encode(format!("{}:{secret}", app.id)));

    let good = site.post(TOKEN, &[("authorization", &basic(&app.secret))], &form).await;
    let bad = site.post(TOKEN, &[("authorization", &basic("wrong"))], &form).await;
    let unknown = [&form[..], &[("client_id", "unknown"), ("client_secret", "wrong")]].concat();
    let posted = site.post(TOKEN, &[], &unknown).await;

    assert_eq!(good.status, StatusCode::OK);
    assert_eq!((bad.status, bad.header("www-authenticate")), (StatusCode::UNAUTHORIZED, "Basic realm=\"oauth\""));
    assert_eq!((posted.status, posted.header("www-authenticate")), (StatusCode::UNAUTHORIZED, ""));
    assert_eq!(bad.body, posted.body, "an unknown client and a wrong secret read the same");
    assert_eq!(posted.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_page_reads_tokens_only_of_its_own_app() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let form = [
        ("grant_type", "client_credentials"),
        ("scope", "public/Location.read"),
        ("client_id", app.id.as_str()),
        ("client_secret", app.secret.as_str()),
    ];
    for (origin, expect) in [
        ("https://acme.example", "https://acme.example"),
        ("https://evil.example", ""),
        ("https://acme.example.evil.example", ""),
        ("null", ""),
    ] {
        let reply = site.post(TOKEN, &[("origin", origin)], &form).await;
        assert_eq!(reply.header("access-control-allow-origin"), expect, "{origin}");
        assert_eq!(reply.header("access-control-allow-credentials"), "");
    }
    let asks = [("origin", "https://acme.example"), ("access-control-request-method", "POST")];
    let preflight = site.send(Method::OPTIONS, TOKEN, &asks, "").await;
    assert_eq!(preflight.status, StatusCode::NO_CONTENT);
    assert!(preflight.header("access-control-allow-methods").contains("POST"));
}

#[tokio::test]
async fn introspection_and_revocation_answer_as_their_rfcs_say() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let ann = site.member("ann", &app).await;
    let tokens = site.tokens(AUTHZ, &app, &ann, "patient/Patient.read").await;
    let token = tokens["access_token"].as_str().unwrap();
    let with = |token| [("client_id", app.id.as_str()), ("client_secret", app.secret.as_str()), ("token", token)];
    let (introspect, revoke) = (format!("{AUTHZ}/oauth/introspect"), format!("{AUTHZ}/oauth/revoke"));

    assert_eq!(site.post(&introspect, &[], &with(token)).await.json()["active"], true);
    assert_eq!(site.post(&introspect, &[], &with("junk")).await.body, "{\"active\":false}");
    assert_eq!(site.post(&introspect, &[], &[("token", token)]).await.status, StatusCode::UNAUTHORIZED);
    for token in ["junk", token, token] {
        let reply = site.post(&revoke, &[], &with(token)).await;
        assert_eq!((reply.status, reply.body.as_str()), (StatusCode::OK, ""));
    }
    assert_eq!(site.post(&introspect, &[], &with(token)).await.body, "{\"active\":false}");
    assert_eq!(site.post(&revoke, &[], &with("")).await.status, StatusCode::BAD_REQUEST);
}
