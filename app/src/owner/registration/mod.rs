//! Organization registration in three pages. What was typed is a draft, so a lost connection or the end of the session does not
//! lose it. The same pages correct a registration under review, and register a further organization of the account.

pub mod attestation;
pub mod demographics;
pub mod review;

use leptos::prelude::*;
use model::{
    country::CountryCode,
    organization_form::{DemographicsForm, OrganizationDraft, OrganizationForm},
};
use registry::{drafts::Kind, organizations};
use serde::{Deserialize, Serialize};

use crate::{
    components::steps::Steps,
    failure::Failure,
    owner::{
        draft::{ANOTHER, Begin, Content, Opened, Posted},
        organization,
        vendor::Vendor,
    },
    page::Page,
    texts::{notices::Reason, owner::registration as text},
    web::Web,
};

/// A registration that was started.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Begun {
    pub form: OrganizationForm,
    /// The version of the registration that is being corrected, when the correction started.
    pub version: Option<i64>,
    /// The page that saved it last: a form that is sent twice differs by it from another page that was saved meanwhile.
    pub saved_by: String,
}

impl Content for Begun {
    const KIND: Kind = Kind::Organization;

    fn name(&self) -> &str {
        &self.form.demographics.name
    }
}

/// The draft of a page, with what it shows.
pub async fn resume(web: &Web) -> Result<(Opened<Begun>, Begun), Failure> {
    let another = web.request.query(ANOTHER).is_some();
    let opened = Opened::<Begun>::of_page(web, if another { Begin::Another } else { Begin::Continue }).await;
    if !another && matches!(opened, Err(Failure::Redirect(_))) {
        check(&Vendor::enter(web).await?)?;
    }
    let opened = opened?;
    let begun = Begun::of(web, &opened).await?;
    Ok((opened, begun))
}

/// The same for a form.
pub async fn resume_form<F>(web: &Web, posted: &Posted<F>) -> Result<(Opened<Begun>, Begun), Failure> {
    let another = posted.organization.is_empty() && !posted.draft.is_empty();
    let begin = if another { Begin::Another } else { Begin::Continue };
    let opened = match Opened::<Begun>::of_form(web, posted, begin).await {
        // Already sent, by another click or another tab.
        Err(Failure::Redirect(to)) if to.contains(Reason::DraftGone.as_str()) => {
            return Err(Failure::because(organization::PATH, Reason::OrganizationRegistered));
        }
        opened => opened?,
    };
    let begun = Begun::of(web, &opened).await?;
    Ok((opened, begun))
}

impl Begun {
    /// What the draft has, otherwise a copy of what is registered, otherwise an empty form. If the organization cannot be
    /// corrected, the vendor is sent to its profile.
    async fn of(web: &Web, opened: &Opened<Self>) -> Result<Self, Failure> {
        let corrects = opened.organization.is_some();
        if corrects {
            check(&opened.vendor)?;
        }
        let stored = opened.stored.as_ref().map(|stored| &stored.content);
        // A first registration that was sent meanwhile does not correct anything.
        let fitting = stored.filter(|stored| stored.version.is_some() == corrects);
        if let Some(stored) = fitting {
            return Ok(stored.clone());
        }
        let waiting = match opened.vendor.organization().filter(|_| corrects) {
            Some(organization) => {
                organizations::waiting(&mut web.services.store.read().await?, &organization.id).await?
            }
            None => None,
        };
        Ok(Self::start(&opened.vendor, corrects, waiting.map(|change| change.registration)))
    }

    /// A copy of the change that waits, otherwise of the registration.
    fn start(vendor: &Vendor, corrects: bool, waiting: Option<OrganizationDraft>) -> Self {
        let country = CountryCode::US.as_str().to_owned();
        let demographics = DemographicsForm {
            mailing_country: country.clone(),
            physical_country: country,
            ..DemographicsForm::default()
        };
        match vendor.organization().filter(|_| corrects) {
            Some(organization) => {
                let registration = waiting.unwrap_or_else(|| organization.registration.clone());
                Self { form: registration.into(), version: Some(organization.version), saved_by: String::new() }
            }
            None => Self { form: OrganizationForm { demographics, ..OrganizationForm::default() }, ..Self::default() },
        }
    }
}

/// Sends the vendor of an organization that cannot be corrected to its profile.
fn check(vendor: &Vendor) -> Result<(), Failure> {
    if vendor.organization().is_some_and(|organization| !organization.status.may_be_edited()) {
        return Err(Failure::because(organization::PATH, Reason::OrganizationRegistered));
    }
    Ok(())
}

/// Leads to a step of this draft that has to be completed first.
fn step_first(opened: &Opened<Begun>, path: &str) -> Failure {
    Failure::redirect(format!("{}&why={}", opened.mark().on(path), Reason::StepFirst))
}

const STEPS: [&str; 3] = [text::DEMOGRAPHICS, text::PRIVACY, text::REVIEW];

/// One of the three pages.
pub fn step_page(vendor: &Vendor, current: usize, view: impl IntoView + 'static) -> Page {
    let view = view! {
        <h1>{text::TITLE}</h1>
        <Steps names=&STEPS current />
        {view}
    };
    vendor.page(text::step(current + 1), view).at(organization::PATH)
}
