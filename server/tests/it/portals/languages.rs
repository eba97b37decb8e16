//! Which language a page has: the one chosen in this browser, the account's, an app's suggestion, the browser's own.

use identity::accounts;
use model::{id::AccountId, locale::Locale};

use super::{
    browser::{Browser, PASSWORD, account},
    consent::begin,
};
use crate::oauth::site::{App, Site, encoded, request};

const SPANISH: &str = "<html lang=\"es\"";
const ENGLISH: &str = "<html lang=\"en\"";

/// The page of an app's request that names these languages.
async fn ask_in(browser: &Browser<'_>, app: &App, ui_locales: &str) -> String {
    let mut parameters = request(app, "patient/Patient.read");
    parameters.push(("ui_locales", ui_locales));
    let reply = browser.get(&format!("/authz/oph/ca/oauth/authorize?{}", encoded(&parameters))).await;
    reply.header("location").to_owned()
}

async fn speak(site: &Site, id: &AccountId, language: Locale) {
    let mut ctx = site.state.services.store.write().await.unwrap();
    accounts::set_language(&mut ctx, id, language).await.unwrap();
    ctx.commit().await.unwrap();
}

async fn language(site: &Site, id: &AccountId) -> Locale {
    accounts::get(&mut site.state.services.store.read().await.unwrap(), id).await.unwrap().language
}

#[tokio::test]
async fn an_app_suggests_a_language_unless_the_reader_chose_one() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let page = ask_in(&browser, &app, "fr-CA es-MX en").await;
    assert!(browser.get(&page).await.body.contains(SPANISH));
    // A reader who chooses another language keeps it, no matter what an app suggests.
    browser.post("language", &[("language", "en"), ("next", "/member")]).await;
    let page = ask_in(&browser, &app, "es").await;
    assert!(browser.get(&page).await.body.contains(ENGLISH));

    let stranger = Browser::of(&site);
    let page = ask_in(&stranger, &app, "de <script>").await;
    assert_eq!(stranger.cookie("flex_language"), None, "a language that we do not speak");
    assert!(stranger.get_in("es", &page).await.body.contains(SPANISH));
}

#[tokio::test]
async fn a_signed_in_reader_sees_pages_in_the_language_of_the_account() {
    let site = Site::new().await;
    let id = account(&site, "vera-lindqvist").await;
    speak(&site, &id, Locale::Spanish).await;
    let signed_in = [("login", "vera-lindqvist"), ("password", PASSWORD)];

    let browser = Browser::of(&site);
    browser.send_form_of("/signin", "sign-in", &signed_in).await;
    assert!(browser.get_in("en", "/account").await.body.contains(SPANISH));
    assert_eq!(language(&site, &id).await, Locale::Spanish, "a browser's own language changes no account");
    // Another person's account in the same browser has its own.
    let other = account(&site, "ola-berg").await;
    browser.send_form_of("/signin", "sign-in", &[("login", "ola-berg"), ("password", PASSWORD)]).await;
    assert!(browser.get_in("es", "/account").await.body.contains(ENGLISH));
    assert_eq!(language(&site, &other).await, Locale::English);

    let chosen = Browser::of(&site);
    chosen.post("language", &[("language", "en"), ("next", "/member")]).await;
    chosen.send_form_of("/signin", "sign-in", &signed_in).await;
    assert!(chosen.get_in("es", "/account").await.body.contains(ENGLISH));
    assert_eq!(language(&site, &id).await, Locale::English, "what was chosen becomes the account's");
}

#[tokio::test]
async fn the_account_comes_before_an_apps_suggestion() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let page = ask_in(&browser, &app, "es").await;
    assert!(browser.get(&page).await.body.contains(SPANISH));
    browser.send_form_of("/signin", "sign-in", &[("login", "vera-lindqvist"), ("password", PASSWORD)]).await;
    assert!(browser.get(&page).await.body.contains(ENGLISH));
}

#[tokio::test]
async fn discovery_names_the_languages() {
    let site = Site::new().await;
    let configuration = site.get("/authz/oph/ca/.well-known/openid-configuration").await.json();
    assert_eq!(configuration["ui_locales_supported"], serde_json::json!(["en", "es"]));
}
