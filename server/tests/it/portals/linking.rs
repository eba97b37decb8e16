//! Members prove with their card who they are, as the program file asks.

use std::{env, fs, sync::Arc};

use axum::http::StatusCode;
use programs::Programs;
use serde_json::{Value, json};
use store::testing::sqlite;

use super::{
    browser::{Browser, account},
    inbox::mails,
};
use crate::{
    fhir::world::load,
    oauth::site::{App, Reply, Site, encoded, query, request},
};

const SCOPE: &str = "patient/Patient.read";

/// The built-in programs, with this setting for Optum Idaho.
pub fn programs(clause: &str) -> Programs {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../programs");
    let folder = env::temp_dir().join(format!("flex-cards-{}-{:?}", std::process::id(), std::thread::current().id()));
    fs::create_dir_all(&folder).unwrap();
    for name in ["oph-ca.toml", "idaho.toml"] {
        let text = fs::read_to_string(format!("{source}/{name}")).unwrap();
        let payer = "id = \"optum-idaho\"\n";
        fs::write(folder.join(name), text.replace(payer, &format!("{payer}{clause}\n"))).unwrap();
    }
    let programs = Programs::from_folder(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    programs
}

pub fn patient(id: &str, number: &str, telecom: &Value) -> Value {
    let identifier = json!([{ "type": { "coding": [{ "code": "MB" }] }, "system": "https://payer.example/member", "value": number }]);
    json!({ "resourceType": "Patient", "id": id, "identifier": identifier, "gender": "other", "birthDate": "1984-09-02",
        "name": [{ "family": "O'Brien-Rivera", "given": ["Jordan"] }], "telecom": telecom })
}

/// A site with this setting, two members, one of whom has an address, and two accounts.
async fn begin(clause: &str) -> (Site, App) {
    let programs = Arc::new(programs(clause));
    let payers = payers::Payers::new(Vec::new(), &"http://127.0.0.1:3000".parse().unwrap(), Arc::new(Unconfigured));
    let site = Site::with(sqlite().await, programs, payers).await;
    let app = site.production_app("idaho").await;
    for id in ["vera-lindqvist", "eve-intruder"] {
        account(&site, id).await;
    }
    let telecom = json!([
        { "system": "phone", "value": "555 0100" },
        { "system": "email", "use": "old", "value": "old@example.net" },
        { "system": "email", "rank": 2, "value": "second@example.net" },
        { "system": "email", "rank": 1, "value": "jordan@example.net" },
    ]);
    load(&site, "idaho", &[patient("jordan", "M-1234", &telecom), patient("mute", "M-5678", &json!([]))]).await;
    mails(&site).await;
    (site, app)
}

struct Unconfigured;

impl payers::fetch::Fetch for Unconfigured {
    fn fetch(
        &self,
        _: payers::fetch::Request,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<payers::fetch::Response, payers::fetch::Failed>> + Send + '_>>
    {
        Box::pin(async { Err(payers::fetch::Failed("no server is there".to_owned())) })
    }
}

/// Signed in, and at the page that asks for the card.
pub async fn reach<'s>(site: &'s Site, app: &App, id: &str) -> (Browser<'s>, String) {
    reach_at(site, app, id, "/authz/idaho").await
}

async fn reach_at<'s>(site: &'s Site, app: &App, id: &str, authz: &str) -> (Browser<'s>, String) {
    let browser = Browser::of(site);
    let reply = browser.get(&format!("{authz}/oauth/authorize?{}", encoded(&request(app, SCOPE)))).await;
    let handle = reply.header("location").strip_prefix("/consent/").unwrap().to_owned();
    browser.sign_in(id).await;
    (browser, handle)
}

pub async fn card(browser: &Browser<'_>, handle: &str, number: &str, name: &str) -> Reply {
    let born = [("birth_date_month", "9"), ("birth_date_day", "2"), ("birth_date_year", "1984")];
    let form = [&[("handle", handle), ("member_id", number), ("last_name", name)], &born[..]].concat();
    browser.follow("link-member", &form).await
}

async fn code(site: &Site) -> String {
    let mail = mails(site).await.pop().expect("a mail with a code");
    assert_eq!(mail.to.as_str(), "jordan@example.net", "the first by rank that is not an old one");
    assert!(!mail.text.contains("Jordan") && !mail.text.contains("Idaho"), "{}", mail.text);
    mail.text.split_once("Code: ").unwrap().1.lines().next().unwrap().to_owned()
}

