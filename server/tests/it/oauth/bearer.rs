//! Bearer tokens over HTTP, at userinfo and at the FHIR API.

use axum::http::{Method, StatusCode};

use super::site::Site;

const AUTHZ: &str = "/authz/oph/ca";
const USERINFO: &str = "/authz/oph/ca/oauth/userinfo";

#[tokio::test]
async fn userinfo_tells_who_the_member_is() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let ann = site.member("ann", &app).await;
    let tokens = site.tokens(AUTHZ, &app, &ann, "openid profile fhirUser launch/patient").await;
    let bearer = format!("bearer {}", tokens["access_token"].as_str().unwrap());

    let reply = site.send(Method::GET, USERINFO, &[("authorization", &bearer)], "").await;

    assert_eq!(reply.status, StatusCode::OK, "the scheme's case does not matter");
    let info = reply.json();
    assert_eq!(info["sub"], ann.account.as_str());
    assert_eq!(info["name"], "healthcare-ann");
    assert_eq!(info["fhirUser"], "http://127.0.0.1:3000/fhir/oph/ca/R4/Patient/patient-ann");
}

#[tokio::test]
async fn what_is_wrong_with_a_token_stands_in_the_challenge() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let ann = site.member("ann", &app).await;
    let tokens = site.tokens(AUTHZ, &app, &ann, "patient/Patient.read").await;
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let send = async |headers: &[(&str, &str)]| site.send(Method::GET, USERINFO, headers, "").await;

    let missing = send(&[]).await;
    assert_eq!((missing.status, missing.header("www-authenticate")), (StatusCode::UNAUTHORIZED, "Bearer"));
    let basic = send(&[("authorization", "Basic YTpi")]).await;
    assert_eq!((basic.status, basic.header("www-authenticate")), (StatusCode::UNAUTHORIZED, "Bearer"));
    let bad = send(&[("authorization", "Bearer x")]).await;
    assert_eq!(bad.status, StatusCode::UNAUTHORIZED);
    assert!(bad.header("www-authenticate").starts_with("Bearer error=\"invalid_token\""));
    let scope = send(&[("authorization", &bearer)]).await;
    assert_eq!(scope.status, StatusCode::FORBIDDEN);
    assert_eq!(scope.header("www-authenticate"), "Bearer error=\"insufficient_scope\", scope=\"openid\"");
    let twice = send(&[("authorization", &bearer), ("authorization", &bearer)]).await;
    assert_eq!(twice.status, StatusCode::BAD_REQUEST);
    let in_query = format!("{USERINFO}?access_token={}", tokens["access_token"].as_str().unwrap());
    assert_eq!(site.get(&in_query).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn at_the_fhir_api_an_operation_outcome_tells_the_cases_apart() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let ann = site.member("ann", &app).await;
    let tokens = site.tokens(AUTHZ, &app, &ann, "patient/Patient.r public/Location.read").await;
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let get = async |path: &str, bearer: &str| {
        let headers = [("authorization", bearer)];
        let headers = if bearer.is_empty() { &headers[..0] } else { &headers };
        site.send(Method::GET, &format!("/fhir/{path}"), headers, "").await
    };
    for (path, bearer, status, code) in [
        ("oph/ca/R4/Location", "", StatusCode::UNAUTHORIZED, "token_missing"),
        ("oph/ca/R4/Location", "Bearer x", StatusCode::UNAUTHORIZED, "token_invalid"),
        ("idaho/R4/Location", &bearer, StatusCode::UNAUTHORIZED, "token_invalid"),
        ("oph/ca/R4/Coverage", &bearer, StatusCode::FORBIDDEN, "insufficient_scope"),
        ("oph/ca/R4/Patient", &bearer, StatusCode::FORBIDDEN, "insufficient_scope"),
        ("oph/ca/R4/Practitioner/1", &bearer, StatusCode::FORBIDDEN, "insufficient_scope"),
    ] {
        let reply = get(path, bearer).await;
        assert_eq!(reply.status, status, "{path} {}", reply.body);
        assert!(reply.header("content-type").starts_with("application/fhir+json"));
        let outcome = reply.json();
        assert_eq!(outcome["resourceType"], "OperationOutcome");
        assert_eq!(outcome["issue"][0]["details"]["coding"][0]["code"], code, "{path}");
    }
    assert_eq!(get("oph/ca/R4/Location", &bearer).await.status, StatusCode::OK);

    site.revoke_all(&ann).await;
    let revoked = get("oph/ca/R4/Location", &bearer).await;
    assert_eq!(revoked.status, StatusCode::UNAUTHORIZED);
    assert_eq!(revoked.json()["issue"][0]["details"]["coding"][0]["code"], "grant_revoked");
}
