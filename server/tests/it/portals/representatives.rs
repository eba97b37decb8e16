//! Acting for a member: what an administrator adds, whose data the consent page asks for, and what is left at the end.

use axum::http::StatusCode;
use identity::{
    members,
    representatives::change::{self, Proposal},
};
use jiff::ToSpan;
use model::{
    account::Role,
    id::{AccountId, PatientId, RepresentativeId},
    partition::{Environment, Partition, ProgramId},
    representative::Evidence,
};
use serde_json::{Value, json};
use server::workers::reminders;
use store::sql;

use super::{
    browser::{Browser, account},
    desk::staff,
    inbox::mails,
};
use crate::{
    fhir::world::{get_as, load, on_each_database},
    oauth::site::{App, Reply, Site, encoded, exchange, query, request},
};

const AUTHZ: &str = "/authz/idaho/sandbox";
const FHIR: &str = "/fhir/idaho/sandbox/R4";
const LIST: &str = "/admin/programs/idaho/sandbox/representatives";
const SCOPE: &str = "launch/patient patient/Patient.read";

fn patient(id: &str, number: &str, given: &str) -> Value {
    let identifier = json!([{ "type": { "coding": [{ "code": "MB" }] }, "system": "https://payer.example/member", "value": number }]);
    json!({ "resourceType": "Patient", "id": id, "identifier": identifier, "gender": "other", "birthDate": "2015-09-02",
        "name": [{ "family": "Rivera", "given": [given] }] })
}

/// Two members, an app in the sandbox, and Vera, who has an account.
async fn begin(site: &Site) -> (App, AccountId) {
    let app = site.app("idaho").await;
    let vera = account(site, "vera-lindqvist").await;
    load(site, "idaho", &[patient("jordan", "M-1234", "Jordan"), patient("sam", "M-5678", "Sam")]).await;
    mails(site).await;
    (app, vera)
}

/// What an administrator types about Vera and Sam.
fn typed() -> Vec<(&'static str, &'static str)> {
    vec![
        ("program", "idaho"),
        ("environment", "sandbox"),
        ("account", "vera-lindqvist"),
        ("payer", "optum-idaho"),
        ("member_id", "M-5678"),
        ("birth_date_month", "9"),
        ("birth_date_day", "2"),
        ("birth_date_year", "2015"),
        ("evidence", "parent-of-minor"),
        ("note", "Birth certificate seen."),
        ("ends_on_month", "6"),
        ("ends_on_day", "30"),
        ("ends_on_year", "2027"),
    ]
}

fn but(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    typed().into_iter().filter(|(known, _)| *known != name).chain([(name, value)]).collect()
}

fn last(path: &str) -> &str {
    path.split('?').next().unwrap().rsplit('/').next().unwrap()
}

/// The form's hidden inputs.
fn about(id: &str) -> [(&str, &str); 3] {
    [("program", "idaho"), ("environment", "sandbox"), ("id", id)]
}

/// By an administrator's browser, in both steps; the id.
async fn add(admin: &Browser<'_>) -> String {
    let proposed = admin.post("propose-representative", &typed()).await;
    let id = last(proposed.header("location")).to_owned();
    let confirmed = admin.post("confirm-representative", &about(&id)).await;
    assert_eq!(confirmed.header("location"), format!("{LIST}/{id}?done=acts-now"));
    id
}

/// Without pages: Vera may act for Sam, until then.
async fn represent(site: &Site, vera: &AccountId, days: i64) -> RepresentativeId {
    represent_in(site, Environment::Sandbox, vera, days).await
}

