//! The member portal.

use axum::http::StatusCode;
use model::{
    id::{AccountId, ApplicationId},
    text::Paragraph,
};
use oauth::grants::ending::Grants;
use registry::{applications, team};
use store::sql;

use super::browser::{Browser, PASSWORD, account};
use crate::oauth::site::{Person, Site};

const SCOPE: &str = "patient/Patient.read";

/// The path of the only connected app's page.
async fn connected(browser: &Browser<'_>) -> Option<String> {
    let page = browser.get("/member").await.body;
    let (_, rest) = page.split_once("href=\"/member/apps/")?;
    Some(format!("/member/apps/{}", rest.split(['"', '/']).next()?))
}

/// A member with one connected app, signed in.
async fn member_with_app(site: &Site) -> (Browser<'_>, String) {
    let app = site.app("idaho").await;
    let id = account(site, "vera-lindqvist").await;
    let person: Person = site.member_of_account(id, "patient-vera", &app).await;
    site.tokens("/authz/idaho/sandbox", &app, &person, SCOPE).await;
    let browser = Browser::of(site);
    browser.sign_in("vera-lindqvist").await;
    let path = connected(&browser).await.unwrap();
    (browser, path)
}

#[tokio::test]
async fn revoking_asks_first_and_then_takes_effect() {
    let site = Site::new().await;
    let (browser, path) = member_with_app(&site).await;
    let id = path.rsplit('/').next().unwrap();
    assert!(browser.get(&format!("{path}/revoke")).await.body.contains("Revoke the access of"));
    assert!(connected(&browser).await.is_some(), "asking changes nothing");

    let page = browser.follow("revoke-access", &[("id", id)]).await;

    assert!(page.body.contains("The app can no longer read your data."));
    assert!(page.body.contains("No app has access"));
    assert!(browser.get("/member/past").await.body.contains("Revoked by you"));
    assert_eq!(browser.post("revoke-access", &[("id", id)]).await.status, StatusCode::NOT_FOUND, "once");
}

#[tokio::test]
async fn anothers_app_is_not_found_and_stays() {
    let site = Site::new().await;
    let (browser, path) = member_with_app(&site).await;
    let id = path.rsplit('/').next().unwrap();
    account(&site, "mallory-stranger").await;
    let stranger = Browser::of(&site);
    stranger.post("sign-in", &[("login", "mallory-stranger"), ("password", PASSWORD)]).await;

    for page in [path.clone(), format!("{path}/revoke")] {
        assert_eq!(stranger.get(&page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(stranger.post("revoke-access", &[("id", id)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.post("change-length", &[("id", id), ("days", "30")]).await.status, StatusCode::NOT_FOUND);
    assert!(connected(&browser).await.is_some());
}

#[tokio::test]
async fn a_length_that_the_program_does_not_offer_is_refused() {
    let site = Site::new().await;
    let (browser, path) = member_with_app(&site).await;
    let id = path.rsplit('/').next().unwrap();
    assert_eq!(browser.post("change-length", &[("id", id), ("days", "36500")]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_blocked_app_has_no_access_now_and_a_deleted_one_is_past() {
    let site = Site::new().await;
    let (browser, path) = member_with_app(&site).await;
    let mut ctx = site.state.services.store.write().await.unwrap();
    let (id,): (ApplicationId,) = sql("SELECT application_id FROM access_grant").fetch_one(&mut ctx.tx).await.unwrap();
    let (registry, by) = (&site.state.services.registry, AccountId::new("account-reviewer"));
    let why = Paragraph::parse("Sold data.").unwrap();
    applications::block(&mut ctx, registry, &by, &id, &why).await.unwrap();
    ctx.commit().await.unwrap();

    for page in ["/member", path.as_str()] {
        let body = browser.get(page).await.body;
        assert!(body.contains("This app has no access now because your health plan blocked it."), "{page}");
        let body = browser.get_in("es", page).await.body;
        assert!(
            body.contains("Esta aplicación no tiene acceso ahora porque su plan de salud la bloqueó."),
            "{page}: {body}"
        );
    }

    let mut ctx = site.state.services.store.write().await.unwrap();
    applications::unblock(&mut ctx, registry, &by, &id, &why).await.unwrap();
    let (account,): (AccountId,) = sql("SELECT account_id FROM membership").fetch_one(&mut ctx.tx).await.unwrap();
    let vendor = team::get(&mut ctx, &account).await.unwrap();
    let ending = Grants { site: &registry.site };
    applications::delete(&mut ctx, &ending, &vendor, &id).await.unwrap();
    ctx.commit().await.unwrap();

    assert!(browser.get("/member").await.body.contains("No app has access"));
    assert!(browser.get("/member/past").await.body.contains("Ended: the app was deleted"));
    assert!(browser.get_in("es", "/member").await.body.contains("Ninguna aplicación tiene acceso"));
    assert!(browser.get_in("es", "/member/past").await.body.contains("Terminado: se eliminó la aplicación"));
}

#[tokio::test]
async fn why_an_app_has_no_access_now_is_said_in_both_languages() {
    let site = Site::new().await;
    let (browser, path) = member_with_app(&site).await;
    for (change, english, spanish) in [
        (
            "standing = 'deactivated'",
            "the organization behind it turned it off.",
            "la organización responsable la desactivó.",
        ),
        ("standing = 'deleted'", "the organization behind it deleted it.", "la organización responsable la eliminó."),
        ("standing = 'active', approval = 'denied'", "it is not approved to read", "no está aprobada para leer datos"),
    ] {
        let mut ctx = site.state.services.store.write().await.unwrap();
        let mut update = sql("UPDATE application SET ");
        update.push(change);
        update.execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
        for page in ["/member", path.as_str()] {
            let body = browser.get(page).await.body;
            assert!(body.contains("This app has no access now") && body.contains(english), "{change} {page}: {body}");
            let body = browser.get_in("es", page).await.body;
            let words = body.contains("Esta aplicación no tiene acceso ahora") && body.contains(spanish);
            assert!(words, "{change} {page}: {body}");
        }
    }
}
