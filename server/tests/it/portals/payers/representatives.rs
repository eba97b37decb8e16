//! People whom the provider names as someone who acts for members.

use serde_json::json;

use super::world::World;
use crate::{
    fhir::world::load,
    oauth::site::query,
    portals::{browser::Browser, linking::patient},
};

/// Two members of the County of Ventura.
async fn begin() -> World {
    let world = World::acting("acts_for").await;
    let member = |id: &str, number: &str, given: &str| {
        let mut member = patient(id, number, &json!([]));
        member["identifier"] =
            json!([{ "system": "https://county-of-ventura.example.org/member-id", "value": number }]);
        member["name"] = json!([{ "family": "Rivera", "given": [given] }]);
        member
    };
    load(&world.site, "oph-ca", &[member("sam", "M-2", "Sam"), member("kim", "M-3", "Kim")]).await;
    world
}

#[tokio::test]
async fn who_acts_for_one_member_and_is_none_shares_that_members_data() {
    let world = begin().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);
    let (path, address) = world.reach_provider(&browser, &app).await;
    let claims = json!({ "sub": "parent", "member_id": null, "name": "Pat Rivera", "acts_for": ["M-2"] });
    let back = browser.get(&world.agree_saying(&address, claims)).await;
    assert_eq!(back.header("location"), path, "{}", back.body);
    let page = browser.get(&path).await.body;
    assert!(page.contains("asks to see health data of Sam") && page.contains("You act for this person"), "{page}");
    assert!(!page.contains("Choose another"), "there is no one else: {page}");
    let answer = query(
        browser.allow(path.strip_prefix("/consent/").unwrap(), &["patient/Patient.read"], &[]).await.header("location"),
    );
    assert!(answer.contains_key("code"), "{answer:?}");
    let portal = browser.get("/member").await.body;
    assert!(portal.contains("Sam Rivera") && portal.contains("As long as the plan says so"), "{portal}");
}

#[tokio::test]
async fn who_acts_for_several_is_asked_and_a_later_sign_in_takes_it_back() {
    let world = begin().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);
    let claims =
        |listed: &[&str]| json!({ "sub": "jordan", "member_id": "M-1", "name": "Jordan R.", "acts_for": listed });
    let (path, address) = world.reach_provider(&browser, &app).await;
    browser.get(&world.agree_saying(&address, claims(&["M-2", "M-3"]))).await;
    let page = browser.get(&path).await.body;
    for name in ["Whose data?", "Jordan Rivera", "Your own data", "Sam Rivera", "Kim Rivera"] {
        assert!(page.contains(name), "{name}: {page}");
    }
    let handle = path.strip_prefix("/consent/").unwrap();
    browser.follow("choose-person", &[("handle", handle), ("person", "for-sam")]).await;
    browser.allow(handle, &["patient/Patient.read"], &[]).await;
    assert!(!browser.get("/member").await.body.contains("No app has access"));

    let other = Browser::of(&world.site);
    let (path, address) = world.reach_provider(&other, &app).await;
    other.get(&world.agree_saying(&address, claims(&["M-3"]))).await;
    let page = other.get(&path).await.body;
    assert!(!page.contains("Sam Rivera") && page.contains("Kim Rivera"), "{page}");
    let past = browser.get("/member/past").await.body;
    assert!(past.contains("Sam Rivera") && past.contains("you may no longer act for this person"), "{past}");
}
