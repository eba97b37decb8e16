//! Inside an app's authorization request.

use axum::http::StatusCode;
use url::Url;

use super::world::{HOST, SCOPE, World, callback};
use crate::{
    oauth::site::{CALLBACK, encoded, query, request},
    portals::{
        browser::{Browser, account},
        endings,
    },
};

#[tokio::test]
async fn a_member_signs_in_at_the_provider_and_decides() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);

    let (path, page) = world.reach_consent(&browser, &app).await;

    for words in ["asks to see your health data", "Jordan R.", "Jordan Rivera", "County of Ventura"] {
        assert!(page.body.contains(words), "{words}");
    }
    assert!(!page.body.contains("Choose another"), "who one is says the provider");
    let handle = path.strip_prefix("/consent/").unwrap();
    let answer = query(browser.allow(handle, &["patient/Patient.read"], &[]).await.header("location"));
    assert!(answer.contains_key("code"), "{answer:?}");
}

#[tokio::test]
async fn the_session_is_new_and_the_address_keeps_no_code() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);
    browser.post("sign-in", &[("login", "no-one-there"), ("password", "wrong")]).await;
    let planted = browser.cookie("flex_session").unwrap();
    let (path, address) = world.reach_provider(&browser, &app).await;
    let choice = world.ask(&browser, &app).await;
    let policy = browser.get(&choice).await.header("content-security-policy").to_owned();
    assert!(!policy.contains("form-action"), "Chromium would stop the way from the choice to the provider: {policy}");

    let back = browser.get(&world.agree(&address)).await;

    assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, path.as_str()));
    assert_ne!(browser.cookie("flex_session").unwrap(), planted);
    assert_eq!(back.header("cache-control"), "no-store");
}

#[tokio::test]
async fn an_answer_goes_on_to_the_host_where_it_began_and_is_taken_nowhere_else() {
    let world = World::new().await;
    let app = world.site.app("idaho").await;
    let (main, theirs) = (Browser::of(&world.site), Browser::at(&world.site, HOST));
    let path = theirs.get(&format!("/oauth/authorize?{}", encoded(&request(&app, SCOPE)))).await;
    let path = path.header("location").to_owned();
    let address = theirs.get(&path).await.header("location").to_owned();
    assert_eq!(callback(&address), "/signin/payer/idaho/sandbox/optum-idaho/callback", "on the main host");

    let arrived = main.get(&world.agree(&address)).await;

    let on = arrived.header("location").strip_prefix(&format!("http://{HOST}")).unwrap().to_owned();
    assert!(on.starts_with("/signin/payer/idaho/sandbox/optum-idaho/return?"), "{on}");
    assert_eq!(main.get(&on).await.header("location"), "/signin/payer/ended", "the cookie is on the other host");
    assert_eq!(theirs.get(&on).await.header("location"), path);
    assert!(theirs.get(&path).await.body.contains("Jordan Rivera"));
    assert_eq!(theirs.get(&on).await.header("location"), "/signin/payer/ended", "used up");
}

#[tokio::test]
async fn a_state_of_nobody_or_of_another_browser_signs_nobody_in() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    let (browser, thief) = (Browser::of(&world.site), Browser::of(&world.site));
    let (_, address) = world.reach_provider(&browser, &app).await;
    world.reach_provider(&thief, &app).await;
    let answer = world.agree(&address);
    let own = "/signin/payer/oph-ca/sandbox/county-of-ventura/callback";
    for path in [answer.as_str(), own, &format!("{own}?state=of-no-one&code=a")] {
        let reply = thief.get(path).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/signin/payer/ended"), "{path}");
        assert_eq!(reply.header("set-cookie"), "");
    }
    let null = thief.get(&format!("{own}?state=%00&code=a")).await;
    assert_eq!((null.status, null.header("set-cookie")), (StatusCode::NOT_FOUND, ""));
    let ended = thief.get("/signin/payer/ended").await;
    assert_eq!(ended.status, StatusCode::NOT_FOUND);
    assert!(ended.body.contains("This sign-in has ended"));
}

#[tokio::test]
async fn an_answer_at_another_payers_address_signs_nobody_in() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);
    let (path, address) = world.reach_provider(&browser, &app).await;
    let theirs = world.agree(&address).replace("/oph-ca/sandbox/county-of-ventura/", "/idaho/sandbox/optum-idaho/");
    let back = browser.get(&theirs).await;
    assert_eq!(back.header("location"), format!("{path}/provider?problem=failed"));
    assert_eq!(browser.get("/member/past").await.status, StatusCode::SEE_OTHER, "no one is signed in");
}

#[tokio::test]
async fn a_claim_that_names_nobody_clearly_is_said_calmly_and_leads_back() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);
    let (path, address) = world.reach_provider(&browser, &app).await;
    let back = browser.get(&world.agree_claiming(&address, &serde_json::json!(["M-1"]))).await;
    assert_eq!(back.header("location"), format!("{path}/provider?problem=unclear"));
    let page = browser.get(back.header("location")).await;
    assert!(page.body.contains("did not tell us which member you are"), "{}", page.body);
    assert!(page.body.contains("You did not share anything in response to this request."), "{}", page.body);
    endings::check(&page, true);
    let handle = path.strip_prefix("/consent/").unwrap();
    let back = browser.post("decide", &[("handle", handle), ("answer", "unavailable")]).await;
    assert_eq!(query(back.header("location"))["error"], "temporarily_unavailable");
}

