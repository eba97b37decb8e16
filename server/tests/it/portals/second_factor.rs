//! Two-step sign-in over HTTP. The services' decisions are tested beside them.

use std::collections::BTreeSet;

use app::routes::routes;
use axum::http::StatusCode;
use jiff::ToSpan;
use leptos::server_fn::axum::server_fn_paths;

use super::{
    browser::{Browser, PASSWORD, account, without_handles},
    desk::text_of,
};
use crate::oauth::site::{Site, encoded, query, request};

const VERA: &str = "vera-lindqvist";

/// Vera's browser with two-step sign-in, and her recovery codes.
async fn enrolled(site: &Site) -> (Browser<'_>, identity::testing::Authenticator, Vec<String>) {
    account(site, VERA).await;
    let browser = Browser::of(site);
    browser.sign_in(VERA).await;
    let page = browser.follow("begin-second-factor", &[]).await;
    let app = identity::testing::Authenticator::new(text_of(&page.body, "totp-secret").unwrap());
    let codes = browser.follow("confirm-second-factor", &[("code", &browser.code_of(&app))]).await.body;
    let codes = text_of(&codes, "recovery-codes").unwrap().lines().map(str::to_owned).collect();
    site.test.clock.advance(30.seconds());
    (browser, app, codes)
}

/// A browser in which Vera's password was entered, but no code.
async fn half_open(site: &Site) -> Browser<'_> {
    let browser = Browser::of(site);
    browser.give_password(VERA).await;
    browser
}

/// A browser that has a session, but in which no one is signed in.
async fn stranger(site: &Site) -> Browser<'_> {
    let browser = Browser::of(site);
    browser.post("sign-in", &[("login", "no-one-at-all"), ("password", "wrong")]).await;
    assert!(browser.cookie("flex_session").is_some());
    browser
}

#[tokio::test]
async fn password_and_code_lead_to_where_one_was_going() {
    let site = Site::new().await;
    let (_, app, _) = enrolled(&site).await;
    let browser = Browser::of(&site);
    let form = [("login", VERA), ("password", PASSWORD), ("next", "/account")];
    let page = browser.follow("sign-in", &form).await;
    for words in ["Enter your code", "autocomplete=\"one-time-code\"", "inputmode=\"numeric\"", "Use a recovery code"] {
        assert!(page.body.contains(words), "{words}");
    }
    assert!(!page.body.contains("Vera Lindqvist"), "no one is signed in yet");

    let wrong = browser.follow("sign-in-code", &[("code", "000000"), ("next", "/account")]).await.body;
    let right = browser.post("sign-in-code", &[("code", &browser.code_of(&app)), ("next", "/account")]).await;

    assert!(wrong.contains("That code is not valid") && !wrong.contains("000000"), "{wrong}");
    assert_eq!((right.status, right.header("location")), (StatusCode::SEE_OTHER, "/account"));
    assert!(browser.get("/account").await.body.contains("Vera Lindqvist"));
}

#[tokio::test]
async fn a_half_open_session_reaches_no_page() {
    let site = Site::new().await;
    enrolled(&site).await;
    let (half_open, stranger) = (half_open(&site).await, stranger(&site).await);
    let own: BTreeSet<&str> = ["/signin/code", "/signin/passkey", "/signin/recovery-code"].into();
    let mut compared = 0;
    for route in routes().into_iter().filter(|route| !own.contains(route.path)) {
        let path: String = route.path.replace("{id}", "x").replace("{handle}", "x").replace("{program}", "idaho");
        let (theirs, strangers) = (half_open.get(&path).await, stranger.get(&path).await);
        assert_eq!(
            (theirs.status, theirs.header("location")),
            (strangers.status, strangers.header("location")),
            "{path}"
        );
        assert!(!theirs.body.contains("Vera Lindqvist"), "{path}");
        compared += 1;
    }
    assert!(40 < compared, "{compared}");
}

