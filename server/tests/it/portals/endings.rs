//! Pages on which an app's request ends. Each is also true for someone who allowed something before, or in another tab;
//! it offers one way forward, and one way back to the app if its address is known to be good.

use axum::http::StatusCode;
use model::id::PatientId;
use store::sql;

use super::{
    browser::{Browser, account},
    consent::{ask, begin, reach_consent},
};
use crate::{
    oauth::site::{App, CALLBACK, Reply, Site, encoded, query, request},
    walls::files,
};

const AUTHORIZE: &str = "/authz/oph/ca/university-of-california/oauth/authorize";
const SCOPE: &str = "patient/Patient.read";

/// The page's own part.
fn main_of(page: &Reply) -> &str {
    page.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap()
}

/// What an earlier answer or another tab may have made untrue.
const GUESSES: [&str; 2] = ["nothing was shared", "no se compartió nada"];

/// Variants of the pages below, in states that no test reaches.
#[test]
fn no_text_says_that_nothing_was_shared() {
    for (path, text) in files(&["app/src"], &["rs"]) {
        let words: Vec<&str> = text.split_whitespace().filter(|word| *word != "\\").collect();
        let text = words.join(" ").to_lowercase();
        assert!(!GUESSES.iter().any(|guess| text.contains(guess)), "{path}");
    }
}

/// Checks such a page.
pub fn check(page: &Reply, leads_back: bool) {
    let main = main_of(page);
    let told = main.to_lowercase();
    assert!(!GUESSES.iter().any(|guess| told.contains(guess)), "{main}");
    let (links, buttons) = (main.matches("<a ").count(), main.matches("<button").count());
    assert_eq!(links + buttons, 1 + usize::from(leads_back), "{main}");
    assert_eq!(["Back to ", "Volver a "].into_iter().any(|words| main.contains(words)), leads_back, "{main}");
}

/// Opens the page in both languages.
async fn check_both(browser: &Browser<'_>, path: &str, leads_back: bool, english: &str, spanish: &str) {
    for (language, words) in [("en", english), ("es", spanish)] {
        let page = browser.get_in(language, path).await;
        check(&page, leads_back);
        assert!(main_of(&page).contains(words), "{words}: {}", main_of(&page));
        assert!(page.body.contains(&format!("<html lang=\"{language}\"")), "{language}");
    }
}

/// Someone who has allowed the app something before.
async fn with_grant() -> (Site, App) {
    let (site, app) = begin("oph-ca").await;
    {
        let browser = Browser::of(&site);
        let (_, handle) = reach_consent(&browser, &app).await;
        let allowed = browser.allow(&handle, &[SCOPE], &[]).await;
        assert!(query(allowed.header("location")).contains_key("code"));
    }
    (site, app)
}