/// The consent page, whatever its heading says.
pub fn asks(page: &Reply) -> bool {
    page.body.contains("value=\"allow\"")
}

#[tokio::test]
async fn a_code_goes_to_the_address_that_the_plan_has() {
    for clause in ["", "card_proof = { production = \"code\" }"] {
        let (site, app) = begin(clause).await;
        let (browser, handle) = reach(&site, &app, "vera-lindqvist").await;
        let page = card(&browser, &handle, " m‑1234", "O’Brien Rivera, Jr.").await;
        assert!(page.body.contains("j…@example.net") && !page.body.contains("jordan@"), "{}", page.body);
        assert!(!asks(&page) && !asks(&browser.get(&format!("/consent/{handle}")).await), "{clause}");
        let sent = code(&site).await;
        let give = async |browser: &Browser<'_>, code: &str| {
            browser.follow("confirm-member", &[("handle", &handle), ("code", code)]).await
        };
        let wrong = if sent == "000000" { "000001" } else { "000000" };
        assert!(give(&browser, wrong).await.body.contains("That code is not correct."));
        assert!(asks(&give(&browser, &sent).await), "{clause}");
        assert!(mails(&site).await.is_empty(), "no one was linked before");
    }
}

#[tokio::test]
async fn a_code_works_for_the_account_that_asked_five_tries_and_a_quarter_of_an_hour() {
    let (site, app) = begin("").await;
    let (vera, handle) = reach(&site, &app, "vera-lindqvist").await;
    let (eve, eves) = reach(&site, &app, "eve-intruder").await;
    let give = async |browser: &Browser<'_>, handle: &str, code: &str| {
        browser.follow("confirm-member", &[("handle", handle), ("code", code)]).await
    };
    card(&vera, &handle, "M-1234", "obrien rivera").await;
    let sent = code(&site).await;
    assert!(!asks(&give(&eve, &eves, &sent).await), "another account's");
    let wrong = if sent == "000000" { "000001" } else { "000000" };
    for _ in 0..4 {
        assert!(give(&vera, &handle, wrong).await.body.contains("That code is not correct."));
    }
    let ended = give(&vera, &handle, wrong).await;
    assert!(ended.body.contains("That code no longer works.") && ended.body.contains("Tell us who you are"));
    assert!(!asks(&give(&vera, &handle, &sent).await), "used up");

    card(&vera, &handle, "M-1234", "obrien rivera").await;
    let first = code(&site).await;
    card(&vera, &handle, "M-1234", "obrien rivera").await;
    let second = code(&site).await;
    if first != second {
        assert!(!asks(&give(&vera, &handle, &first).await), "a newer one replaces it");
    }
    site.test.clock.advance(jiff::Span::new().minutes(15));
    assert!(!asks(&give(&vera, &handle, &second).await), "too late");
    // No mailbox is flooded.
    let mut sent = 0;
    for _ in 0..6 {
        card(&vera, &handle, "M-1234", "obrien rivera").await;
        sent += mails(&site).await.len();
    }
    assert!(sent <= 2, "{sent}");
}

#[tokio::test]
async fn without_an_address_the_card_is_enough_unless_the_program_asks_for_a_code() {
    for (clause, expect) in [
        ("", true),
        ("card_proof = { production = \"card\" }", true),
        ("card_proof = { production = \"code\" }", false),
    ] {
        let (site, app) = begin(clause).await;
        let (browser, handle) = reach(&site, &app, "vera-lindqvist").await;
        let page = card(&browser, &handle, "M-5678", "OBrien-Rivera").await;
        assert_eq!(asks(&page), expect, "{clause}");
        assert_eq!(page.body.contains("does not have an email address for you"), !expect, "{}", page.body);
    }
}

#[tokio::test]
async fn the_card_alone_links_where_the_program_says_so_and_whoever_was_linked_before_is_told() {
    let (site, app) = begin("card_proof = { production = \"card\" }").await;
    for (id, told) in [("vera-lindqvist", None), ("eve-intruder", Some("vera-lindqvist@example.org"))] {
        let (browser, handle) = reach(&site, &app, id).await;
        assert!(asks(&card(&browser, &handle, "M-1234", "O'BRIEN RIVERA").await), "{id}");
        let mails = mails(&site).await;
        assert_eq!(mails.first().map(|mail| mail.to.as_str()), told);
    }
}

