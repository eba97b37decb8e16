//! Passkeys over HTTP. The services' decisions are tested beside them.

use axum::http::StatusCode;
use jiff::ToSpan;
use model::account::Role;
use serde_json::Value;
use store::sql;
use webauthn::testing::Passkey;

use super::{
    browser::{Browser, PASSWORD, account},
    desk::{account_with, link, text_of},
};
use crate::oauth::site::{Reply, Site};

const VERA: &str = "vera-lindqvist";
/// A host on which passkeys work, for a server at 127.0.0.1.
const HOST: &str = "localhost:3000";
const ORIGIN: &str = "http://localhost:3000";
const OVERVIEW: &str = "/account/second-factor";

/// The options of a page's button.
fn options(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("data-component=\"PasskeyButton")?;
    let props = rest.split_once("data-props=\"")?.1.split('"').next()?;
    let props: Value = serde_json::from_str(&props.replace("&quot;", "\"").replace("&amp;", "&")).unwrap();
    Some(props["options"].as_str().unwrap().to_owned())
}

/// Adds a first passkey, up to the page with the recovery codes.
async fn add_first(browser: &Browser<'_>, passkey: &Passkey) -> Reply {
    let page = browser.follow("begin-passkey", &[("name", "Vera's phone")]).await.body;
    let answer = passkey.create(&options(&page).expect(&page), ORIGIN);
    browser.follow("add-passkey", &[("passkey", &answer)]).await
}

/// Vera's browser, her passkey, and her recovery codes.
async fn holder(site: &Site) -> (Browser<'_>, Passkey, Vec<String>) {
    account(site, VERA).await;
    let browser = Browser::at(site, HOST);
    browser.sign_in(VERA).await;
    let passkey = Passkey::new();
    let page = add_first(&browser, &passkey).await.body;
    let codes = text_of(&page, "recovery-codes").expect(&page).lines().map(str::to_owned).collect();
    (browser, passkey, codes)
}

/// A browser in which Vera's password was entered; the page to which it led.
async fn half_open<'s>(site: &'s Site, host: &'static str) -> (Browser<'s>, String) {
    let browser = Browser::at(site, host);
    let reply = browser.post("sign-in", &[("login", VERA), ("password", PASSWORD), ("next", "/account")]).await;
    let page = reply.header("location").to_owned();
    (browser, page)
}

/// The address of the only passkey's page.
fn own_page(overview: &str) -> String {
    link(overview, "/account/second-factor/passkeys/").unwrap().to_owned()
}

/// Submits this page's form after the browser asked; returns the passkey's answer.
async fn asked(browser: &Browser<'_>, page: &str, passkey: &Passkey) -> String {
    let reply = browser.follow("ask-passkey", &[("page", page)]).await;
    passkey.get(&options(&reply.body).expect(&reply.body), ORIGIN)
}

#[tokio::test]
async fn a_passkey_is_added_and_signs_in() {
    let site = Site::new().await;
    let (browser, passkey, codes) = holder(&site).await;
    assert_eq!(codes.len(), 10);
    let overview = browser.get(OVERVIEW).await.body;
    for words in ["Vera's phone", "Not yet", "1 passkey"] {
        assert!(overview.contains(words), "{words}: {overview}");
    }

    let (browser, page) = half_open(&site, HOST).await;
    assert_eq!(page, "/signin/passkey?next=%2Faccount");
    let page = browser.get(&page).await.body;
    assert!(!page.contains("Vera Lindqvist") && page.contains("Use a recovery code"), "{page}");
    assert!(!page.contains("authenticator app"), "there is none: {page}");
    let answer = passkey.get(&options(&page).unwrap(), ORIGIN);
    let form = [("passkey", answer.as_str()), ("from", "passkey"), ("next", "/account")];
    let signed_in = browser.post("sign-in-code", &form).await;
    assert_eq!((signed_in.status, signed_in.header("location")), (StatusCode::SEE_OTHER, "/account"));
    assert!(!browser.get(OVERVIEW).await.body.contains("Not yet"));
}

#[tokio::test]
async fn a_refused_passkey_leads_back_with_another_challenge() {
    let site = Site::new().await;
    let (_, passkey, _) = holder(&site).await;
    let (browser, page) = half_open(&site, HOST).await;
    let before = options(&browser.get(&page).await.body).unwrap();
    let answer = passkey.get(&before, "https://evil.test");
    let page = browser.follow("sign-in-code", &[("passkey", &answer), ("from", "passkey")]).await.body;
    assert!(page.contains("We could not accept this passkey") && !page.contains("clientDataJSON"), "{page}");
    assert_ne!(options(&page).unwrap(), before);
    let empty = browser.follow("sign-in-code", &[("from", "passkey")]).await.body;
    assert!(empty.contains("We could not accept this passkey"), "{empty}");
}

