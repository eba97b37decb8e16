//! Organization registration in three pages. What is typed is kept for the account after each, so it outlives a lost
//! connection and the session, until it is sent. The same pages correct a registration under review.

pub mod attestation;
pub mod demographics;
pub mod review;

use leptos::prelude::*;
use model::{country::CountryCode, organization_form::OrganizationForm};
use registry::drafts::{self, Draft};
use serde::{Deserialize, Serialize};

use crate::{
    components::steps::Steps,
    failure::Failure,
    owner::{organization, vendor::Vendor},
    page::Page,
    web::Web,
};

/// A registration begun.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Begun {
    pub form: OrganizationForm,
    /// Of the registration that is being corrected, as it was when that began.
    pub version: Option<i64>,
}

impl Begun {
    /// The account's draft, else a copy of what it registered, else an empty form. An organization that cannot be
    /// corrected leads to its profile.
    pub async fn resume(web: &Web, vendor: &Vendor) -> Result<Self, Failure> {
        if vendor.organization().is_some_and(|organization| organization.status.resubmit().is_err()) {
            return Err(Failure::because(organization::PATH, "organization-registered"));
        }
        let mut ctx = web.services.store.read().await?;
        let draft = drafts::find(&mut ctx, &vendor.account.id, Draft::Organization).await?;
        let draft: Option<Self> = draft.and_then(|json| serde_json::from_str(&json).ok());
        Ok(draft.filter(|draft| draft.fits(vendor)).unwrap_or_else(|| Self::start(vendor)))
    }

    fn start(vendor: &Vendor) -> Self {
        let country = CountryCode::US.as_str().to_owned();
        let empty =
            || OrganizationForm { mailing_country: country.clone(), physical_country: country, ..Default::default() };
        match vendor.organization() {
            Some(organization) => {
                Self { form: organization.registration.clone().into(), version: Some(organization.version) }
            }
            None => Self { form: empty(), version: None },
        }
    }

    /// A draft of a first registration does not correct one, nor the reverse.
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

/// The first form with the answers of the second page of the other.
pub fn with_attestation_of(form: OrganizationForm, answers: OrganizationForm) -> OrganizationForm {
    OrganizationForm {
        officers_sanctioned: answers.officers_sanctioned,
        privacy_url: answers.privacy_url,
        collection: answers.collection,
        consent: answers.consent,
        disclosure: answers.disclosure,
        member_access: answers.member_access,
        safeguards: answers.safeguards,
        retention: answers.retention,
        explanation: answers.explanation,
        ..form
    }
}

const STEPS: [&str; 3] = ["Organization Demographics", "Privacy and Security", "Review and submit"];

/// One of the three pages.
pub fn step_page(vendor: &Vendor, current: usize, view: impl IntoView + 'static) -> Page {
    let view = view! {
        <h1>"Organization Registration"</h1>
        <Steps names=&STEPS current />
        {view}
    };
    vendor.page(format!("Organization Registration, step {}", current + 1), view).at(organization::PATH)
}
