//! Consent page: whose request, whose answer, whose data.

use futures::future::join_all;
use serde_json::json;
use store::{
    sql,
    testing::{postgres, racing_postgres, sqlite},
};

use crate::{
    fhir::world::load,
    oauth::site::{App, Site, encoded, query, request},
    portals::{
        browser::{Browser, account},
        desk::{approved_vendor, details, registration},
    },
};

const SCOPE: &str = "patient/Patient.read";

pub(super) async fn with_jordan(site: &Site, program: &str) {
    let identifier = json!([{ "type": { "coding": [{ "code": "MB" }] }, "system": "https://payer.example/member", "value": "M-1234" }]);
    let jordan = json!({ "resourceType": "Patient", "id": "jordan", "identifier": identifier,
        "name": [{ "family": "Rivera", "given": ["Jordan"] }], "gender": "other", "birthDate": "1984-09-02" });
    load(site, program, &[jordan]).await;
    account(site, "vera-lindqvist").await;
}

/// The handle of a request in this browser.
pub(super) async fn ask(browser: &Browser<'_>, authz: &str, app: &App) -> String {
    let reply = browser.get(&format!("{authz}/oauth/authorize?{}", encoded(&request(app, SCOPE)))).await;
    reply.header("location").trim_start_matches("/consent/").to_owned()
}

#[tokio::test]
async fn nobody_learns_which_patients_there_are_by_choosing_them() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        with_jordan(&site, "idaho").await;
        let app = site.production_app("idaho").await;
        let browser = Browser::of(&site);
        let handle = ask(&browser, "/authz/idaho", &app).await;
        browser.sign_in("vera-lindqvist").await;

        let known = browser.post("choose-test-member", &[("handle", &handle), ("patient", "jordan")]).await;
        let unknown = browser.post("choose-test-member", &[("handle", &handle), ("patient", "no-one")]).await;

        assert_eq!((known.status.as_u16(), unknown.status.as_u16()), (404, 404));
        assert!(browser.get(&format!("/consent/{handle}")).await.body.contains("Tell us who you are"));
    }
}

#[tokio::test]
async fn a_test_member_is_chosen_and_never_proved() {
    let site = Site::new().await;
    with_jordan(&site, "idaho").await;
    let app = site.app("idaho").await;
    let browser = Browser::of(&site);
    let handle = ask(&browser, "/authz/idaho/sandbox", &app).await;
    browser.sign_in("vera-lindqvist").await;
    let born = [("birth_date_month", "9"), ("birth_date_day", "2"), ("birth_date_year", "1984")];
    let card = [("handle", handle.as_str()), ("member_id", "M-1234"), ("last_name", "Rivera")];
    assert_eq!(browser.post("link-member", &[&card[..], &born].concat()).await.status.as_u16(), 404);
}

#[tokio::test]
async fn an_answer_sent_many_times_at_once_makes_one_grant() {
    for test in [sqlite().await, racing_postgres().await] {
        let site = Site::on(test).await;
        with_jordan(&site, "idaho").await;
        let app = site.app("idaho").await;
        let browser = Browser::of(&site);
        let handle = ask(&browser, "/authz/idaho/sandbox", &app).await;
        browser.sign_in("vera-lindqvist").await;
        browser.post("choose-test-member", &[("handle", &handle), ("patient", "jordan")]).await;
        let shown = browser.shown(&handle).await;
        let form = [("handle", handle.as_str()), ("answer", "allow"), ("shown", &shown), ("scopes[]", SCOPE)];

        let answers = join_all((0..8).map(|_| browser.post("decide", &form))).await;

        for answer in &answers {
            assert_eq!(answer.status.as_u16(), 303, "{}", answer.body);
            assert_eq!(query(answer.header("location"))["code"].len(), 43);
        }
        let mut ctx = site.state.services.store.read().await.unwrap();
        let grants: (i64,) = sql("SELECT COUNT(*) FROM access_grant").fetch_one(&mut ctx.tx).await.unwrap();
        assert_eq!(grants, (1,));
    }
}

#[tokio::test]
async fn app_names_that_deceive_are_refused_at_registration() {
    let site = Site::new().await;
    let (vera, mallory) =
        (approved_vendor(&site, "vera-lindqvist").await, approved_vendor(&site, "mallory-stranger").await);
    for (name, sentence) in [
        ("<b>Care</b>", "Remove the characters"),
        ("Care\u{202e}stsoC", ""),
        ("Care\u{200b}Costs", ""),
        ("Care\u{feff}Costs", ""),
        ("Care\u{2066}Costs", ""),
        ("Care\u{0007}Costs", ""),
        ("Care\nCosts", ""),
        ("Care\u{ad}Costs", ""),
        (" \u{3000} ", "Enter the name of your app."),
    ] {
        let mut form = details("sandbox");
        form[0] = ("name", name);
        let reply = mallory.post("app-details", &form).await;
        let location = reply.header("location");
        assert!(
            location.starts_with("/owner/applications/new?draft=") && location.contains("&form="),
            "{name:?}: {location}"
        );
        let page = mallory.get(location.trim_end_matches("#errors")).await.body;
        assert!(page.contains("id=\"name-error\"") && page.contains(sentence), "{name:?}: {page}");
        assert!(!page.contains("<b>Care"), "{name:?}");
    }
    // Vera's app is live in production, so it owns its name in every spelling.
    let mut public = details("production");
    public.retain(|(name, value)| (*name, *value) != ("access[]", "patient"));
    vera.post("app-details", &public).await;
    assert!(vera.follow("register-app", &registration("confidential")).await.body.contains("Success"));
    for name in ["Care Costs", "CARE COSTS", "C\u{430}re Costs", "Care  Costs", "Care C0sts", "Caré Costs"] {
        let mut form = public.clone();
        form[0] = ("name", name);
        mallory.post("app-details", &form).await;
        let page = mallory.follow("register-app", &registration("confidential")).await.body;
        assert!(!page.contains("Success") && !page.contains("client-id"), "{name:?}: {page}");
    }
}
