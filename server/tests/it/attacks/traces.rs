//! Attempted attacks leave traces, which contain nothing secret.

use audit::log::{self, Filter, Page};
use axum::http::Method;
use store::testing::{postgres, sqlite};

use super::world::FORM;
use crate::{
    oauth::site::{App, Site, encoded, exchange, request},
    portals::browser::{Browser, PASSWORD, account},
};

const AUTHZ: &str = "/authz/oph/ca";
const SCOPE: &str = "patient/Patient.read";

/// The actions in the log, and everything in it as one text.
pub async fn told(site: &Site) -> (Vec<String>, String) {
    let services = &site.state.services;
    services.identity.watch.flush(&services.store).await.unwrap();
    let filter = Filter { action: Some("security.".to_owned()), ..Filter::default() };
    let page = Page { before: None, limit: 1_000 };
    let rows = log::list(&mut services.store.read().await.unwrap(), &filter, page).await.unwrap();
    let mut told: Vec<String> = rows.iter().map(|row| row.action.clone()).collect();
    told.sort();
    (told, format!("{rows:?}"))
}

#[tokio::test]
async fn passwords_roles_and_other_peoples_ids_leave_traces() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        account(&site, "vera-lindqvist").await;
        let (browser, other) = (Browser::of(&site), Browser::of(&site));
        for login in ["vera-lindqvist", "vera-lindqvist", "s3cret-typed-as-a-name"] {
            browser.post("sign-in", &[("login", login), ("password", "a wrong pass phrase")]).await;
        }
        browser.sign_in("vera-lindqvist").await;
        assert_eq!(browser.get("/admin").await.status.as_u16(), 403);
        assert_eq!(browser.post("sign-out-session", &[("session", "s3cret-id-of-others")]).await.status.as_u16(), 404);
        assert_eq!(browser.get("/no/such/page").await.status.as_u16(), 404, "a mistake is not an attack");
        let change = [("current_password", "a wrong pass phrase"), ("password", "another long sentence")];
        browser.post("change-password", &change).await;
        other.sign_in("vera-lindqvist").await;
        browser.post("sign-out-everywhere", &[]).await;
        browser.post("sign-out", &[]).await;

        let (told, text) = told(&site).await;
        let expect = [
            "security.id_not_theirs",
            "security.password_wrong",
            "security.password_wrong",
            "security.password_wrong",
            "security.role_refused",
            "security.signed_out",
            "security.signed_out",
        ];
        assert_eq!(told, expect);
        for secret in ["s3cret", "a wrong pass phrase", PASSWORD, "vera-lindqvist"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}

#[tokio::test]
async fn stolen_codes_and_tokens_and_wrong_secrets_leave_traces() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let app = site.app("oph-ca").await;
        let ann = site.member("ann", &app).await;
        let path = format!("{AUTHZ}/university-of-california/oauth/authorize?{}", encoded(&request(&app, SCOPE)));
        let code = site.allow(&ann, &site.get(&path).await, SCOPE).await.remove("code").unwrap();
        let token = format!("{AUTHZ}/oauth/token");
        let tokens = site.post(&token, &[], &exchange(&app, &code)).await.json();
        let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        let foreign = "/fhir/oph/ca/R4/Patient/s3cret-patient-of-others";
        assert_eq!(site.send(Method::GET, foreign, &[("authorization", &bearer)], "").await.status.as_u16(), 404);
        assert_eq!(site.post(&token, &[], &exchange(&app, &code)).await.status.as_u16(), 400);
        let refresh = [
            ("grant_type", "refresh_token"),
            ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
            ("client_id", &app.id),
            ("client_secret", &app.secret),
        ];
        assert_eq!(site.post(&token, &[], &refresh).await.status.as_u16(), 400);
        for (id, secret) in [(app.id.as_str(), "s3cret-guess"), ("s3cret-typed-as-an-id", "s3cret-guess")] {
            let stranger = App { id: id.to_owned(), secret: secret.to_owned(), partition: app.partition.clone() };
            assert_eq!(site.post(&token, &[], &exchange(&stranger, &code)).await.status.as_u16(), 401);
        }
        site.send(Method::POST, &token, &[FORM, ("authorization", "Basic s3cret")], "grant_type=client_credentials")
            .await;

        let (told, text) = told(&site).await;
        let expect = [
            "security.authorization_code_reused",
            "security.client_refused",
            "security.client_refused",
            "security.id_not_theirs",
            "security.refresh_token_reused",
        ];
        assert_eq!(told, expect);
        assert!(text.contains(&app.id), "{text}");
        for secret in ["s3cret", &code, &app.secret, tokens["refresh_token"].as_str().unwrap()] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}