#[tokio::test]
async fn elsewhere_the_other_ways_are_offered() {
    let site = Site::new().await;
    let (_, _, codes) = holder(&site).await;
    for host in ["127.0.0.1:3000", "authz.sandbox.localhost:3000", "evil.test"] {
        let (browser, page) = half_open(&site, host).await;
        assert_eq!(page, "/signin/recovery-code?next=%2Faccount", "{host}");
        let page = browser.get(&page).await.body;
        assert!(page.contains("Passkeys do not work at this address") && page.contains("http://localhost:3000/signin"));
        assert!(!page.contains("evil.test") && options(&page).is_none(), "{page}");
        assert_eq!(browser.get("/signin/passkey").await.header("location"), "/signin/recovery-code");
    }
    let (browser, _) = half_open(&site, "127.0.0.1:3000").await;
    browser.post("sign-in-code", &[("code", &codes[0]), ("from", "paper")]).await;
    let overview = browser.get(OVERVIEW).await.body;
    assert!(overview.contains("Passkeys do not work at this address"), "{overview}");
    let form = [("name", "Here"), ("current_password", PASSWORD), ("code", codes[1].as_str())];
    assert_eq!(browser.follow("begin-passkey", &form).await.header("location"), OVERVIEW);
    assert_eq!(
        browser.get("/account/second-factor/passkeys/add").await.header("location"),
        "/account/second-factor/passkeys/new"
    );
}

#[tokio::test]
async fn an_app_beside_the_passkey_is_the_other_way() {
    let site = Site::new().await;
    let (browser, passkey, _) = holder(&site).await;
    let answer = asked(&browser, "/account/second-factor/replace", &passkey).await;
    let form = [("current_password", PASSWORD), ("passkey", answer.as_str())];
    let setup = browser.follow("begin-second-factor", &form).await.body;
    let app = identity::testing::Authenticator::new(text_of(&setup, "totp-secret").expect(&setup));
    let done = browser.follow("confirm-second-factor", &[("code", &browser.code_of(&app))]).await.body;
    assert!(done.contains("Your authenticator app is added."), "{done}");
    site.test.clock.advance(30.seconds());

    let (browser, page) = half_open(&site, HOST).await;
    assert!(browser.get(&page).await.body.contains("Use your authenticator app"));
    let page = browser.get("/signin/code").await.body;
    assert!(page.contains("Use your passkey"), "{page}");
    browser.post("sign-in-code", &[("code", &browser.code_of(&app))]).await;
    assert_eq!(browser.get(OVERVIEW).await.status, StatusCode::OK);

    let answer = asked(&browser, "/account/second-factor/remove-app", &passkey).await;
    let form = [("current_password", PASSWORD), ("passkey", answer.as_str())];
    let done = browser.follow("remove-app", &form).await.body;
    assert!(done.contains("Your authenticator app is removed.") && done.contains("Add an app"), "{done}");
}

#[tokio::test]
async fn removing_the_last_one_needs_proof_and_switches_off() {
    let site = Site::new().await;
    let (browser, passkey, _) = holder(&site).await;
    let page = format!("{}/remove", own_page(&browser.get(OVERVIEW).await.body));
    let id = page.split('/').rev().nth(1).unwrap().to_owned();
    let question = browser.get(&page).await.body;
    assert!(question.contains("is your only second step") && question.contains("formaction=\"/api/ask-passkey\""));
    for (password, answer, expect) in [
        ("wrong", "{}", "This is not your current password."),
        (PASSWORD, "", "That code is not valid"),
        (PASSWORD, "{}", "It took too long to use your passkey."),
        (PASSWORD, "{}", "We could not accept this passkey."),
    ] {
        let form = [("id", id.as_str()), ("current_password", password), ("passkey", answer)];
        let refused = browser.follow("remove-passkey", &form).await.body;
        assert!(refused.contains("Remove the passkey?") && refused.contains(expect), "{expect}: {refused}");
    }
    let answer = asked(&browser, &page, &passkey).await;
    let form = [("id", id.as_str()), ("current_password", PASSWORD), ("passkey", answer.as_str())];
    let off = browser.follow("remove-passkey", &form).await.body;
    assert!(off.contains("Two-step sign-in is off."), "{off}");
    Browser::of(&site).sign_in(VERA).await;
}

