//! Vendors and reviewers at work, as their browsers send it.

use audit::event::Actor;
use identity::roles;
use model::{
    account::Role,
    id::{AccountId, ReviewId},
    organization_form::OrganizationForm,
    text::Paragraph,
};
use registry::reviews::{self, Decision, Filter};
use serde::Serialize;
use store::Part;

use super::browser::{Browser, account};
use crate::oauth::site::{Reply, Site};

pub type Form<'a> = Vec<(&'a str, &'a str)>;

/// A vendor who has completed the profile.
pub async fn vendor<'s>(site: &'s Site, healthcare_id: &str) -> Browser<'s> {
    account(site, healthcare_id).await;
    let browser = Browser::of(site);
    browser.sign_in(healthcare_id).await;
    browser.post("save-profile", &[("contact_number", "(208) 555-0123")]).await;
    browser
}

/// A vendor whose organization is approved.
pub async fn approved_vendor<'s>(site: &'s Site, healthcare_id: &str) -> Browser<'s> {
    let browser = vendor(site, healthcare_id).await;
    register_organization(&browser).await;
    approve_all(site).await;
    browser
}

/// An account with a role, without a second factor yet.
pub async fn account_with(site: &Site, healthcare_id: &str, role: Role) {
    let id = account(site, healthcare_id).await;
    let mut ctx = site.state.services.store.write().await.unwrap();
    roles::grant(&mut ctx, &Actor::Operator, &id, role).await.unwrap();
    ctx.commit().await.unwrap();
}

/// Someone with a role, past two-step sign-in.
pub async fn staff<'s>(site: &'s Site, healthcare_id: &str, role: Role) -> Browser<'s> {
    account_with(site, healthcare_id, role).await;
    let browser = Browser::of(site);
    browser.sign_in(healthcare_id).await;
    browser.enrol().await;
    browser
}

pub async fn register_organization(browser: &Browser<'_>) -> Reply {
    browser.post("organization-demographics", &demographics()).await;
    browser.post("organization-attestation", &attestation()).await;
    browser.follow("submit-organization", &[("terms", "on")]).await
}

/// Registers the app of these forms; returns the page with its credentials.
pub async fn register_app(browser: &Browser<'_>, details: &Form<'_>, registration: &Form<'_>) -> Reply {
    browser.post("app-details", details).await;
    browser.follow("register-app", registration).await
}

/// The open reviews, the one that is due first first.
pub async fn open_reviews(site: &Site) -> Vec<ReviewId> {
    let mut ctx = site.state.services.store.read().await.unwrap();
    reviews::queue(&mut ctx, &Filter::default(), Part::ALL).await.unwrap().into_iter().map(|review| review.id).collect()
}

pub async fn approve_all(site: &Site) {
    for id in open_reviews(site).await {
        let mut ctx = site.state.services.store.write().await.unwrap();
        let (registry, reviewer) = (&site.state.services.registry, AccountId::new("account-reviewer"));
        // Several vendors of a test have the same name and number.
        let approve = Decision::Approve { comment: Some(Paragraph::parse("Known to us.").unwrap()) };
        reviews::decide(&mut ctx, registry, &reviewer, &id, 1, &approve).await.unwrap();
        ctx.commit().await.unwrap();
    }
}

pub fn demographics() -> Form<'static> {
    let own = [("name", "Bright Harbor Health"), ("mailing_line1", "800 W Main Street"), ("tin", "82-1234567")];
    example(&OrganizationForm::example().demographics, &own)
}

pub fn attestation() -> Form<'static> {
    let own = [("privacy_url", "https://harbor.example/privacy"), ("disclosure", "no")];
    example(&OrganizationForm::example().attestation, &own)
}

/// The example of a form, after these answers in place of its own.
fn example(form: &impl Serialize, own: &[(&'static str, &'static str)]) -> Form<'static> {
    let fields = serde_json::to_value(form).unwrap();
    let others = fields.as_object().unwrap().iter().filter(|(name, _)| own.iter().all(|(known, _)| known != name));
    // What a test sends lives as long as the test.
    let kept = |text: &str| -> &'static str { text.to_owned().leak() };
    let others = others.map(|(name, value)| (kept(name), kept(value.as_str().unwrap())));
    own.iter().copied().chain(others).collect()
}

pub fn details(environment: &'static str) -> Form<'static> {
    vec![
        ("name", "Care Costs"),
        ("access[]", "public"),
        ("access[]", "patient"),
        ("programs[]", "oph-ca"),
        ("environment", environment),
        ("redirect_uri", "https://harbor.example/callback"),
        ("description", "Shows members what their care has cost."),
        ("purpose", "Adds up what your care has cost."),
        ("retention", "We keep your data until you close your account."),
    ]
}

pub fn registration(client_kind: &'static str) -> Form<'static> {
    vec![
        ("support_phone_kind", "us"),
        ("support_phone", "2085550123"),
        ("support_email", "help@harbor.example"),
        ("support_website", "https://harbor.example/"),
        ("support_name", "Sam Support"),
        ("platform_id_known", "no"),
        ("platform", "web"),
        ("platform_name", "Care Costs"),
        ("client_kind", client_kind),
        ("terms", "on"),
    ]
}

/// The text of the element with this id.
pub fn text_of<'p>(page: &'p str, id: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("id=\"{id}\""))?;
    let (_, text) = rest.split_once('>')?;
    Some(text.split('<').next()?.trim())
}

/// The path of the first link that begins like this.
pub fn link<'p>(page: &'p str, begin: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("href=\"{begin}"))?;
    let end = rest.find('"')?;
    let start = page.len() - rest.len() - begin.len();
    page.get(start..start + begin.len() + end)
}
