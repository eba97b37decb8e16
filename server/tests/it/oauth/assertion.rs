//! `private_key_jwt` over HTTP.

use axum::http::{Method, StatusCode};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use store::{
    sql,
    testing::{postgres, sqlite},
};

use super::{
    signer::{Signer, TYPE},
    site::{App, Site, encoded, exchange, request},
};
use crate::attacks::traces::told;

const AUTHZ: &str = "/authz/oph/ca";
const ISSUER: &str = "http://127.0.0.1:3000/authz/oph/ca";

/// A site whose app signs.
async fn signing(site: &Site) -> (App, Signer) {
    let (app, signer) = (site.app("oph-ca").await, Signer::new());
    site.register_keys(&app, &signer.jwks().to_string()).await;
    (app, signer)
}

#[tokio::test]
async fn an_app_that_signs_needs_no_secret_from_code_to_revocation() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let (app, signer) = signing(&site).await;
        let ann = site.member("ann", &app).await;
        let path = format!("{AUTHZ}/university-of-california/oauth/authorize");
        let path = format!("{path}?{}", encoded(&request(&app, "patient/Patient.read")));
        let answer = site.allow(&ann, &site.get(&path).await, "patient/Patient.read").await;
        let post = async |endpoint: &str, form: &[(&str, &str)]| {
            let assertion = signer.assert(&site, &app, &format!("{ISSUER}/oauth/{endpoint}"));
            let form = [form, &[TYPE, ("client_assertion", assertion.as_str())]].concat();
            site.post(&format!("{AUTHZ}/oauth/{endpoint}"), &[], &form).await
        };
        let form: Vec<_> =
            exchange(&app, &answer["code"]).into_iter().filter(|(name, _)| *name != "client_secret").collect();

        let reply = post("token", &form).await;

        assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
        let tokens = reply.json();
        let (token, refresh) = (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
        let refreshed = post("token", &[("grant_type", "refresh_token"), ("refresh_token", refresh)]).await;
        assert_eq!(refreshed.status, StatusCode::OK, "{}", refreshed.body);
        assert_eq!(post("introspect", &[("token", token)]).await.json()["active"], true);
        assert_eq!(post("revoke", &[("token", token)]).await.status, StatusCode::OK);
        assert_eq!(post("introspect", &[("token", token)]).await.body, "{\"active\":false}");
    }
}

#[tokio::test]
async fn a_replayed_or_wrong_assertion_reads_like_a_wrong_secret() {
    let site = Site::new().await;
    let (app, signer) = signing(&site).await;
    let token = format!("{AUTHZ}/oauth/token");
    let form = [("grant_type", "client_credentials"), ("scope", "public/Location.read")];
    let with = |assertion: &str| encoded(&[&form[..], &[TYPE, ("client_assertion", assertion)]].concat());
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let send = async |body: &str| site.send(Method::POST, &token, &headers, body).await;
    let good = with(&signer.assert(&site, &app, ISSUER));
    let secret = [&form[..], &[("client_id", app.id.as_str()), ("client_secret", "wrong")]].concat();
    let wrong = site.post(&token, &[], &secret).await;

    assert_eq!(send(&good).await.status, StatusCode::OK);

    for body in [good.as_str(), &with("x"), &with(&Signer::new().assert(&site, &app, ISSUER))] {
        let reply = send(body).await;
        assert_eq!((reply.status, &reply.body), (StatusCode::UNAUTHORIZED, &wrong.body));
        assert_eq!(reply.header("www-authenticate"), "");
    }
    let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", app.id, app.secret)));
    let headers = [headers[0], ("authorization", basic.as_str())];
    let both = with(&signer.assert(&site, &app, ISSUER));
    let both = site.send(Method::POST, &token, &headers, &both).await;
    assert_eq!((both.status, &both.json()["error"]), (StatusCode::BAD_REQUEST, &"invalid_request".into()));
}

/// As an app may have registered it before we checked this.
#[tokio::test]
async fn a_key_that_is_no_point_of_its_curve_fails_calmly_and_leaves_a_trace() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let (app, signer) = signing(&site).await;
        let mut keys = signer.jwks();
        keys["keys"][0]["y"] = keys["keys"][0]["x"].clone();
        let mut ctx = site.state.services.store.write().await.unwrap();
        sql("UPDATE client_keys SET jwks = $1").bind(keys.to_string()).execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        let assertion = signer.assert(&site, &app, ISSUER);
        let form = [("grant_type", "client_credentials"), ("scope", "public/Location.read"), TYPE];
        let form = [&form[..], &[("client_assertion", assertion.as_str())]].concat();

        let reply = site.post(&format!("{AUTHZ}/oauth/token"), &[], &form).await;

        assert_eq!((reply.status, &reply.json()["error"]), (StatusCode::UNAUTHORIZED, &"invalid_client".into()));
        let (told, text) = told(&site).await;
        assert_eq!(told, ["security.client_refused"]);
        assert!(text.contains(&app.id), "{text}");
    }
}
