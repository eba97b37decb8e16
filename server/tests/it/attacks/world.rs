//! A server in full use: two vendors with one app each, an administrator, and a member who has connected an app.

use identity::representatives::change::{self, Proposal};
use jiff::ToSpan;
use model::{
    account::Role,
    bulletin::{Audience, Kind, Place},
    id::{AccountId, PatientId},
    partition::ProgramId,
    representative::Evidence,
    text::Paragraph,
};
use oauth::on_behalf::{self, Subject};
use registry::{
    bulletins::{self, Content},
    outages::{self, Times},
};
use store::sql;

use crate::{
    oauth::site::{App, Site},
    portals::{
        browser::{Browser, account},
        desk::{approved_vendor, details, register_app, registration, staff},
    },
};

pub const AUTHZ: &str = "/authz/idaho/sandbox";
pub const FHIR: &str = "/fhir/idaho/sandbox/R4";
pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Everyone who has a browser here, and what belongs to them.
pub struct People<'s> {
    /// A vendor with a confidential app in the sandbox, and one in production under review.
    pub vera: Browser<'s>,
    /// Another vendor.
    pub mallory: Browser<'s>,
    /// An administrator.
    pub ada: Browser<'s>,
    /// A member who has connected an app.
    pub mia: Browser<'s>,
    /// A stranger: no one is signed in.
    pub stranger: Browser<'s>,
    pub ids: Ids,
}

/// Ids of Vera's things and of Mia's grant.
#[derive(Debug)]
pub struct Ids {
    pub organization: String,
    pub app: String,
    pub secret: String,
    pub review: String,
    pub ticket: String,
    pub grant: String,
    pub representative: String,
    pub session: String,
    pub bulletin: String,
    pub outage: String,
    /// Ada's account.
    pub staff: String,
    /// Ada's look-up of Mia.
    pub look_up: String,
}

const OF_ADA: [&str; 33] = [
    "acknowledge",
    "add-criterion",
    "admin-comment",
    "answer-ticket",
    "begin-outage",
    "block",
    "claim-review",
    "claim-ticket",
    "confirm-representative",
    "correct-outage",
    "decide-review",
    "download-rejects",
    "end-access",
    "end-bulletin",
    "end-outage",
    "end-representative",
    "give-role",
    "lapse-review",
    "look-up-member",
    "name-owner",
    "post-bulletin",
    "propose-representative",
    "release-review",
    "release-ticket",
    "restore-criterion",
    "retire-criterion",
    "save-bulletin",
    "set-desk",
    "set-error-page",
    "set-list",
    "take-over-review",
    "take-over-ticket",
    "take-role",
];
const OF_MIA: [&str; 9] = [
    "change-length",
    "choose-payer",
    "choose-person",
    "choose-test-member",
    "decide",
    "link-member",
    "report-app",
    "revoke-access",
    "switch-account",
];

impl<'s> People<'s> {
    /// The person who uses this form.
    pub fn of_form(&self, name: &str) -> &Browser<'s> {
        match name {
            name if OF_ADA.contains(&name) => &self.ada,
            name if OF_MIA.contains(&name) => &self.mia,
            _ => &self.vera,
        }
    }

    /// The person who opens this page.
    pub fn of_page(&self, path: &str) -> &Browser<'s> {
        match path.split('/').nth(1) {
            Some("admin") => &self.ada,
            Some("member" | "consent") => &self.mia,
            _ => &self.vera,
        }
    }
}

/// All of them, signed in.
pub async fn people(site: &Site) -> People<'_> {
    let connected = site.app("idaho").await;
    let (mallory, vera) =
        (approved_vendor(site, "mallory-stranger").await, approved_vendor(site, "vera-lindqvist").await);
    register_app(&vera, &details("sandbox"), &registration("confidential")).await;
    let mut production = details("production");
    production[0] = ("name", "Care Planner");
    register_app(&vera, &production, &registration("confidential")).await;
    let ticket =
        [("title", "Which scopes?"), ("program", "idaho"), ("environment", "sandbox"), ("text", "Which do I ask?")];
    vera.post("open-ticket", &ticket).await;
    let mia = member(site, "mia-rivera", &connected).await;
    let ada = staff(site, "ada-moreno", Role::Administrator).await;
    let ids = Ids {
        organization: id(site, "SELECT organization_id FROM application WHERE name = 'Care Costs'").await,
        app: id(site, "SELECT id FROM application WHERE name = 'Care Costs'").await,
        secret: id(site, "SELECT s.id FROM client_secret s JOIN application a ON a.id = s.application_id WHERE a.name = 'Care Costs'").await,
        review: id(site, "SELECT r.id FROM review r JOIN application a ON a.id = r.application_id WHERE a.name = 'Care Planner'").await,
        ticket: id(site, "SELECT id FROM ticket").await,
        grant: id(site, "SELECT id FROM access_grant").await,
        representative: representative(site, &connected).await,
        bulletin: bulletin(site).await,
        outage: outage(site).await,
        session: id(site, "SELECT s.id FROM session s JOIN account a ON a.id = s.account_id WHERE a.healthcare_id = 'vera-lindqvist'").await,
        staff: id(site, "SELECT id FROM account WHERE healthcare_id = 'ada-moreno'").await,
        look_up: look_up(site, &connected).await,
    };
    People { vera, mallory, ada, mia, stranger: Browser::of(site), ids }
}

