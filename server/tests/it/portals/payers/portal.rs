//! The member portal, signing out, and how our other portals treat such an account.

use axum::http::{Method, StatusCode};
use model::account::Role;
use serde_json::json;

use super::world::World;
use crate::{
    oauth::site::{exchange, query},
    portals::{browser::Browser, desk::staff},
};

const START: &str = "/signin/payer/oph-ca/sandbox/county-of-ventura";

/// Signs in to the member portal as this member.
async fn enter(world: &World, browser: &Browser<'_>, member_id: &str) -> String {
    let address = browser.get(&format!("{START}?next=%2Fmember")).await.header("location").to_owned();
    browser.get(&world.agree_as(&address, member_id)).await.header("location").to_owned()
}

#[tokio::test]
async fn the_member_portal_asks_where_to_sign_in() {
    let world = World::new().await;
    let browser = Browser::of(&world.site);
    let due = browser.get("/member/past").await;
    assert_eq!(due.header("location"), "/member/signin?next=%2Fmember%2Fpast");

    let page = browser.get(due.header("location")).await;

    assert!(page.body.contains(&format!("http://127.0.0.1:3000{START}?next=%2Fmember%2Fpast")), "{}", page.body);
    assert!(page.body.contains("/signin?next=%2Fmember%2Fpast") && page.body.contains("(sandbox)"));
    assert_eq!(enter(&world, &browser, "M-1").await, "/member");
    let portal = browser.get("/member").await;
    assert!(portal.body.contains("No app has access") && portal.body.contains("Jordan R."));
}

#[tokio::test]
async fn a_stranger_to_the_payers_data_reads_so() {
    let world = World::new().await;
    let browser = Browser::of(&world.site);
    assert_eq!(enter(&world, &browser, "M-unknown").await, "/member/unknown");
    let page = browser.get("/member/unknown").await;
    assert!(page.body.contains("We did not find you among the members of County of Ventura"));
}

#[tokio::test]
async fn a_provider_that_is_down_is_said_on_the_page_that_asks() {
    let world = World::new().await;
    let browser = Browser::of(&world.site);
    world.op.set_down(true);
    let back = browser.get(START).await;
    let page = browser.get(back.header("location")).await;
    assert!(page.body.contains("cannot sign you in right now"), "{}", page.body);
    assert!(page.body.contains("Sign in with Healthcare ID"));
}

#[tokio::test]
async fn next_never_leads_elsewhere() {
    let world = World::new().await;
    let browser = Browser::of(&world.site);
    let address = browser.get(&format!("{START}?next=%2F%2Fevil.test")).await.header("location").to_owned();
    let back = browser.get(&world.agree(&address)).await;
    assert_eq!(back.header("location"), "/member");
    assert_eq!(browser.get("/signin/payer/oph-ca/production/county-of-ventura").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn signing_out_offers_to_sign_out_there_too() {
    let world = World::new().await;
    let browser = Browser::of(&world.site);
    enter(&world, &browser, "M-1").await;

    let page = browser.follow("sign-out", &[]).await;

    assert!(page.body.contains("You are signed out here"), "{}", page.body);
    assert!(page.body.contains("https://login.example/logout?client_id="));
    assert_eq!(browser.cookie("flex_session"), None);
}

#[tokio::test]
async fn such_an_account_is_a_member_and_no_vendor() {
    let world = World::new().await;
    let browser = Browser::of(&world.site);
    enter(&world, &browser, "M-1").await;
    assert_eq!(browser.get("/owner").await.status, StatusCode::FORBIDDEN);
    let page = browser.get("/account").await;
    assert!(page.body.contains("You sign in at") && !page.body.contains("payer-"), "{}", page.body);
    for (function, form) in [
        ("change-name", vec![("name", "Someone Else")]),
        ("change-password", vec![("current", ""), ("password", "quiet harbor lamp")]),
        ("change-email", vec![("current", ""), ("email", "someone@example.org")]),
        ("begin-second-factor", vec![]),
    ] {
        let reply = browser.post(function, &form).await;
        assert!(!reply.status.is_server_error(), "{function}: {}", reply.status);
    }
    assert!(browser.get("/member").await.body.contains("Jordan R."));
}

#[tokio::test]
async fn administrators_see_how_providers_do() {
    let world = World::new().await;
    enter(&world, &Browser::of(&world.site), "M-1").await;
    let browser = staff(&world.site, "ada-moreno", Role::Administrator).await;
    let page = browser.get("/admin/programs").await.body;
    assert!(page.contains("identity providers") && page.contains("https://login.example"), "{page}");
    assert!(page.contains("status--success\">Works") && page.contains("Never"), "no failure yet");
    assert!(page.contains("status--info\">Not used yet"), "Idaho's");
    assert!(!page.contains("flex-at-the-provider") && !page.contains("a secret"));

    world.site.test.clock.advance(jiff::Span::new().minutes(1));
    let visitor = Browser::of(&world.site);
    let address = visitor.get(&format!("{START}?next=%2Fmember")).await.header("location").to_owned();
    visitor.get(&world.agree_claiming(&address, &json!([]))).await;
    let page = browser.get("/admin/programs").await.body;
    assert!(page.contains("status--error\">Fails") && !page.contains("status--success\">Works"), "{page}");
}

#[tokio::test]
async fn what_a_member_allowed_ends_when_the_payer_has_the_member_no_more() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);
    let (path, _) = world.reach_consent(&browser, &app).await;
    let handle = path.strip_prefix("/consent/").unwrap();
    let answer = query(browser.allow(handle, &["patient/Patient.read"], &[]).await.header("location"));
    let tokens = world.site.post("/authz/oph/ca/oauth/token", &[], &exchange(&app, &answer["code"])).await.json();
    let refresh = async || {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
            ("client_id", app.id.as_str()),
            ("client_secret", app.secret.as_str()),
        ];
        world.site.post("/authz/oph/ca/oauth/token", &[], &form).await
    };
    enter(&world, &browser, "M-1").await;
    assert_eq!(refresh().await.status, StatusCode::OK, "the same member as before");
    for unclear in [json!(null), json!([]), json!(["M-1", "M-2"]), json!(""), json!({}), json!("m-1"), json!(false)] {
        let address = browser.get(&format!("{START}?next=%2Fmember")).await.header("location").to_owned();
        let back = browser.get(&world.agree_claiming(&address, &unclear)).await;
        assert!(back.header("location").ends_with("&problem=unclear"), "{unclear}: {}", back.header("location"));
        assert!(browser.get(back.header("location")).await.body.contains("did not tell us which member you are"));
        assert_eq!(refresh().await.status, StatusCode::OK, "{unclear}");
    }
    let address = browser.get(&format!("{START}?next=%2Fmember")).await.header("location").to_owned();

    browser.get(&world.agree_with(&address, "subject of M-1", "M-unknown")).await;

    let refused = refresh().await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.body.contains("invalid_grant") && refused.body.contains("member_left: "), "{}", refused.body);
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let call = world.site.send(Method::GET, "/fhir/oph/ca/R4/Patient/jordan", &[("authorization", &bearer)], "").await;
    assert_eq!(call.status, StatusCode::UNAUTHORIZED);
    let past = browser.get("/member/past").await;
    assert!(past.body.contains("Ended by your plan: you left it"), "{}", past.body);
}
