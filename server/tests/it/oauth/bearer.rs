//! Bearer tokens over HTTP, at userinfo.

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