async fn represent_in(site: &Site, environment: Environment, vera: &AccountId, days: i64) -> RepresentativeId {
    let partition = Partition::new(&ProgramId::new("idaho"), environment);
    let mut ctx = site.state.services.store.write().await.unwrap();
    let by = AccountId::new("account-reviewer");
    let proposal = Proposal {
        account: vera.clone(),
        payer: site.state.services.programs.get(&partition.program).unwrap().payers[0].id.clone(),
        patient: PatientId::new("sam"),
        first_name: "Sam".to_owned(),
        evidence: Evidence::CourtOrder,
        note: None,
        starts_at: ctx.now,
        // Early in the morning in UTC, and still the day before in Boise.
        ends_at: ctx.now + (24 * days - 12).hours(),
    };
    let id = change::propose(&mut ctx, &by, &partition, &proposal).await.unwrap();
    change::confirm(&mut ctx, &site.state.services.identity.site, &by, &partition, &id).await.unwrap();
    ctx.commit().await.unwrap();
    id
}

/// Vera's browser at the app's request, signed in.
async fn ask<'s>(site: &'s Site, app: &App) -> (Browser<'s>, String) {
    let browser = Browser::of(site);
    let reply = browser.get(&format!("{AUTHZ}/oauth/authorize?{}", encoded(&request(app, SCOPE)))).await;
    let handle = reply.header("location").strip_prefix("/consent/").unwrap().to_owned();
    browser.sign_in("vera-lindqvist").await;
    (browser, handle)
}

async fn choose(browser: &Browser<'_>, handle: &str, person: &str) -> Reply {
    browser.follow("choose-person", &[("handle", handle), ("person", person)]).await
}

/// Allows what the page asks; the token response.
async fn tokens(site: &Site, browser: &Browser<'_>, app: &App, handle: &str) -> Value {
    let answer = browser.allow(handle, &["patient/Patient.read"], &[]).await;
    let code = query(answer.header("location"))["code"].clone();
    site.post(&format!("{AUTHZ}/oauth/token"), &[], &exchange(app, &code)).await.json()
}

fn bearer(tokens: &Value) -> String {
    format!("Bearer {}", tokens["access_token"].as_str().unwrap())
}