#[tokio::test]
async fn a_passkey_is_renamed_by_its_holder_alone() {
    let site = Site::new().await;
    let (browser, _, _) = holder(&site).await;
    let page = own_page(&browser.get(OVERVIEW).await.body);
    let id = page.rsplit('/').next().unwrap();
    account(&site, "eve-evans").await;
    let eve = Browser::at(&site, HOST);
    eve.sign_in("eve-evans").await;
    for path in [page.clone(), format!("{page}/remove")] {
        assert_eq!(eve.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for (function, form) in [
        ("rename-passkey", vec![("id", id), ("name", "Mine")]),
        ("remove-passkey", vec![("id", id), ("current_password", PASSWORD)]),
    ] {
        assert_eq!(eve.post(function, &form).await.status, StatusCode::NOT_FOUND, "{function}");
    }
    let refused = browser.follow("rename-passkey", &[("id", id), ("name", "<b>")]).await.body;
    assert!(refused.contains("Remove the characters") && refused.contains("Rename the passkey"), "{refused}");
    let renamed = browser.follow("rename-passkey", &[("id", id), ("name", "Blue key")]).await.body;
    assert!(renamed.contains("Blue key") && renamed.contains("Your changes are saved."), "{renamed}");
}

#[tokio::test]
async fn a_passkey_opens_the_staff_portal_and_goes_on_to_where_one_was_going() {
    let site = Site::new().await;
    account_with(&site, "ada-moreno", Role::Administrator).await;
    let browser = Browser::at(&site, HOST);
    browser.sign_in("ada-moreno").await;
    let start = browser.get(browser.get("/admin/audit").await.header("location")).await.body;
    let new = "/account/second-factor/passkeys/new?next=%2Fadmin%2Faudit";
    assert!(start.contains(&format!("href=\"{new}\"")), "{start}");
    let page = browser.follow("begin-passkey", &[("name", "Key"), ("next", "/admin/audit")]).await.body;
    let answer = Passkey::new().create(&options(&page).unwrap(), ORIGIN);
    let codes = browser.follow("add-passkey", &[("passkey", &answer), ("next", "/admin/audit")]).await.body;
    assert!(codes.contains("href=\"/admin/audit\""), "{codes}");
    assert_eq!(browser.get("/admin/audit").await.status, StatusCode::OK);
}

#[tokio::test]
async fn showing_a_page_asks_for_nothing() {
    let site = Site::new().await;
    let (browser, _, _) = holder(&site).await;
    let own = own_page(&browser.get(OVERVIEW).await.body);
    let pages = ["", "/passkeys/new", "/passkeys/add", "/replace", "/remove", "/remove-app", "/new-recovery-codes"];
    for page in pages.map(|page| format!("{OVERVIEW}{page}")).into_iter().chain([own.clone(), format!("{own}/remove")])
    {
        browser.get(&page).await;
    }
    let mut ctx = site.state.services.store.read().await.unwrap();
    let count = "SELECT (SELECT COUNT(*) FROM passkey_challenge) + (SELECT COUNT(*) FROM passkey_enrolment)";
    let (waiting,): (i64,) = sql(count).fetch_one(&mut ctx.tx).await.unwrap();
    assert_eq!(waiting, 0);
}

#[tokio::test]
async fn what_is_too_long_is_refused_and_nothing_is_added() {
    let site = Site::new().await;
    account(&site, VERA).await;
    let browser = Browser::at(&site, HOST);
    browser.sign_in(VERA).await;
    browser.post("begin-passkey", &[("name", "Phone")]).await;
    let long = browser.follow("add-passkey", &[("passkey", &"[".repeat(40_000))]).await;
    assert!(long.body.contains("We could not accept this passkey"), "{}", long.body);
    let named = browser.follow("begin-passkey", &[("name", &"a".repeat(81))]).await.body;
    assert!(named.contains("Use 80 characters or fewer."), "{named}");
    Browser::of(&site).sign_in(VERA).await;
}

#[tokio::test]
async fn members_read_all_of_it_in_spanish() {
    let site = Site::new().await;
    account(&site, VERA).await;
    let browser = Browser::at(&site, HOST);
    browser.sign_in(VERA).await;
    let mut pages = vec![
        browser.get_in("es", OVERVIEW).await.body,
        browser.get_in("es", "/account/second-factor/passkeys/new").await.body,
    ];
    browser.post("begin-passkey", &[("name", "Mi llave")]).await;
    let waiting = browser.get_in("es", "/account/second-factor/passkeys/add").await.body;
    let answer = Passkey::new().create(&options(&waiting).unwrap(), ORIGIN);
    pages.push(waiting);
    browser.post("add-passkey", &[("passkey", &answer)]).await;
    let own = own_page(&browser.get(OVERVIEW).await.body);
    for page in [OVERVIEW.to_owned(), own.clone(), format!("{own}/remove"), format!("{OVERVIEW}/replace")] {
        pages.push(browser.get_in("es", &page).await.body);
    }
    let (half, _) = half_open(&site, HOST).await;
    pages.push(half.get_in("es", "/signin/passkey").await.body);
    for page in pages {
        let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        // The visible text, without tags.
        let text: String = main.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
        for english in ["asskey", "Two-step", "ecovery", "Cancel ", "Continue", "assword", "Remove", "Add"] {
            assert!(!text.contains(english), "{english} in {text}");
        }
    }
}
