//! Organization registration in three pages. We keep what was typed for the account after each page, so a lost connection or
//! the end of the session does not lose it. The same pages correct a registration under review.

pub mod attestation;
pub mod demographics;
pub mod review;

use leptos::prelude::*;
use model::{
    country::CountryCode,
    organization_form::{DemographicsForm, OrganizationDraft, OrganizationForm},
};
use registry::{
    drafts::{self, Draft},
    organizations,
};
use serde::{Deserialize, Serialize};

use crate::{
    components::steps::Steps,
    failure::Failure,
    owner::{organization, vendor::Vendor},
    page::Page,
    texts::{notices::Reason, owner::registration as text},
    web::Web,
};

/// A registration that was started.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Begun {
    pub form: OrganizationForm,
    /// The version of the registration that is being corrected, when the correction started.
    pub version: Option<i64>,
}

impl Begun {
    /// The account's draft, otherwise a copy of what it registered, otherwise an empty form. If the organization cannot be
    /// corrected, the vendor is sent to its profile.
    pub async fn resume(web: &Web, vendor: &Vendor) -> Result<Self, Failure> {
        if vendor.organization().is_some_and(|organization| !organization.status.may_be_edited()) {
            return Err(Failure::because(organization::PATH, Reason::OrganizationRegistered));
        }
        let mut ctx = web.services.store.read().await?;
        let draft = drafts::find(&mut ctx, &vendor.account.id, Draft::Organization).await?;
        let draft: Option<Self> = draft.and_then(|json| serde_json::from_str(&json).ok());
        if let Some(draft) = draft.filter(|draft| draft.fits(vendor)) {
            return Ok(draft);
        }
        let waiting = match vendor.organization() {
            Some(organization) => organizations::waiting(&mut ctx, &organization.id).await?,
            None => None,
        };
        Ok(Self::start(vendor, waiting.map(|change| change.registration)))
    }

    /// A copy of the change that waits, otherwise of the registration.
    fn start(vendor: &Vendor, waiting: Option<OrganizationDraft>) -> Self {
        let country = CountryCode::US.as_str().to_owned();
        let demographics = DemographicsForm {
            mailing_country: country.clone(),
            physical_country: country,
            ..DemographicsForm::default()
        };
        match vendor.organization() {
            Some(organization) => {
                let registration = waiting.unwrap_or_else(|| organization.registration.clone());
                Self { form: registration.into(), version: Some(organization.version) }
            }
            None => Self { form: OrganizationForm { demographics, ..OrganizationForm::default() }, version: None },
        }
    }

    /// Whether the draft is of the right kind: a first registration or a correction.
    fn fits(&self, vendor: &Vendor) -> bool {
        self.version.is_some() == vendor.organization().is_some()
    }

    pub async fn save(&self, web: &Web, vendor: &Vendor) -> Result<(), Failure> {
        let json = serde_json::to_string(self).map_err(|error| Failure::internal(&error))?;
        let mut ctx = web.services.store.write().await?;
        drafts::save(&mut ctx, &vendor.account.id, Draft::Organization, &json).await?;
        Ok(ctx.commit().await?)
    }
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