#[tokio::test]
async fn an_administrator_sees_both_people_before_anything_changes() {
    let site = Site::new().await;
    begin(&site).await;
    let admin = staff(&site, "ada-moreno", Role::Administrator).await;
    assert!(admin.get("/admin/programs").await.body.contains(&format!("href=\"{LIST}\"")));
    assert!(admin.get(LIST).await.body.contains("No one acts for a member"));
    assert!(admin.get(&format!("{LIST}/new")).await.body.contains("Parent of a minor"));

    let proposed = admin.post("propose-representative", &typed()).await;
    let page = admin.get(proposed.header("location")).await.body;
    for words in [
        "Check before you confirm",
        "Vera Lindqvist",
        "vera-lindqvist",
        "Sam Rivera",
        "Sep 2, 2015",
        "M-5678",
        "parent of a minor",
        "Birth certificate seen.",
        "Jun 30, 2027",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(admin.get(LIST).await.body.contains("No one acts for a member"));
    // The administrator's own, about two-step sign-in.
    assert!(mails(&site).await.iter().all(|mail| mail.to.as_str() == "ada-moreno@example.org"));

    let id = last(proposed.header("location"));
    let page = admin.follow("confirm-representative", &about(id)).await.body;
    assert!(page.contains("Confirmed. We emailed") && page.contains("In force"), "{page}");
    let mail = mails(&site).await;
    assert_eq!((mail.len(), mail[0].to.as_str()), (1, "vera-lindqvist@example.org"));
    assert!(mail[0].text.contains("you may act for Sam") && !mail[0].text.contains("Idaho"), "{}", mail[0].text);
    let list = admin.get(LIST).await.body;
    assert!(list.contains("Sam Rivera") && list.contains("An administrator: parent of a minor"), "{list}");

    let form = [&about(id)[..], &[("reason", "The court order was lifted.")]].concat();
    let page = admin.follow("end-representative", &form).await.body;
    assert!(page.contains("The court order was lifted.") && page.contains("Ended"), "{page}");
    let mail = mails(&site).await;
    assert!(mail[0].text.contains("You may no longer act for Sam") && !mail[0].text.contains("lifted"));
    let log: Vec<(String,)> = sql("SELECT action FROM audit WHERE subject_id = $1 ORDER BY sequence")
        .bind(id)
        .fetch_all(&mut site.state.services.store.read().await.unwrap().tx)
        .await
        .unwrap();
    let words = ["representative.viewed", "representative.confirmed", "representative.ended"];
    assert_eq!(log, words.map(|word| (word.to_owned(),)));
}

#[tokio::test]
async fn what_names_no_one_stands_at_its_field_and_nothing_about_a_member_is_kept() {
    let site = Site::new().await;
    begin(&site).await;
    let admin = staff(&site, "ada-moreno", Role::Administrator).await;
    let no_member = "could not find a member of this plan";
    for (name, value, expect) in [
        ("account", "vera-lindqvis", "could not find a Healthcare ID"),
        ("account", "vera", "could not find a Healthcare ID"),
        ("account", "%", "could not find a Healthcare ID"),
        ("account", "ada-moreno", "cannot let your own account act"),
        ("account", "", "Enter a Healthcare ID or email address."),
        ("member_id", "M-1234567", no_member),
        ("member_id", "' OR ''='", no_member),
        ("birth_date_year", "2014", no_member),
        ("birth_date_year", "15", "Enter a date with a month"),
        ("payer", "another", "Choose one of the answers"),
        ("payer", "", "Choose a payer."),
        ("evidence", "trust-me", "Choose one of the answers"),
        ("ends_on_year", "2020", "Enter a day that is not in the past"),
        ("ends_on_year", "2090", "within the next 20 years"),
        ("ends_on_year", "", "Enter a date with a month"),
    ] {
        let page = admin.follow("propose-representative", &but(name, value)).await.body;
        assert!(page.contains(expect), "{name} {value}: {page}");
        assert!(!page.contains("M-5678") && !page.contains("value=\"2015\""), "{name} {value}");
    }
    assert!(admin.get(LIST).await.body.contains("No one acts for a member"));
}

#[tokio::test]
async fn guessing_at_members_is_slow_and_leaves_a_trace() {
    let site = Site::new().await;
    begin(&site).await;
    let admin = staff(&site, "ada-moreno", Role::Administrator).await;
    for _ in 0..21 {
        admin.post("propose-representative", &but("member_id", "M-0")).await;
    }
    let page = admin.follow("propose-representative", &typed()).await.body;
    assert!(!page.contains("Check before you confirm"), "even the right number waits: {page}");
}

#[tokio::test]
async fn a_proposal_and_a_program_are_their_own() {
    let site = Site::new().await;
    begin(&site).await;
    let admin = staff(&site, "ada-moreno", Role::Administrator).await;
    let other = staff(&site, "otto-other", Role::Administrator).await;
    let proposed = admin.post("propose-representative", &typed()).await;
    let (page, id) = (proposed.header("location").to_owned(), last(proposed.header("location")).to_owned());
    assert_eq!(other.get(&page).await.status, StatusCode::NOT_FOUND, "another administrator's proposal");
    other.post("confirm-representative", &about(&id)).await;
    assert!(admin.get(LIST).await.body.contains("No one acts for a member"));
    admin.post("confirm-representative", &about(&id)).await;
    assert_eq!(other.get(&page).await.status, StatusCode::OK);
    for elsewhere in ["idaho/production", "oph-ca/sandbox", "idaho/staging", "nothing/sandbox"] {
        let there = format!("/admin/programs/{elsewhere}/representatives/{id}");
        assert_eq!(admin.get(&there).await.status, StatusCode::NOT_FOUND, "{elsewhere}");
        let (program, environment) = elsewhere.split_once('/').unwrap();
        let form = [("program", program), ("environment", environment), ("id", &id), ("reason", "Mine.")];
        admin.post("end-representative", &form).await;
    }
    assert!(admin.get(&page).await.body.contains("In force"));
    let auditor = staff(&site, "otto-auditor", Role::Auditor).await;
    let seen = auditor.get(&page).await.body;
    assert!(seen.contains("Sam Rivera") && !seen.contains("end-representative"), "an auditor reads");
}

#[tokio::test]
async fn consent_asks_whose_data_and_the_app_gets_that_persons_alone() {
    on_each_database(async |site| {
        let (app, vera) = begin(site).await;
        represent(site, &vera, 365).await;
        let (browser, handle) = ask(site, &app).await;
        let path = format!("/consent/{handle}");
        let page = browser.get(&path).await.body;
        assert!(page.contains("Whose data?") && page.contains("Sam Rivera") && page.contains("Yourself"), "{page}");
        assert!(page.contains("You act for this person until ") && !page.contains("value=\"allow\""), "{page}");
        let spanish = browser.get_in("es", &path).await.body;
        assert!(spanish.contains("¿Los datos de quién?") && spanish.contains("Usted actúa en nombre"), "{spanish}");
        assert!(choose(&browser, &handle, "").await.body.contains("Choose a person."));
        for stranger in ["for-jordan", "for-", "jordan", "for-nobody"] {
            let page = choose(&browser, &handle, stranger).await.body;
            assert!(page.contains("Choose one of the answers"), "{stranger}: {page}");
        }
        let page = choose(&browser, &handle, "for-sam").await.body;
        assert!(page.contains("asks to see health data of Sam") && page.contains("Sam Rivera"), "{page}");
        assert!(page.contains(&format!("href=\"{path}/person\"")) && page.contains("value=\"allow\""), "{page}");

        let tokens = tokens(site, &browser, &app, &handle).await;
        assert_eq!(tokens["patient"], "sam", "{tokens}");
        assert_eq!(get_as(site, &bearer(&tokens), &format!("{FHIR}/Patient/sam")).await.status, StatusCode::OK);
        let other = get_as(site, &bearer(&tokens), &format!("{FHIR}/Patient/jordan")).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);

        let portal = browser.get("/member").await.body;
        assert!(portal.contains("People you act for") && portal.contains("An administrator: court order"), "{portal}");
        assert!(portal.contains("Sam Rivera"), "the card names the person: {portal}");
        let (id,): (String,) = sql("SELECT id FROM access_grant")
            .fetch_one(&mut site.state.services.store.read().await.unwrap().tx)
            .await
            .unwrap();
        let receipt = browser.get(&format!("/member/apps/{id}/receipt")).await.body;
        assert!(receipt.contains("Sam Rivera"));
        browser.follow("revoke-access", &[("id", &id)]).await;
        assert_eq!(
            get_as(site, &bearer(&tokens), &format!("{FHIR}/Patient/sam")).await.status,
            StatusCode::UNAUTHORIZED
        );
    })
    .await;
}