#[tokio::test]
async fn somebody_whom_the_payers_data_does_not_know_goes_back_empty_handed() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);
    let (path, address) = world.reach_provider(&browser, &app).await;
    browser.get(&world.agree_as(&address, "M-unknown")).await;

    let page = browser.get(&path).await;

    assert!(page.body.contains("We did not find you among the members of County of Ventura"), "{}", page.body);
    assert!(!page.body.contains("M-unknown"));
    endings::check(&page, true);
    let handle = path.strip_prefix("/consent/").unwrap();
    let back = browser.post("decide", &[("handle", handle), ("answer", "cancel")]).await;
    assert!(back.header("location").starts_with(CALLBACK));
    assert_eq!(query(back.header("location"))["error"], "access_denied");
}

#[tokio::test]
async fn nobody_else_says_whose_data_it_is() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);
    let (path, address) = world.reach_provider(&browser, &app).await;
    browser.get(&world.agree_as(&address, "M-unknown")).await;
    let handle = path.strip_prefix("/consent/").unwrap();

    let chosen = browser.post("choose-test-member", &[("handle", handle), ("patient", "jordan")]).await;

    assert_eq!(chosen.status, StatusCode::NOT_FOUND);
    assert!(browser.get(&path).await.body.contains("We did not find you"));
    assert_eq!(browser.get(&format!("{path}/member")).await.header("location"), path);
}

#[tokio::test]
async fn refusing_there_leads_to_a_page_with_two_ways_on() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);
    let (path, address) = world.reach_provider(&browser, &app).await;
    let state = state(&address);
    let refusal = [("error", "access_denied"), ("state", &state), ("iss", "https://login.example")];
    let back = browser.get(&format!("{}?{}", callback(&address), encoded(&refusal))).await;
    assert_eq!(back.header("location"), format!("{path}/provider?problem=refused"));

    let page = browser.get(back.header("location")).await;

    assert_eq!(page.status, StatusCode::OK);
    for words in ["You did not sign in with County of Ventura", "Try again", "Back to the app", &path] {
        assert!(page.body.contains(words), "{words}");
    }
    assert!(browser.get(&path).await.header("location").starts_with("https://login.example/authorize"), "again");
    let spanish = browser.get_in("es", back.header("location")).await;
    assert!(spanish.body.contains("Volver a la aplicación"));
    endings::check(&page, true);
    endings::check(&spanish, true);
    let handle = path.strip_prefix("/consent/").unwrap();
    let back = browser.post("decide", &[("handle", handle), ("answer", "cancel")]).await;
    assert_eq!(query(back.header("location"))["error"], "access_denied");
}

#[tokio::test]
async fn a_provider_that_is_down_is_said_calmly_and_the_app_may_try_later() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);
    world.op.set_down(true);
    let path = world.ask(&browser, &app).await;
    let handle = path.strip_prefix("/consent/").unwrap();

    let page = browser.follow("choose-payer", &[("handle", handle), ("payer", "county-of-ventura")]).await;

    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.body.contains("cannot sign you in right now") && page.body.contains("Try again"), "{}", page.body);
    assert!(!page.body.contains("connection refused"));
    endings::check(&page, true);
    let back = browser.post("decide", &[("handle", handle), ("answer", "unavailable")]).await;
    let answer = query(back.header("location"));
    assert_eq!((&*answer["error"], &*answer["state"]), ("temporarily_unavailable", "1234zyx"));
}

#[tokio::test]
async fn an_account_counts_only_where_its_payers_members_sign_in() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    account(&world.site, "vera-lindqvist").await;
    let browser = Browser::of(&world.site);
    browser.sign_in("vera-lindqvist").await;
    let (path, address) = world.reach_provider(&browser, &app).await;
    assert!(address.starts_with("https://login.example/"), "a Healthcare ID is not a member of the provider's payer");
    browser.get(&world.agree(&address)).await;
    assert_eq!(browser.get(&path).await.status, StatusCode::OK);

    let handle = path.strip_prefix("/consent/").unwrap();
    browser.post("choose-payer", &[("handle", handle), ("payer", "university-of-california")]).await;

    let due = browser.get(&path).await;
    assert_eq!(due.header("location"), format!("/signin?next=%2Fconsent%2F{handle}"), "nor the other way round");
}

#[tokio::test]
async fn somebody_else_is_asked_for_at_the_provider() {
    let world = World::new().await;
    let app = world.site.app("oph-ca").await;
    let browser = Browser::of(&world.site);
    let (path, page) = world.reach_consent(&browser, &app).await;
    assert!(page.body.contains("Not you?"));
    let handle = path.strip_prefix("/consent/").unwrap();

    let left = browser.post("switch-account", &[("handle", handle)]).await;

    assert_eq!(left.header("location"), path);
    let address = browser.get(&path).await.header("location").to_owned();
    assert!(address.contains("prompt=login") && address.contains("max_age=0"), "{address}");
}

fn state(address: &str) -> String {
    let url = Url::parse(address).unwrap();
    url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
}
