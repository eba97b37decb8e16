//! Healthcare ID over HTTP. The services' decisions are tested beside them.

use axum::http::StatusCode;

use super::browser::{Browser, PASSWORD, account, without_handles};
use crate::oauth::site::Site;

#[tokio::test]
async fn a_refused_form_comes_back_as_it_was_typed_but_for_the_password() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    let typed =
        [("name", "<b>Vera</b>"), ("email", "nonsense"), ("healthcare_id", "vera-lindqvist"), ("password", PASSWORD)];

    let refused = browser.post("sign-up", &typed).await;
    let location = refused.header("location");
    let page = browser.get(location.trim_end_matches("#errors")).await;

    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    assert!(location.starts_with("/signup?form=sign-up.") && location.ends_with("#errors"), "{location}");
    assert!(!location.contains("nonsense"), "no text in the address");
    assert!(page.body.contains("Enter an email address in the format name@example.com."));
    assert!(page.body.contains("value=\"nonsense\"") && page.body.contains("value=\"vera-lindqvist\""));
    assert!(page.body.contains("&lt;b&gt;Vera") && !page.body.contains("<b>Vera"));
    assert!(!page.body.contains(PASSWORD));
    assert!(!browser.get("/signup").await.body.contains("nonsense"), "said under its own address");
}

#[tokio::test]
async fn another_browser_does_not_see_what_was_typed() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    browser.post("sign-up", &[("email", "nonsense")]).await;
    assert!(!Browser::of(&site).get("/signup").await.body.contains("nonsense"));
}

#[tokio::test]
async fn signing_in_gives_the_browser_a_new_token() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let browser = Browser::of(&site);
    browser.post("sign-in", &[("login", "vera-lindqvist"), ("password", "wrong")]).await;
    let planted = browser.cookie("flex_session").unwrap();

    browser.sign_in("vera-lindqvist").await;

    assert_ne!(browser.cookie("flex_session").unwrap(), planted);
    let thief = Browser::of(&site);
    thief.keep("flex_session", &planted);
    assert_eq!(thief.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_known_and_an_unknown_account_are_refused_alike() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let mut pages = Vec::new();
    for login in ["vera-lindqvist", "no-one-at-all"] {
        let browser = Browser::of(&site);
        let page = browser.follow("sign-in", &[("login", login), ("password", "wrong")]).await;
        pages.push(without_handles(&page.body.replace(login, "…")));
    }
    assert!(pages[0].contains("password is incorrect"));
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let browser = Browser::of(&site);
    browser.sign_in("vera-lindqvist").await;
    let token = browser.cookie("flex_session").unwrap();

    let page = browser.follow("sign-out", &[]).await;

    assert!(page.body.contains("You are signed out."));
    assert_eq!(browser.cookie("flex_session"), None);
    let thief = Browser::of(&site);
    thief.keep("flex_session", &token);
    assert_eq!(thief.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_new_password_signs_out_everybody_else() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    let (here, elsewhere) = (Browser::of(&site), Browser::of(&site));
    here.sign_in("vera-lindqvist").await;
    elsewhere.sign_in("vera-lindqvist").await;

    let form = [("current_password", PASSWORD), ("password", "another long sentence")];
    let page = here.follow("change-password", &form).await;

    assert!(page.body.contains("Your password is changed."), "{}", page.body);
    assert_eq!(elsewhere.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_link_that_does_not_work_says_so_and_changes_nothing() {
    let site = Site::new().await;
    let browser = Browser::of(&site);
    for path in ["/account/verify", "/account/confirm-email", "/account/reset-password"] {
        let page = browser.get(&format!("{path}?token=nonsense")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("This link no longer works"), "{path}");
    }
    let posted = browser.follow("verify-email", &[("token", "nonsense")]).await;
    assert_eq!(posted.status, StatusCode::NOT_FOUND);
}