#[tokio::test]
async fn the_own_data_is_one_of_the_choices() {
    let site = Site::new().await;
    let (app, vera) = begin(&site).await;
    represent(&site, &vera, 365).await;
    let (browser, handle) = ask(&site, &app).await;
    let page = choose(&browser, &handle, "own").await.body;
    assert!(page.contains("Choose a test member"), "{page}");
    let page = browser.follow("choose-test-member", &[("handle", &handle), ("patient", "jordan")]).await.body;
    assert!(page.contains("asks to see your health data") && page.contains("Jordan Rivera"), "{page}");
    let page = browser.get(&format!("/consent/{handle}/person")).await.body;
    assert!(page.contains("Jordan Rivera") && page.contains("Your own data") && page.contains("Sam Rivera"), "{page}");
    assert!(page.contains("until Mar 1, 2027"), "days are those of the program: {page}");
    assert_eq!(tokens(&site, &browser, &app, &handle).await["patient"], "jordan");
}

#[tokio::test]
async fn who_acts_for_no_one_is_not_asked() {
    let site = Site::new().await;
    let (app, _) = begin(&site).await;
    let (browser, handle) = ask(&site, &app).await;
    assert!(browser.get(&format!("/consent/{handle}")).await.body.contains("Choose a test member"));
    let back = browser.get(&format!("/consent/{handle}/person")).await;
    assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, format!("/consent/{handle}").as_str()));
    assert!(!browser.get("/member").await.body.contains("People you act for"));
}