async fn change(site: &Site, app: &App, change: &str) {
    let mut ctx = site.state.services.store.write().await.unwrap();
    let mut update = sql("UPDATE application SET ");
    update.push(change).push(" WHERE client_id = ").push_bind(app.id.clone());
    update.execute(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
}

const UNCHANGED: (&str, &str) = (
    "This did not change anything about the apps that you connected before.",
    "Esto no cambió nada en las aplicaciones que conectó antes.",
);
const NOTHING_SHARED: (&str, &str) = (
    "You did not share anything in response to this request.",
    "Usted no compartió nada en respuesta a esta solicitud.",
);

#[tokio::test]
async fn a_request_that_is_not_kept_says_nothing_of_what_was_shared_before() {
    let (site, app) = with_grant().await;
    let browser = Browser::of(&site);
    browser.sign_in("vera-lindqvist").await;
    let (english, spanish) = UNCHANGED;

    let elsewhere = [("client_id", app.id.as_str()), ("redirect_uri", "https://evil.example/")];
    for parameters in [vec![], elsewhere.to_vec()] {
        let path = format!("{AUTHORIZE}?{}", encoded(&parameters));
        check_both(&browser, &path, false, english, spanish).await;
    }

    // For a request that was pushed, and allowed in another browser.
    let pushed = [request(&app, SCOPE), vec![("client_secret", app.secret.as_str())]].concat();
    let pushed = site.post("/authz/oph/ca/oauth/par", &[], &pushed).await.json();
    let reference = [("client_id", app.id.as_str()), ("request_uri", pushed["request_uri"].as_str().unwrap())];
    let path = format!("{AUTHORIZE}?{}", encoded(&reference));
    let first = Browser::of(&site);
    first.sign_in("vera-lindqvist").await;
    let handle = first.get(&path).await.header("location").strip_prefix("/consent/").unwrap().to_owned();
    assert!(query(first.allow(&handle, &[SCOPE], &[]).await.header("location")).contains_key("code"));
    check_both(&browser, &path, false, english, spanish).await;

    let wrong = format!("{AUTHORIZE}?{}", encoded(&request(&app, "patient/*.read")));
    change(&site, &app, "error_page = TRUE").await;
    check_both(&browser, &wrong, true, english, spanish).await;
    assert!(browser.get(&wrong).await.body.contains("acme.example/callback?error=invalid_scope"));

    change(&site, &app, "error_page = FALSE, standing = 'deactivated'").await;
    let right = format!("{AUTHORIZE}?{}", encoded(&request(&app, SCOPE)));
    check_both(&browser, &right, true, english, spanish).await;
    assert!(browser.get(&right).await.body.contains("acme.example/callback?error=access_denied"));
}

#[tokio::test]
async fn a_request_that_waits_was_not_answered_and_leads_back() {
    let (site, app) = with_grant().await;
    let browser = Browser::of(&site);
    browser.sign_in("vera-lindqvist").await;
    let (english, spanish) = NOTHING_SHARED;
    let denied = async |handle: &str, answer: &str, error: &str| {
        let back = browser.post("decide", &[("handle", handle), ("answer", answer)]).await;
        assert!(back.header("location").starts_with(CALLBACK), "{}", back.header("location"));
        assert_eq!(query(back.header("location"))["error"], error);
    };

    let (path, handle) = ask(&browser, "/authz/oph/ca/university-of-california", &app).await;
    change(&site, &app, "standing = 'deactivated'").await;
    check_both(&browser, &path, true, english, spanish).await;
    assert_eq!(browser.get(&path).await.status, StatusCode::FORBIDDEN);
    change(&site, &app, "standing = 'active'").await;
    denied(&handle, "cancel", "access_denied").await;

    // The chosen member is not in the data.
    let (path, handle) = ask(&browser, "/authz/oph/ca/university-of-california", &app).await;
    let mut ctx = site.state.services.store.write().await.unwrap();
    let gone = sql("UPDATE member_link SET patient_id = $1").bind(&PatientId::new("gone"));
    gone.execute(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
    check_both(&browser, &path, true, english, spanish).await;
    denied(&handle, "cancel", "access_denied").await;

    // The plan's own sign-in is not connected.
    let app = site.production_app("oph-ca").await;
    let (path, handle) = ask(&browser, "/authz/oph/ca/university-of-california", &app).await;
    check_both(&browser, &path, true, english, spanish).await;
    assert!(browser.get(&path).await.body.contains(&format!("{path}/plan")), "another plan may be connected");
    denied(&handle, "unavailable", "temporarily_unavailable").await;
}

#[tokio::test]
async fn an_app_that_is_deleted_meanwhile_is_gone_at_every_step() {
    let (site, app) = with_grant().await;
    let (signed_in, stranger) = (Browser::of(&site), Browser::of(&site));
    signed_in.sign_in("vera-lindqvist").await;
    let base = "/authz/oph/ca/county-of-ventura";
    let (due, handle) = ask(&signed_in, base, &app).await;
    let (answered, of_answered) = ask(&signed_in, base, &app).await;
    let (before, of_stranger) = ask(&stranger, base, &app).await;
    signed_in.post("decide", &[("handle", of_answered.as_str()), ("answer", "cancel")]).await;
    change(&site, &app, "standing = 'deleted'").await;
    let (english, spanish) = ("The app no longer exists.", "La aplicación ya no existe.");

    for (browser, path, leads_back) in
        [(&signed_in, &due, true), (&stranger, &before, true), (&signed_in, &answered, false)]
    {
        check_both(browser, path, leads_back, english, spanish).await;
        assert_eq!(browser.get(path).await.status, StatusCode::FORBIDDEN);
    }
    for step in ["plan", "member"] {
        assert_eq!(stranger.get(&format!("{before}/{step}")).await.header("location"), before);
    }
    let sign_in = stranger.get(&format!("/signin?{}", encoded(&[("next", before.as_str())]))).await;
    assert_eq!(sign_in.status, StatusCode::OK);
    for (browser, handle) in [(&signed_in, &handle), (&stranger, &of_stranger)] {
        let back = browser.post("decide", &[("handle", handle.as_str()), ("answer", "cancel")]).await;
        assert_eq!(query(back.header("location"))["error"], "access_denied");
    }
}

#[tokio::test]
async fn a_request_that_was_answered_says_what_became_of_it_and_of_the_access() {
    let (site, app) = with_grant().await;
    let browser = Browser::of(&site);
    browser.sign_in("vera-lindqvist").await;
    let (refused, handle) = ask(&browser, "/authz/oph/ca/university-of-california", &app).await;
    browser.post("decide", &[("handle", &handle), ("answer", "cancel")]).await;
    let (allowed, handle) = ask(&browser, "/authz/oph/ca/university-of-california", &app).await;
    browser.allow(&handle, &[SCOPE], &[]).await;

    check_both(&browser, &refused, true, "still has the access", "todavía tiene el acceso").await;
    check_both(&browser, &allowed, true, "It has access until", "Tiene acceso hasta").await;
    change(&site, &app, "standing = 'deactivated'").await;
    let now = ("This app has no access now", "Esta aplicación no tiene acceso ahora");
    for path in [&refused, &allowed] {
        check_both(&browser, path, true, now.0, now.1).await;
        let page = browser.get(path).await.body;
        assert!(!page.contains("still has the access") && !page.contains("It has access until"), "{page}");
    }
    let id = browser.get("/member").await.body;
    let id = id.split("/member/apps/").nth(1).unwrap().split(['/', '"']).next().unwrap().to_owned();
    browser.post("revoke-access", &[("id", &id)]).await;
    check_both(&browser, &refused, true, "You did not share anything in response to it.", "Usted no compartió nada")
        .await;
    check_both(&browser, &allowed, true, "That access has ended since then.", "Ese acceso ya terminó.").await;

    account(&site, "mallory-stranger").await;
    browser.post("sign-out", &[]).await;
    browser.sign_in("mallory-stranger").await;
    check_both(&browser, &allowed, false, "This request is no longer open", "Esta solicitud ya no está abierta").await;
}
