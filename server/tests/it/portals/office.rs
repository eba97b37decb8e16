//! The office: staff and their desks, members' apps, blocking for good, lists, feeds, search and configuration.

use axum::http::StatusCode;
use model::{
    account::Role,
    partition::{Environment, Partition, ProgramId},
};
use serde_json::{Value, json};
use store::sql;

use super::{
    browser::{Browser, account},
    desk::{
        approved_vendor, details, link, open_reviews, register_app, register_organization, registration, staff, vendor,
    },
    inbox::mails,
};
use crate::{
    fhir::world::{get_as, load, on_each_database},
    oauth::site::{App, Site},
};

const AUTHZ: &str = "/authz/idaho/sandbox";
const FHIR: &str = "/fhir/idaho/sandbox/R4";
const PLACE: &str = "idaho sandbox optum-idaho";

async fn text(site: &Site, question: &'static str) -> String {
    let mut ctx = site.state.services.store.read().await.unwrap();
    let (found,): (String,) = sql(question).fetch_one(&mut ctx.tx).await.unwrap();
    found
}

async fn account_id(site: &Site, healthcare_id: &str) -> String {
    let mut ctx = site.state.services.store.read().await.unwrap();
    let query = sql("SELECT id FROM account WHERE healthcare_id = $1").bind(healthcare_id.to_owned());
    let (id,): (String,) = query.fetch_one(&mut ctx.tx).await.unwrap();
    id
}