#[tokio::test]
async fn an_end_while_the_page_is_open_is_said_calmly_and_shares_nothing() {
    let site = Site::new().await;
    let (app, _) = begin(&site).await;
    let admin = staff(&site, "ada-moreno", Role::Administrator).await;
    let id = add(&admin).await;
    let (browser, handle) = ask(&site, &app).await;
    choose(&browser, &handle, "for-sam").await;
    let shown = browser.shown(&handle).await;
    let form = [&about(&id)[..], &[("reason", "Withdrawn.")]].concat();
    admin.follow("end-representative", &form).await;
    let answer =
        [("handle", handle.as_str()), ("answer", "allow"), ("shown", &shown), ("scopes[]", "patient/Patient.read")];
    let page = browser.follow("decide", &answer).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("share data of the person you chose"), "{}", page.body);
    assert!(!page.body.contains("Sam Rivera") && page.body.contains("Yourself"), "{}", page.body);
    assert!(browser.get("/member").await.body.contains("No app has access"));
}

#[tokio::test]
async fn a_member_sees_who_may_act_for_them_and_a_test_member_does_not() {
    let site = Site::new().await;
    let (_, vera) = begin(&site).await;
    let own = account(&site, "sam-rivera").await;
    let sam = PatientId::new("sam");
    let services = &site.state.services;
    let payer = services.programs.get(&ProgramId::new("idaho")).unwrap().payers[0].id.clone();
    let browser = Browser::of(&site);
    browser.sign_in("sam-rivera").await;
    let sandbox = Partition::new(&ProgramId::new("idaho"), Environment::Sandbox);
    let production = Partition { environment: Environment::Production, ..sandbox.clone() };
    represent(&site, &vera, 365).await;
    let mut ctx = services.store.write().await.unwrap();
    members::link_sandbox(&mut ctx, &own, &sandbox, &payer, &sam).await.unwrap();
    members::link_production(&mut ctx, &services.identity.site, &own, &production, &payer, &sam).await.unwrap();
    ctx.commit().await.unwrap();
    assert!(!browser.get("/member").await.body.contains("People who may act for you"), "not other testers");
    represent_in(&site, Environment::Production, &vera, 365).await;
    let page = browser.get("/member").await.body;
    assert!(page.contains("People who may act for you") && page.contains("Vera Lindqvist"), "{page}");
    let spanish = browser.get_in("es", "/member").await.body;
    assert!(spanish.contains("Personas que pueden actuar en su nombre"), "{spanish}");
    assert!(mails(&site).await.iter().any(|mail| mail.to.as_str() == "sam-rivera@example.org"));
}

#[tokio::test]
async fn the_last_day_ends_access_and_the_worker_says_so() {
    let site = Site::new().await;
    let (app, vera) = begin(&site).await;
    represent(&site, &vera, 20).await;
    let (browser, handle) = ask(&site, &app).await;
    choose(&browser, &handle, "for-sam").await;
    let tokens = tokens(&site, &browser, &app, &handle).await;
    mails(&site).await;
    site.test.clock.advance((24 * 20).hours());
    let services = &site.state.services;
    reminders::round(&services.store, &services.identity.site).await;
    let refused = get_as(&site, &bearer(&tokens), &format!("{FHIR}/Patient/sam")).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    let mail = mails(&site).await;
    assert!(mail.iter().any(|mail| mail.text.contains("You may no longer act for Sam")), "{mail:?}");
    browser.sign_in("vera-lindqvist").await;
    let past = browser.get("/member/past").await.body;
    assert!(past.contains("you may no longer act for this person") && past.contains("Sam Rivera"), "{past}");
    assert!(!browser.get("/member").await.body.contains("People you act for"));
}
