//! Account pages keep the frame of the portal from which a person came.

use axum::http::StatusCode;
use model::account::Role;

use super::{
    browser::{Browser, account},
    desk::{approved_vendor, staff},
};
use crate::oauth::site::Site;

const COOKIE: &str = "flex_portal";

/// The portal whose frame is around the page.
async fn frame(browser: &Browser<'_>, path: &str) -> &'static str {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    let header = page.body.split("</header>").next().unwrap();
    let of = [("owner", "App Owner"), ("admin", "Administrative"), ("member", "Member Portal")];
    let named = |name: &str| {
        let title = header.split("site-header__portal\">").nth(1).and_then(|rest| rest.split('<').next());
        title.is_some_and(|title| title.contains(name))
    };
    of.into_iter().find(|(_, name)| named(name)).map_or("none", |(word, _)| word)
}

#[tokio::test]
async fn account_pages_keep_the_portal_that_a_person_came_from() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    assert_eq!(frame(&vera, "/account").await, "owner", "by default the one of vendors");
    for (portal, path) in [("member", "/member"), ("owner", "/owner")] {
        let page = vera.get(path).await.body;
        let link = format!("href=\"/account?portal={portal}\"");
        assert!(page.contains(&link), "{path}: {page}");
        assert_eq!(frame(&vera, &format!("/account?portal={portal}")).await, portal);
        for path in ["/account", "/account/second-factor"] {
            assert_eq!(frame(&vera, path).await, portal, "{path}");
        }
    }
    let page = vera.get("/account").await.body;
    assert!(page.contains("href=\"/owner/inbox\"") && page.contains("site-nav"), "its navigation: {page}");

    // It stays while the session goes on under another token.
    frame(&vera, "/account?portal=member").await;
    vera.enrol().await;
    assert_eq!(frame(&vera, "/account").await, "member");
    vera.post("sign-out", &[]).await;
    assert_eq!(vera.cookie(COOKIE), None);
}

#[tokio::test]
async fn everyone_has_a_portal_by_what_they_are() {
    let site = Site::new().await;
    account(&site, "mia-rivera").await;
    let mia = Browser::of(&site);
    mia.sign_in("mia-rivera").await;
    assert_eq!(frame(&mia, "/account").await, "member");
    let ada = staff(&site, "ada-moreno", Role::Reviewer).await;
    assert_eq!(frame(&ada, "/account").await, "admin");
    assert!(ada.get("/account").await.body.contains("href=\"/admin/queues\""));
    let stranger = Browser::of(&site);
    assert_eq!(stranger.get("/account?portal=owner").await.status, StatusCode::SEE_OTHER);
    assert_eq!(stranger.cookie(COOKIE), None, "nothing is remembered of who is not signed in");
}

#[tokio::test]
async fn the_choice_of_a_portal_gives_no_right_and_belongs_to_one_session() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    for word in ["admin", "Admin", "https://evil.test", "//evil.test", "owner.x", "", "%00x"] {
        let page = vera.get(&format!("/account?portal={word}")).await;
        assert!(!page.body.contains("/admin/") && !page.body.contains("evil.test/"), "{word}");
    }
    assert_eq!(frame(&vera, "/account?portal=admin").await, "owner");

    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    frame(&ada, "/account?portal=member").await;
    let made = ada.cookie(COOKIE).unwrap();
    let token = ada.cookie("flex_session").unwrap();
    assert!(made.starts_with("member.") && !made.contains(&token), "{made}");
    frame(&ada, "/account?portal=admin").await;
    for forged in ["member.", "member", "member.x", "", &made.replace("member", "owner")] {
        ada.keep(COOKIE, forged);
        assert_eq!(frame(&ada, "/account").await, "admin", "{forged}");
    }
    // Another session's says nothing here.
    vera.keep(COOKIE, &made);
    assert_eq!(frame(&vera, "/account").await, "owner");
}