#[tokio::test]
async fn a_half_open_session_sends_no_form() {
    let site = Site::new().await;
    enrolled(&site).await;
    let stranger = stranger(&site).await;
    let names: BTreeSet<&str> = server_fn_paths().filter_map(|(path, _)| path.strip_prefix("/api/")).collect();
    assert!(names.contains("decide-review") && names.contains("change-password"), "{names:?}");
    for name in names.into_iter().filter(|name| *name != "sign-in-code") {
        // A new browser each time: some of them end the session.
        let half_open = half_open(&site).await;
        let form =
            [("name", "Mallory"), ("handle", "x"), ("id", "x"), ("review", "x"), ("session", "x"), ("language", "en")];
        let (theirs, strangers) = (half_open.post(name, &form).await, stranger.post(name, &form).await);
        let [theirs, strangers] =
            [theirs, strangers].map(|reply| (reply.status, without_handles(reply.header("location"))));
        assert_eq!(theirs, strangers, "{name}");
        // Other tests cover the waits that slow down strangers.
        let mut ctx = site.state.services.store.write().await.unwrap();
        store::sql("DELETE FROM attempt").execute(&mut ctx.tx).await.unwrap();
        ctx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn an_app_finds_nobody_signed_in_half_way() {
    let site = Site::new().await;
    enrolled(&site).await;
    let app = site.app("idaho").await;
    let browser = half_open(&site).await;
    let mut asked = request(&app, "patient/Patient.read openid");
    asked.push(("prompt", "none"));
    let silent = browser.get(&format!("/authz/idaho/sandbox/oauth/authorize?{}", encoded(&asked))).await;
    assert_eq!(query(silent.header("location"))["error"], "login_required");

    asked.pop();
    let asked = browser.get(&format!("/authz/idaho/sandbox/oauth/authorize?{}", encoded(&asked))).await;
    let consent = browser.get(asked.header("location")).await;
    assert!(consent.header("location").starts_with("/signin?next=%2Fconsent%2F"), "{}", consent.header("location"));
}

#[tokio::test]
async fn too_late_a_code_leads_back_to_the_password() {
    let site = Site::new().await;
    let (_, app, _) = enrolled(&site).await;
    let browser = half_open(&site).await;
    site.test.clock.advance(5.minutes());
    let page = browser.follow("sign-in-code", &[("code", &browser.code_of(&app)), ("next", "/member")]).await.body;
    assert!(
        page.contains("It has been too long since you entered your password.") && page.contains("value=\"/member\""),
        "{page}"
    );
    assert_eq!(browser.get("/signin/code?next=/member").await.header("location"), "/signin?next=%2Fmember");
    assert_eq!(browser.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_recovery_code_is_the_other_way_in() {
    let site = Site::new().await;
    let (_, _, codes) = enrolled(&site).await;
    let browser = half_open(&site).await;
    assert!(browser.get("/signin/recovery-code").await.body.contains("If you have lost your recovery codes too"));
    let wrong = browser.follow("sign-in-code", &[("code", "aaaaa-aaaaa"), ("from", "paper")]).await.body;
    assert!(wrong.contains("That recovery code is not valid") && !wrong.contains("aaaaa"), "{wrong}");
    browser.post("sign-in-code", &[("code", &codes[0]), ("from", "paper")]).await;
    let page = browser.get("/account/second-factor").await.body;
    assert!(page.contains("9 of 10 left"), "{page}");
}

#[tokio::test]
async fn the_code_never_leads_out_of_the_site() {
    let site = Site::new().await;
    let (_, app, _) = enrolled(&site).await;
    for next in ["https://evil.test/", "//evil.test", "/\\evil.test"] {
        let browser = half_open(&site).await;
        let reply = browser.post("sign-in-code", &[("code", &browser.code_of(&app)), ("next", next)]).await;
        assert_eq!(reply.header("location"), "/", "{next}");
        site.test.clock.advance(30.seconds());
    }
}

#[tokio::test]
async fn the_key_is_shown_as_picture_and_text_to_its_browser_alone() {
    let site = Site::new().await;
    account(&site, VERA).await;
    let (browser, other) = (Browser::of(&site), Browser::of(&site));
    browser.sign_in(VERA).await;
    other.sign_in(VERA).await;
    let page = browser.follow("begin-second-factor", &[]).await;
    let key = text_of(&page.body, "totp-secret").unwrap().replace(' ', "");

    assert_eq!(key.len(), 32);
    assert!(page.body.contains("class=\"qr\"") && page.body.contains(&format!("secret={key}")));
    assert!(!page.body.contains(" style=\""), "refused by the policy");
    assert_eq!(page.header("cache-control"), "no-store");
    let islands: Vec<&str> =
        page.body.split("<leptos-island").skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
    assert!(!islands.is_empty() && islands.iter().all(|island| !island.contains(&key[..4])), "not in hydration data");
    assert_eq!(other.get("/account/second-factor/setup").await.header("location"), "/account/second-factor");
}

#[tokio::test]
async fn recovery_codes_are_shown_once() {
    let site = Site::new().await;
    let (browser, _, codes) = enrolled(&site).await;
    assert_eq!(codes.len(), 10);
    let again = browser.get("/account/second-factor/recovery-codes").await.body;
    assert!(again.contains("we cannot show them again") && !again.contains(&codes[0]), "{again}");
}

#[tokio::test]
async fn switching_off_needs_password_and_code() {
    let site = Site::new().await;
    let (browser, app, _) = enrolled(&site).await;
    let code = browser.code_of(&app);
    for (password, code, expect) in [
        ("wrong", code.as_str(), "This is not your current password."),
        (PASSWORD, "000000", "That code is not valid"),
        (PASSWORD, "", "That code is not valid"),
    ] {
        let form = [("current_password", password), ("code", code)];
        let page = browser.follow("remove-second-factor", &form).await.body;
        assert!(page.contains("Turn off two-step sign-in?") && page.contains(expect), "{expect}: {page}");
        assert!(!page.contains(PASSWORD));
    }
    let off = browser.follow("remove-second-factor", &[("current_password", PASSWORD), ("code", &code)]).await.body;
    assert!(off.contains("Two-step sign-in is off."), "{off}");
    Browser::of(&site).sign_in(VERA).await;
}

#[tokio::test]
async fn another_app_and_new_codes_are_for_who_has_the_ones_in_use() {
    let site = Site::new().await;
    let (browser, app, codes) = enrolled(&site).await;
    let refused = browser.follow("begin-second-factor", &[("current_password", PASSWORD), ("code", "000000")]).await;
    assert!(refused.body.contains("Change the app") && refused.body.contains("That code is not valid"));

    let form = [("current_password", PASSWORD), ("code", codes[0].as_str())];
    let new = browser.follow("make-recovery-codes", &form).await.body;
    let form = [("current_password", PASSWORD), ("code", &browser.code_of(&app))];
    let begun = browser.follow("begin-second-factor", &form).await.body;

    assert_eq!(text_of(&new, "recovery-codes").unwrap().lines().count(), 10);
    assert!(text_of(&begun, "totp-secret").is_some(), "{begun}");
}

#[tokio::test]
async fn members_read_all_of_it_in_spanish() {
    let site = Site::new().await;
    let (browser, _, _) = enrolled(&site).await;
    for path in ["", "/replace", "/remove", "/new-recovery-codes", "/recovery-codes"] {
        let page = browser.get_in("es", &format!("/account/second-factor{path}")).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let main = page.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        for english in ["Two-step", "ecovery codes", "Cancel<", "Continue", "password"] {
            let text =
                main.replace("current_password", "").replace("current-password", "").replace("type=\"password\"", "");
            assert!(!text.contains(english), "{path}: {english} in {text}");
        }
    }
    assert!(half_open(&site).await.get_in("es", "/signin/code").await.body.contains("Escriba su código"));
}
