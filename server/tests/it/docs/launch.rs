//! Launch URLs are for owners of approved organizations.

use crate::{
    oauth::site::Site,
    portals::{
        browser::{Browser, account},
        desk::{approved_vendor, register_organization, vendor},
    },
};

const LAUNCH: &str = "/university-of-california/oauth/authorize";

#[tokio::test]
async fn launch_urls_are_for_owners_of_approved_organizations() {
    let site = Site::new().await;
    let stranger = Browser::of(&site);
    account(&site, "mia-rivera").await;
    let member = Browser::of(&site);
    member.sign_in("mia-rivera").await;
    // Approving approves all who wait.
    let approved = approved_vendor(&site, "ada-lindqvist").await;
    let waiting = vendor(&site, "vera-lindqvist").await;
    register_organization(&waiting).await;
    for (who, browser, expect) in [
        ("a stranger", &stranger, false),
        ("a member", &member, false),
        ("one who waits", &waiting, false),
        ("one who is approved", &approved, true),
    ] {
        for path in [
            "/docs/oph-ca/launch",
            "/docs/oph-ca/endpoints",
            "/docs/oph-ca/payers",
            "/docs/oph-ca/index.json",
            "/docs/oph-ca/search?q=university",
        ] {
            let shows = browser.get(path).await.body.contains(LAUNCH);
            assert_eq!(shows, expect && path.ends_with("/launch"), "{who}, {path}");
        }
    }
    let page = stranger.get("/docs/oph-ca/launch").await.body;
    assert!(page.contains("href=\"/signin?next=%2Fdocs%2Foph-ca%2Flaunch\""), "it says how to see them");
}