/// A member who has connected this app of the sandbox, signed in.
async fn member<'s>(site: &'s Site, healthcare_id: &str, app: &App) -> Browser<'s> {
    let person = site.member_of_account(account(site, healthcare_id).await, "patient-mia", app).await;
    site.tokens(AUTHZ, app, &person, "patient/Patient.read").await;
    let browser = Browser::of(site);
    browser.sign_in(healthcare_id).await;
    browser
}

/// Someone who may act for Mia's patient, says an administrator.
async fn representative(site: &Site, app: &App) -> String {
    let account = account(site, "rob-keller").await;
    let by = AccountId::new("account-reviewer");
    let services = &site.state.services;
    let mut ctx = services.store.write().await.unwrap();
    let proposal = Proposal {
        account,
        payer: services.programs.get(&app.partition.program).unwrap().payers[0].id.clone(),
        patient: PatientId::new("patient-mia"),
        first_name: "Mia".to_owned(),
        evidence: Evidence::CourtOrder,
        note: None,
        starts_at: ctx.now,
        ends_at: ctx.now + (24 * 365).hours(),
    };
    let id = change::propose(&mut ctx, &by, &app.partition, &proposal).await.unwrap();
    change::confirm(&mut ctx, &services.identity.site, &by, &app.partition, &id).await.unwrap();
    ctx.commit().await.unwrap();
    id.to_string()
}

/// A draft.
async fn bulletin(site: &Site) -> String {
    let mut ctx = site.state.services.store.write().await.unwrap();
    let content = Content {
        program: None,
        audiences: vec![Audience::Owner],
        kind: Kind::Information,
        place: Place::Board,
        title: "Draft".to_owned(),
        text: "Not posted.".to_owned(),
        title_es: String::new(),
        text_es: String::new(),
        starts_at: ctx.now,
        ends_at: None,
    };
    let id = bulletins::draft(&mut ctx, &AccountId::new("account-reviewer"), &content).await.unwrap();
    ctx.commit().await.unwrap();
    id
}

/// One that is over.
async fn outage(site: &Site) -> String {
    let mut ctx = site.state.services.store.write().await.unwrap();
    let reason = Paragraph::parse("Power.").unwrap();
    let times = Times { begins_at: ctx.now - 2.hours(), ends_at: Some(ctx.now - 1.hours()), reason };
    let by = AccountId::new("account-reviewer");
    let (id, _) = outages::begin(&mut ctx, &site.state.services.registry, &by, Some(&ProgramId::new("idaho")), &times)
        .await
        .unwrap();
    ctx.commit().await.unwrap();
    id
}

/// Ada looks up Mia's patient.
async fn look_up(site: &Site, app: &App) -> String {
    let by = AccountId::new(id(site, "SELECT id FROM account WHERE healthcare_id = 'ada-moreno'").await);
    let services = &site.state.services;
    let payer = &services.programs.get(&app.partition.program).unwrap().payers[0].id;
    let subject = Subject::Patient(PatientId::new("patient-mia"));
    let mut ctx = services.store.write().await.unwrap();
    let id = on_behalf::begin(&mut ctx, &by, &app.partition, payer, &subject).await.unwrap();
    ctx.commit().await.unwrap();
    id
}

async fn id(site: &Site, question: &'static str) -> String {
    let mut ctx = site.state.services.store.read().await.unwrap();
    let (id,): (String,) = sql(question).fetch_one(&mut ctx.tx).await.unwrap();
    id
}
