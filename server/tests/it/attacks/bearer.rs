//! Bearer: how a token may be sent, and what does not count as one. The verifier's own tests cover what it refuses,
//! claim by claim.

use axum::http::Method;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use store::testing::{postgres, sqlite};

use super::{
    calm::{Answers, calm},
    world::{AUTHZ, FHIR, FORM},
};
use crate::oauth::{signer::Signer, site::Site};

/// Address, headers, the expected status.
type Row<'a> = (&'a str, Vec<(&'a str, &'a str)>, u16);

fn part(jwt: &str, place: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(place).unwrap()).unwrap()).unwrap()
}

fn with(mut object: Value, name: &str, value: impl Into<Value>) -> Value {
    object[name] = value.into();
    object
}

/// Tokens that a stranger made, each with its flaw; their claims are those of a valid token.
fn forged(good: &str, id_token: &str, stranger: &Signer) -> Vec<(&'static str, String)> {
    let (header, claims) = (part(good, 0), part(good, 1));
    let jwk = stranger.jwks()["keys"][0].clone();
    let plain = |header: &Value, claims: &Value| {
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        format!("{}.{}", encode(header), encode(claims))
    };
    let sign = |header: &Value| stranger.sign(header, &claims);
    let (message, signature) = good.rsplit_once('.').unwrap();
    vec![
        ("the stranger's key under our name", sign(&header)),
        ("the key in the token", sign(&with(header.clone(), "jwk", jwk))),
        ("the key at an address", sign(&with(header.clone(), "jku", "https://evil.example/jwks"))),
        ("a certificate at an address", sign(&with(header.clone(), "x5u", "https://evil.example/x5c"))),
        ("a certificate in the token", sign(&with(header.clone(), "x5c", json!(["MIIB"])))),
        ("what must be understood", sign(&with(header.clone(), "crit", json!(["b64"])))),
        ("a key by path", sign(&with(header.clone(), "kid", "../../../../dev/null"))),
        ("a key by SQL", sign(&with(header.clone(), "kid", "x' UNION SELECT 'AA"))),
        ("no key", sign(&with(header.clone(), "kid", Value::Null))),
        ("no signature, algorithm none", format!("{}.", plain(&with(header.clone(), "alg", "none"), &claims))),
        ("algorithm None", format!("{}.{signature}", plain(&with(header.clone(), "alg", "None"), &claims))),
        ("HMAC", format!("{}.{signature}", plain(&with(header.clone(), "alg", "HS256"), &claims))),
        ("another payload", format!("{}.{signature}", plain(&header, &with(claims.clone(), "client_id", "other")))),
        ("a token in a token", sign(&with(header.clone(), "cty", "JWT"))),
        ("the signature cut off", message.to_owned()),
        ("two tokens", format!("{good}.{good}")),
        ("an id token", id_token.to_owned()),
        ("no JWT", "x".to_owned()),
        ("only dots", "..".to_owned()),
        ("a long one", "x".repeat(20_000)),
    ]
}

#[tokio::test]
async fn whatever_is_no_token_of_ours_is_401_at_every_place_that_takes_tokens() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let app = site.app("idaho").await;
        let ann = site.member("ann", &app).await;
        let tokens = site.tokens(AUTHZ, &app, &ann, "openid patient/Patient.read public/Location.read").await;
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        let (good, refresh) = (text("access_token"), text("refresh_token"));
        let mut tokens = forged(&good, &text("id_token"), &Signer::new());
        tokens.push(("a refresh token", refresh));
        let mut answers = Answers::default();
        for (what, token) in &tokens {
            for path in [format!("{FHIR}/Location"), format!("{FHIR}/Patient/x"), format!("{AUTHZ}/oauth/userinfo")] {
                for scheme in ["Bearer", "DPoP"] {
                    let header = format!("{scheme} {token}");
                    let reply = site.send(Method::GET, &path, &[("authorization", &header)], "").await;
                    assert_eq!(reply.status.as_u16(), 401, "{what} as {scheme} at {path}: {}", reply.body);
                    assert!(reply.header("www-authenticate").contains("invalid_token"), "{what}: {:?}", reply.headers);
                    answers.look(&reply, what);
                }
            }
            let form = [("client_id", &*app.id), ("client_secret", &*app.secret), ("token", token)];
            let told = site.post(&format!("{AUTHZ}/oauth/introspect"), &[], &form).await;
            assert!(*what == "a refresh token" || told.body == "{\"active\":false}", "{what}: {}", told.body);
        }
        answers.all_calm(100);
        let header = format!("bEaReR {good}");
        let reply = site.send(Method::GET, &format!("{FHIR}/Location"), &[("authorization", &header)], "").await;
        assert_eq!(reply.status.as_u16(), 200, "the valid token works, in any case of the scheme's letters");
    }
}

#[tokio::test]
async fn a_token_counts_in_the_one_authorization_header_alone() {
    let site = Site::new().await;
    let app = site.app("idaho").await;
    let ann = site.member("ann", &app).await;
    let tokens = site.tokens(AUTHZ, &app, &ann, "openid public/Location.read").await;
    let token = tokens["access_token"].as_str().unwrap();
    let (bearer, lower) = (format!("Bearer {token}"), format!("bearer {token}"));
    let form = format!("access_token={token}");
    for path in [format!("{FHIR}/Location"), format!("{AUTHZ}/oauth/userinfo")] {
        let query = format!("{path}?access_token={token}");
        let rows: [Row<'_>; 11] = [
            (&query, vec![], 401),
            (&path, vec![("cookie", &form)], 401),
            (&path, vec![("x-access-token", token)], 401),
            (&path, vec![("proxy-authorization", &bearer)], 401),
            (&path, vec![("authorization", token)], 401),
            (&path, vec![("authorization", "Bearer")], 401),
            (&path, vec![("authorization", "Bearer ")], 401),
            (&path, vec![("authorization", "Basic YTpi")], 401),
            (&path, vec![("authorization", &bearer), ("authorization", &bearer)], 400),
            (&path, vec![("authorization", "Basic YTpi"), ("authorization", &bearer)], 400),
            (&path, vec![("authorization", &lower)], 200),
        ];
        for (address, headers, expect) in rows {
            let reply = site.send(Method::GET, address, &headers, "").await;
            assert_eq!(reply.status.as_u16(), expect, "{address:.60} {headers:?}: {}", reply.body);
            calm(&reply, address);
        }
    }
    let posted = site.send(Method::POST, &format!("{FHIR}/Location/_search"), &[FORM], &form).await;
    assert_eq!(posted.status.as_u16(), 401);
    let posted = site.send(Method::POST, &format!("{AUTHZ}/oauth/userinfo"), &[FORM], &form).await;
    assert_eq!(posted.status.as_u16(), 401);
}
