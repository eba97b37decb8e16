//! The member portal.

use axum::http::StatusCode;
use model::{
    account::Role,
    id::{AccountId, ApplicationId},
    text::Paragraph,
};
use oauth::grants::ending::Grants;
use registry::{applications, team};
use serde_json::json;
use store::sql;

use super::{
    browser::{Browser, PASSWORD, account},
    consent::{begin, reach_consent},
    desk::staff,
    inbox::mails,
};
use crate::{
    fhir::world::load,
    oauth::site::{Person, Site},
};

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
    assert!(browser.get(&format!("{path}/revoke")).await.body.contains("Stop the access of"));
    assert!(connected(&browser).await.is_some(), "asking changes nothing");

    let page = browser.follow("revoke-access", &[("id", id)]).await;

    assert!(page.body.contains("The app can no longer read your data."));
    assert!(page.body.contains("No app has access"));
    assert!(browser.get("/member/past").await.body.contains("Ended by you"));
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

    let below = ["/revoke", "/renew", "/receipt", "/report", "/reported"].map(|page| format!("{path}{page}"));
    for page in below.into_iter().chain([path.clone()]) {
        assert_eq!(stranger.get(&page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(stranger.post("revoke-access", &[("id", id)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.post("change-length", &[("id", id), ("days", "30")]).await.status, StatusCode::NOT_FOUND);
    let report = [("id", id), ("reason", "other"), ("comment", "Mine.")];
    assert_eq!(stranger.post("report-app", &report).await.status, StatusCode::NOT_FOUND);
    let history = stranger.get("/member/history").await.body;
    assert!(!history.contains(id), "{history}");
    assert!(connected(&browser).await.is_some());
    let mut ctx = site.state.services.store.read().await.unwrap();
    let (reports,): (i64,) = sql("SELECT COUNT(*) FROM app_report").fetch_one(&mut ctx.tx).await.unwrap();
    assert_eq!(reports, 0);
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

#[tokio::test]
async fn before_sign_in_the_portal_says_what_it_is_in_both_languages() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    for (language, title, sign_in) in [
        ("en", "See which apps can read your health data", "Sign in"),
        ("es", "Vea qué aplicaciones pueden leer sus datos de salud", "Iniciar sesión"),
    ] {
        let page = browser.get_in(language, "/member").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(title) && page.body.contains(sign_in), "{}", page.body);
        assert!(page.body.contains("href=\"/signin?next=%2Fmember\""), "{}", page.body);
    }
}

#[tokio::test]
async fn the_receipt_says_who_what_until_when_and_how_to_stop() {
    let site = Site::new().await;
    let (browser, path) = member_with_app(&site).await;
    let receipt = browser.get(&format!("{path}/receipt")).await.body;
    for part in
        ["What you allowed: ", "Acme Inc.", SCOPE, "Until", "Mar 2, 2027", "Stop access", "Number", "Mar 2, 2026"]
    {
        assert!(receipt.contains(part), "{part}: {receipt}");
    }
    let receipt = browser.get_in("es", &format!("{path}/receipt")).await.body;
    assert!(receipt.contains("Lo que usted permitió: ") && receipt.contains("Detener el acceso"), "{receipt}");
    browser.post("revoke-access", &[("id", path.rsplit('/').next().unwrap())]).await;
    let receipt = browser.get_in("en", &format!("{path}/receipt")).await.body;
    assert!(receipt.contains("This access has ended.") && receipt.contains("Ended by you"), "{receipt}");
}

#[tokio::test]
async fn a_renewal_counts_from_today_keeps_the_length_and_writes_a_mail() {
    let site = Site::new().await;
    let (browser, path) = member_with_app(&site).await;
    let id = path.rsplit('/').next().unwrap();
    browser.post("change-length", &[("id", id), ("days", "90")]).await;
    site.test.clock.advance(jiff::Span::new().hours(24 * 80));
    browser.sign_in("vera-lindqvist").await;
    mails(&site).await;

    // The app's own page has the same form, and no second way to it.
    let own = browser.get(&path).await.body;
    assert!(own.matches("/api/change-length\"").count() == 1 && !own.contains("/renew"), "{own}");
    let page = browser.get(&format!("{path}/renew")).await.body;
    assert!(page.contains("May 31, 2026") && page.contains("value=\"90\" selected"), "{page}");
    let saved = browser.follow("change-length", &[("id", id), ("days", "90")]).await.body;

    assert!(saved.contains("Aug 19, 2026"), "{saved}");
    let mails = mails(&site).await;
    let mail = mails.iter().find(|mail| mail.subject == "You changed how long an app has access").unwrap();
    assert!(!mail.text.contains("Acme"), "{}", mail.text);
    browser.post("revoke-access", &[("id", id)]).await;
    assert_eq!(browser.get(&format!("{path}/renew")).await.header("location"), path, "what has ended is not renewed");
}

#[tokio::test]
async fn stopping_says_what_stops_what_the_app_keeps_and_whom_to_ask() {
    let site = Site::new().await;
    let (browser, path) = member_with_app(&site).await;
    for (language, parts) in [
        ("en", ["What stops", "What the app keeps", "mailto:", "Keep access", "Stop access"]),
        (
            "es",
            [
                "Lo que se detiene",
                "Lo que la aplicación conserva",
                "mailto:",
                "Mantener el acceso",
                "Detener el acceso",
            ],
        ),
    ] {
        let page = browser.get_in(language, &format!("{path}/revoke")).await.body;
        for part in parts {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
}

#[tokio::test]
async fn a_report_reaches_the_administrators_and_never_the_vendor() {
    let site = Site::new().await;
    let (browser, path) = member_with_app(&site).await;
    let id = path.rsplit('/').next().unwrap();
    let refused = browser.follow("report-app", &[("id", id), ("reason", ""), ("comment", "kept")]).await.body;
    assert!(refused.contains("Choose what is wrong.") && refused.contains("kept"), "{refused}");
    let hostile = "<script>alert(1)</script> \"sold\" it";
    let form = [("id", id), ("reason", "shares"), ("comment", hostile)];

    let thanks = browser.follow("report-app", &form).await.body;

    assert!(thanks.contains("Thank you. We received your report.") && thanks.contains("Stop access"), "{thanks}");
    let thanks = browser.get_in("es", &format!("{path}/reported")).await.body;
    assert!(thanks.contains("Gracias. Recibimos su denuncia."), "{thanks}");
    let mut ctx = site.state.services.store.read().await.unwrap();
    let (app,): (String,) = sql("SELECT application_id FROM access_grant").fetch_one(&mut ctx.tx).await.unwrap();
    drop(ctx);
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let page = ada.get(&format!("/admin/applications/{app}")).await.body;
    assert!(page.contains("It shares or sells data") && page.contains("&lt;script&gt;alert(1)"), "{page}");
    assert!(!page.contains("<script>alert(1)") && !page.contains("vera-lindqvist"), "{page}");
    for mail in mails(&site).await {
        assert!(!mail.text.contains("sold") && !mail.html.contains("sold"), "{}", mail.text);
    }
}

#[tokio::test]
async fn cards_stand_under_names_if_an_account_gave_access_to_several_people() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (_, handle) = reach_consent(&browser, &app).await;
    browser.allow(&handle, &[SCOPE], &[]).await;
    let robin =
        json!({ "resourceType": "Patient", "id": "robin", "name": [{ "family": "Oduya", "given": ["Robin"] }] });
    load(&site, "oph-ca", &[robin]).await;
    let copy = async |id: &str, patient: Option<&str>| {
        let mut ctx = site.state.services.store.write().await.unwrap();
        let copy = sql(
            "INSERT INTO access_grant (id, program, environment, application_id, client_id, account_id, signed_in_at, payer_id, \
             patient_id, scope, created_at, expires_at) SELECT $1, program, environment, application_id, client_id, \
             account_id, signed_in_at, payer_id, $2, scope, created_at, expires_at FROM access_grant WHERE patient_id = 'jordan'",
        );
        copy.bind(id).bind(patient.map(str::to_owned)).execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
    };
    copy("directory", None).await;
    assert!(!browser.get("/member").await.body.contains("Apps that read"), "one person needs no heading");

    copy("robins", Some("robin")).await;

    let page = browser.get("/member").await.body;
    for heading in
        ["Apps that read data of Jordan Rivera", "Apps that read data of Robin Oduya", "no one's health data"]
    {
        assert!(page.replace("&#x27;", "'").contains(heading), "{heading}: {page}");
    }
    let page = browser.get_in("es", "/member").await.body;
    assert!(page.contains("Aplicaciones que leen datos de Robin Oduya"), "{page}");
}