#[tokio::test]
async fn a_role_given_on_the_page_opens_the_portal_after_two_steps_and_taken_closes_it_at_once() {
    let site = Site::new().await;
    account(&site, "sara-support").await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    mails(&site).await;
    let form = |account: &'static str, role, reason| [("account", account), ("role", role), ("reason", reason)];
    for (account, role, reason, says) in [
        ("sara", "support", "Joins.", "We could not find a Healthcare ID"),
        ("sara-support", "owner", "Joins.", "Choose one of the answers"),
        ("sara-support", "support", " ", "Enter a reason."),
        ("", "support", "Joins.", "Enter a Healthcare ID or email address."),
    ] {
        let refused = ada.follow("give-role", &form(account, role, reason)).await.body;
        assert!(refused.contains(says), "{says}: {refused}");
    }
    let list = ada.follow("give-role", &form("sara-support", "reviewer", "<b>Joins</b> us.")).await.body;
    assert!(
        list.contains("The role is given.") && list.contains("sara-support") && list.contains("Not set up yet"),
        "{list}"
    );
    assert_eq!(mails(&site).await.len(), 1);

    let sara = Browser::of(&site);
    sara.sign_in("sara-support").await;
    assert!(sara.get("/admin").await.header("location").starts_with("/account/second-factor"));
    sara.enrol().await;
    register_organization(&vendor(&site, "vera-lindqvist").await).await;
    let review = open_reviews(&site).await.remove(0);
    sara.post("claim-review", &[("review", review.as_str())]).await;

    let id = account_id(&site, "sara-support").await;
    let person = ada.get(&format!("/admin/staff/{id}")).await.body;
    assert!(person.contains("&lt;b&gt;Joins&lt;/b&gt; us.") && person.contains("/take/reviewer"), "{person}");
    let asked = ada.get(&format!("/admin/staff/{id}/take/reviewer")).await.body;
    assert!(asked.contains("1 open session ends.") && asked.contains("1 review that they are working on"), "{asked}");
    assert!(asked.contains("This is their last role.") && asked.contains("usa-button--danger"), "{asked}");
    let take = [("account", id.as_str()), ("role", "reviewer"), ("reason", "Left us.")];
    let done = ada.follow("take-role", &take).await.body;
    assert!(done.contains("The role is taken away") && !done.contains("sara-support"), "{done}");
    assert_eq!(sara.get("/admin").await.header("location"), "/signin?next=%2Fadmin", "the session has ended");
    assert!(ada.get("/admin/queues/organizations?show=unassigned").await.body.contains("Bright Harbor Health"));
    // Twice changes nothing.
    assert_eq!(ada.post("take-role", &take).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_tickets_of_a_person_who_no_longer_answers_become_free() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    let ticket =
        [("title", "Which scopes?"), ("program", "idaho"), ("environment", "sandbox"), ("text", "Which do I ask?")];
    vera.post("open-ticket", &ticket).await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let sara = staff(&site, "sara-support", Role::Support).await;
    let ticket = text(&site, "SELECT id FROM ticket").await;
    sara.post("claim-ticket", &[("ticket", &ticket)]).await;
    let id = account_id(&site, "sara-support").await;
    let asked = ada.get(&format!("/admin/staff/{id}/take/support")).await.body;
    assert!(asked.contains("1 ticket that they are working on") && !asked.contains("review that"), "{asked}");
    ada.post("take-role", &[("account", &id), ("role", "support"), ("reason", "Left us.")]).await;
    assert_eq!(text(&site, "SELECT COALESCE(assigned_to, 'free') FROM ticket").await, "free");
}

#[tokio::test]
async fn the_last_administrator_cannot_leave() {
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let id = account_id(&site, "ada-moreno").await;
    let page = ada.get(&format!("/admin/staff/{id}/take/administrator")).await.body;
    assert!(page.contains("This is the last administrator.") && !page.contains("name=\"reason\""), "{page}");
    let form = [("account", id.as_str()), ("role", "administrator"), ("reason", "Bye.")];
    ada.follow("take-role", &form).await;
    assert_eq!(ada.get("/admin/staff").await.status, StatusCode::OK);
    let bob = staff(&site, "bob-builder", Role::Administrator).await;
    assert_eq!(ada.post("take-role", &form).await.header("location"), "/");
    assert_eq!(ada.get("/admin/staff").await.header("location"), "/signin?next=%2Fadmin%2Fstaff");
    assert!(!bob.get("/admin/staff").await.body.contains("ada-moreno"));
}

#[tokio::test]
async fn a_desk_of_one_program_finds_nothing_of_another() {
    let site = Site::new().await;
    let vera = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&vera, &details("sandbox"), &registration("public")).await;
    let sara = staff(&site, "sara-support", Role::Support).await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let app = text(&site, "SELECT id FROM application WHERE name = 'Care Costs'").await;
    let organization = text(&site, "SELECT organization_id FROM application WHERE name = 'Care Costs'").await;
    let pages = [format!("/admin/applications/{app}"), format!("/admin/organizations/{organization}")];
    for page in &pages {
        assert_eq!(sara.get(page).await.status, StatusCode::OK, "{page}");
    }
    let id = account_id(&site, "sara-support").await;
    let empty = ada.follow("set-desk", &[("account", &id), ("scope", "some")]).await.body;
    assert!(empty.contains("Choose at least one program"), "{empty}");
    let set = ada.follow("set-desk", &[("account", &id), ("scope", "some"), ("reach[]", "idaho")]).await.body;
    assert!(set.contains("The programs of this desk are saved."), "{set}");
    for page in &pages {
        assert_eq!(sara.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
        assert_eq!(ada.get(page).await.status, StatusCode::OK, "administrators see everything");
    }
    assert!(!sara.get("/admin/search?q=care").await.body.contains("Care Costs"));
    let form = sara.get("/admin/members").await.body;
    assert!(form.contains(PLACE) && !form.contains("oph-ca"), "{form}");
    let feeds = sara.get("/admin/feeds").await.body;
    assert!(feeds.contains("idaho-production") && !feeds.contains("oph-ca"), "{feeds}");
}

fn patient(id: &str, number: &str) -> Value {
    let identifier = json!([{ "type": { "coding": [{ "code": "MB" }] }, "system": "https://payer.example/member", "value": number }]);
    json!({ "resourceType": "Patient", "id": id, "identifier": identifier, "gender": "other", "birthDate": "2015-09-02",
        "name": [{ "family": "Rivera", "given": ["Mia"] }] })
}

/// Mia's app, with its token.
async fn connected(site: &Site) -> (App, String) {
    let app = site.app("idaho").await;
    load(site, "idaho", &[patient("mia", "M-1234"), patient("sam", "M-5678")]).await;
    let person = site.member_of_account(account(site, "mia-rivera").await, "mia", &app).await;
    let tokens = site.tokens(AUTHZ, &app, &person, "patient/Patient.read").await;
    (app, format!("Bearer {}", tokens["access_token"].as_str().unwrap()))
}

#[tokio::test]
async fn support_finds_a_members_apps_by_exact_names_and_ends_one_with_a_reason() {
    on_each_database(async |site| {
        let (_, token) = connected(site).await;
        assert_eq!(get_as(site, &token, &format!("{FHIR}/Patient/mia")).await.status, StatusCode::OK);
        let sara = staff(site, "sara-support", Role::Support).await;
        mails(site).await;
        let form = |by, named| [("place", PLACE), ("by", by), ("named", named)];
        for (by, named) in [
            ("member_id", "M-12"),
            ("patient", "mi"),
            ("patient", "M-1234"),
            ("account", "mia"),
            ("account", "mia-rivera@"),
        ] {
            let refused = sara.follow("look-up-member", &form(by, named)).await.body;
            assert!(
                refused.contains("We could not find") && !refused.contains(&format!("value=\"{named}\"")),
                "{by} {named}"
            );
        }
        let mut found = String::new();
        for (by, named) in [
            ("patient", "mia"),
            ("account", "mia-rivera"),
            ("account", "MIA-rivera@example.org"),
            ("member_id", " m-1234 "),
        ] {
            let reply = sara.post("look-up-member", &form(by, named)).await;
            reply.header("location").clone_into(&mut found);
            assert!(
                found.starts_with("/admin/members/") && !found.contains("mia") && !found.contains("1234"),
                "{found}"
            );
            let page = sara.get(&found).await.body;
            assert!(page.contains("/end/") && page.contains("Last access"), "{by} {named}: {page}");
        }
        let other = staff(site, "olga-support", Role::Support).await;
        assert_eq!(other.get(&found).await.status, StatusCode::NOT_FOUND, "another person's look-up");
        let page = sara.get(&found).await.body;
        let end = link(&page, &format!("{found}/end/")).unwrap().to_owned();
        let asked = sara.get(&end).await.body;
        assert!(asked.contains("What stops at once") && asked.contains("usa-button--danger"), "{asked}");
        let look_up = found.trim_start_matches("/admin/members/").to_owned();
        let grant = end.rsplit('/').next().unwrap().to_owned();
        let form = |reason| [("look_up", look_up.as_str()), ("grant", grant.as_str()), ("reason", reason)];
        assert!(sara.follow("end-access", &form("")).await.body.contains("Enter a reason."));
        assert_eq!(get_as(site, &token, &format!("{FHIR}/Patient/mia")).await.status, StatusCode::OK);
        assert_eq!(other.post("end-access", &form("Mine.")).await.status, StatusCode::NOT_FOUND);
        let done = sara.follow("end-access", &form("The member called us.")).await.body;
        assert!(done.contains("The app&#x27;s access has ended.") || done.contains("access has ended."), "{done}");
        assert!(done.contains("No connected apps"), "{done}");
        assert_eq!(get_as(site, &token, &format!("{FHIR}/Patient/mia")).await.status, StatusCode::UNAUTHORIZED);
        let sent = mails(site).await;
        let to_mia: Vec<_> = sent.iter().filter(|mail| mail.to.as_str() == "mia-rivera@example.org").collect();
        assert!(to_mia.len() == 1 && to_mia[0].text.contains("Our support team ended an app's access"), "{sent:?}");
        let mia = Browser::of(site);
        mia.sign_in("mia-rivera").await;
        assert!(mia.get("/member/past").await.body.contains("Ended by an administrator"));
    })
    .await;
}

#[tokio::test]
async fn who_guesses_member_numbers_waits() {
    let site = Site::new().await;
    load(&site, "idaho", &[patient("mia", "M-1234")]).await;
    let sara = staff(&site, "sara-support", Role::Support).await;
    let mut waited = false;
    for number in 0..40 {
        let number = format!("M-{number}");
        let page =
            sara.follow("look-up-member", &[("place", PLACE), ("by", "member_id"), ("named", &number)]).await.body;
        waited |= page.contains("There have been too many attempts.");
    }
    assert!(waited);
    let right = sara.follow("look-up-member", &[("place", PLACE), ("by", "member_id"), ("named", "M-1234")]).await.body;
    assert!(right.contains("There have been too many attempts."), "a right guess has to wait too: {right}");
}

#[tokio::test]
async fn a_block_says_how_much_stops_and_only_an_administrator_revokes_for_good() {
    let site = Site::new().await;
    let (app, token) = connected(&site).await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let ravi = staff(&site, "ravi-chandra", Role::Reviewer).await;
    mails(&site).await;
    let id = {
        let mut ctx = site.state.services.store.read().await.unwrap();
        let query = sql("SELECT id FROM application WHERE client_id = $1").bind(app.id.clone());
        query.fetch_one::<(String,)>(&mut ctx.tx).await.unwrap().0
    };
    let read = async || get_as(&site, &token, &format!("{FHIR}/Patient/mia")).await.status;
    let path = format!("/admin/applications/{id}");
    let form = |step| [("application", id.as_str()), ("step", step), ("reason", "Sold data.")];

    let asked = ravi.get(&format!("{path}/block")).await.body;
    assert!(asked.contains("<strong>1 member</strong>") && asked.contains("<strong>2 tokens</strong>"), "{asked}");
    ravi.follow("block", &form("block")).await;
    assert_eq!(read().await, StatusCode::UNAUTHORIZED);
    ravi.follow("block", &form("unblock")).await;
    assert_eq!(read().await, StatusCode::OK, "the same token works again");

    assert_eq!(ravi.get(&format!("{path}/revoke")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ravi.post("block", &form("revoke")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(read().await, StatusCode::OK);
    let done = ada.follow("block", &form("revoke")).await.body;
    assert!(done.contains("Revoked for good.") && !done.contains(&format!("{path}/block")), "{done}");
    assert_eq!(read().await, StatusCode::UNAUTHORIZED);
    assert_eq!(ada.post("block", &form("unblock")).await.status, StatusCode::CONFLICT);
    let sent = mails(&site).await;
    assert!(sent.iter().any(|mail| mail.text.contains("We no longer allow an app")), "{sent:?}");
}

#[tokio::test]
async fn a_list_of_usable_apps_stops_the_others_and_says_so_on_both_sides() {
    let site = Site::new().await;
    let (app, token) = connected(&site).await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let organization = text(&site, "SELECT organization_id FROM application").await;
    let id = text(&site, "SELECT id FROM application").await;
    let path = format!("/admin/organizations/{organization}");
    let page = ada.get(&format!("{path}/list/idaho")).await.body;
    assert!(page.contains("1 member and 2 tokens now"), "{page}");
    assert_eq!(ada.get(&format!("{path}/list/utah")).await.status, StatusCode::NOT_FOUND);
    let form = |kind, listed: &'static str| {
        [
            ("organization", organization.clone()),
            ("program", "idaho".to_owned()),
            ("kind", kind),
            ("reason", "Examined.".to_owned()),
            (listed, id.clone()),
        ]
    };
    let send = async |kind: &str, listed| {
        let form = form(kind.to_owned(), listed);
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        ada.follow("set-list", &form).await.body
    };
    assert!(send("deny", "none").await.contains("Choose at least one app."));
    let saved = send("deny", "listed[]").await;
    assert!(
        saved.contains("The list is saved and applies now.") && saved.contains("All but the listed apps may be used"),
        "{saved}"
    );
    assert_eq!(get_as(&site, &token, &format!("{FHIR}/Patient/mia")).await.status, StatusCode::UNAUTHORIZED);
    assert!(ada.get(&format!("/admin/applications/{id}")).await.body.contains("list keeps it out of"));
    let mia = Browser::of(&site);
    mia.sign_in("mia-rivera").await;
    assert!(mia.get("/member").await.body.contains("This app has no access now"));
    send("all", "none").await;
    assert_eq!(get_as(&site, &token, &format!("{FHIR}/Patient/mia")).await.status, StatusCode::OK);
    assert!(!app.id.is_empty());
}

#[tokio::test]
async fn feeds_show_what_is_late_and_give_rejects_to_administrators_alone() {
    use fhir::load::{Item, Options, Origin, check::Checks, run_recorded};
    use jiff::ToSpan;
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    assert!(!ada.get("/admin").await.body.contains("data feed"), "nothing was ever loaded");
    let services = &site.state.services;
    let partition = Partition::new(&ProgramId::new("idaho"), Environment::Production);
    let options = Options { partition, dry_run: false, checks: Checks::none() };
    let texts =
        [json!({ "resourceType": "Location", "id": "one", "name": "<Clinic>" }).to_string(), "no json".to_owned()];
    let origin = Origin { path: "<feed>.ndjson".into(), line: 7 };
    let items: Vec<_> = texts.iter().map(|json| Ok(Item { origin: origin.clone(), json: json.clone() })).collect();
    run_recorded(&services.store, &services.programs, &options, "<feed>.ndjson", items.into_iter(), |_| ())
        .await
        .unwrap();

    let page = ada.get("/admin/feeds").await.body;
    assert!(
        page.contains("Location: 1 new") && page.contains("&lt;feed&gt;.ndjson") && page.contains("Fresh"),
        "{page}"
    );
    assert!(
        ada.get("/admin").await.body.contains("3 data feeds are late."),
        "claims, encounters and clinical data never came"
    );
    let number =
        page.split("name=\"load\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let file = ada.post("download-rejects", &[("load", &number)]).await;
    assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "application/x-ndjson"));
    let name = format!("attachment; filename=\"rejects-idaho-production-{number}.ndjson\"");
    assert_eq!((file.header("content-disposition"), file.header("cache-control")), (name.as_str(), "no-store"));
    assert!(file.body.contains("\"line\":7") && file.body.lines().count() == 1, "{}", file.body);
    assert_eq!(text(&site, "SELECT subject_id FROM audit WHERE action = 'load.rejects_read'").await, number);
    for (load, status) in [("none", StatusCode::NOT_FOUND), ("999999999", StatusCode::NOT_FOUND)] {
        assert_eq!(ada.post("download-rejects", &[("load", load)]).await.status, status, "{load}");
    }
    let otto = staff(&site, "otto-auditor", Role::Auditor).await;
    assert!(!otto.get("/admin/feeds").await.body.contains("download-rejects"));
    site.test.clock.advance((31 * 24).hours());
    let ada = Browser::of(&site);
    ada.give_password("ada-moreno").await;
    // Signed in again, the directory is late as well.
    let mut ctx = site.state.services.store.read().await.unwrap();
    let mut late = 0;
    for program in site.state.services.programs.iter() {
        late += app::admin::feeds::freshness::late(&mut ctx, program).await.unwrap();
    }
    assert_eq!(late, 4);
}

#[tokio::test]
async fn the_configuration_page_says_what_the_command_says_and_no_secret() {
    let site = Site::with_settings(|settings| {
        settings.database.url = Some("postgres://flex:hunter2-secret@127.0.0.1:1/flex".to_owned());
    })
    .await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let page = ada.get("/admin/configuration").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("A start would fail") && page.body.contains("public_url"), "{}", page.body);
    assert!(page.body.contains("FHIR") && !page.body.contains("hunter2-secret"), "{}", page.body);
    assert!(page.body.contains(&std::process::id().to_string()));
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let page = ada.get("/admin/configuration").await.body;
    assert!(page.contains("All is well.") && page.contains("all is well"), "{page}");
}