#[tokio::test]
async fn near_misses_use_up_no_try_and_guesses_do() {
    let (site, app) = begin("card_proof = { production = \"card\" }").await;
    let (browser, handle) = reach(&site, &app, "vera-lindqvist").await;
    for number in 0..12 {
        let page = card(&browser, &handle, "M-1234", &format!("O'Bryan-{number}")).await;
        assert!(page.body.contains("We could not find a member"), "{number}: {}", page.body);
    }
    assert!(asks(&card(&browser, &handle, "M-1234", "O'Brien-Rivera").await));

    let (browser, handle) = reach(&site, &app, "eve-intruder").await;
    for number in 0..6 {
        card(&browser, &handle, &format!("M-{number}"), "O'Brien-Rivera").await;
    }
    let page = card(&browser, &handle, "M-1234", "O'Brien-Rivera").await;
    assert!(page.body.contains("There have been too many attempts."), "{}", page.body);
}

#[tokio::test]
async fn who_guesses_at_a_name_has_to_wait_with_the_right_one_too() {
    let (site, app) = begin("card_proof = { production = \"card\" }").await;
    let (browser, handle) = reach(&site, &app, "vera-lindqvist").await;
    for number in 0..40 {
        card(&browser, &handle, "M-1234", &format!("O'Bryan-{number}")).await;
    }
    let page = card(&browser, &handle, "M-1234", "O'Brien-Rivera").await;
    assert!(page.body.contains("There have been too many attempts.") && !asks(&page), "{}", page.body);
}

#[tokio::test]
async fn where_no_card_counts_nobody_is_linked() {
    let (site, app) = begin("card_proof = { production = \"never\" }").await;
    let (browser, handle) = reach(&site, &app, "vera-lindqvist").await;
    let page = browser.get(&format!("/consent/{handle}")).await;
    assert!(page.body.contains("does not connect members to apps here"), "{}", page.body);
    let born = [("birth_date_month", "9"), ("birth_date_day", "2"), ("birth_date_year", "1984")];
    let form = [&[("handle", handle.as_str()), ("member_id", "M-5678"), ("last_name", "O'Brien-Rivera")], &born[..]];
    assert_eq!(browser.post("link-member", &form.concat()).await.status, StatusCode::NOT_FOUND);
    let back = browser.post("decide", &[("handle", &handle), ("answer", "cancel")]).await;
    assert_eq!(query(back.header("location"))["error"], "access_denied");
}

#[tokio::test]
async fn a_program_may_ask_for_the_card_in_the_sandbox_too() {
    let (site, _) = begin("card_proof = { sandbox = \"card\" }").await;
    let app = site.app("idaho").await;
    let (browser, handle) = reach_at(&site, &app, "vera-lindqvist", "/authz/idaho/sandbox").await;
    let page = browser.get(&format!("/consent/{handle}")).await;
    assert!(page.body.contains("Tell us who you are"), "{}", page.body);
    let chosen = browser.post("choose-test-member", &[("handle", &handle), ("patient", "jordan")]).await;
    assert_eq!(chosen.status, StatusCode::NOT_FOUND);
    assert!(asks(&card(&browser, &handle, "M-1234", "obrienrivera").await));
}

#[tokio::test]
async fn a_payer_with_a_provider_that_is_not_configured_falls_back_to_nothing_in_production() {
    let (site, _) = begin("").await;
    let app = site.production_app("oph-ca").await;
    load(&site, "oph-ca", &[patient("jordan", "M-1234", &json!([]))]).await;
    let (browser, handle) = reach_at(&site, &app, "vera-lindqvist", "/authz/oph/ca").await;
    let page = browser.follow("choose-payer", &[("handle", &handle), ("payer", "university-of-california")]).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.body.contains("You cannot sign in to University of California here yet"), "{}", page.body);
    let born = [("birth_date_month", "9"), ("birth_date_day", "2"), ("birth_date_year", "1984")];
    let form = [&[("handle", handle.as_str()), ("member_id", "M-1234"), ("last_name", "O'Brien-Rivera")], &born[..]];
    assert_eq!(browser.post("link-member", &form.concat()).await.status, StatusCode::NOT_FOUND);
    let back = browser.post("decide", &[("handle", &handle), ("answer", "unavailable")]).await;
    assert_eq!(query(back.header("location"))["error"], "temporarily_unavailable");
}
