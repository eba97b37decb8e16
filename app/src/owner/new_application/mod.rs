//! Register New App, in two pages as the seed programs have it. What is typed is kept for the account after the first,
//! and ends with the registration, so that a form sent twice registers one app.

pub mod details;
pub mod inputs;
pub mod registration;

use leptos::prelude::*;
use model::{
    application_form::ApplicationForm,
    form::{Code, FieldError},
    partition::ProgramId,
};
use registry::{
    drafts::{self, Draft},
    names::Reserved,
};
use serde::{Deserialize, Serialize};

use crate::{components::steps::Steps, failure::Failure, owner::vendor::Vendor, page::Page, web::Web};

/// The inputs of "App Details", as they are posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    pub name: String,
    /// `public`, `patient`
    pub access: Vec<String>,
    pub programs: Vec<String>,
    pub environment: String,
    pub privacy_url: String,
    pub redirect_uri: String,
    pub description: String,
    /// The app that this one is a copy of, with what is asked on the second page.
    #[serde(skip_serializing)]
    pub from: String,
}

/// The inputs of "Application Registration", as they are posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegistrationForm {
    pub support_phone_kind: String,
    pub support_phone: String,
    pub support_email: String,
    pub support_website: String,
    pub support_name: String,
    pub platform_id_known: String,
    pub platform_id: String,
    pub platform: String,
    pub platform_name: String,
    pub client_kind: String,
    pub terms: String,
}

/// A registration begun.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Begun {
    pub details: DetailsForm,
    pub registration: RegistrationForm,
}

impl Begun {
    pub async fn find(web: &Web, vendor: &Vendor) -> Result<Option<Self>, Failure> {
        let mut ctx = web.services.store.read().await?;
        let draft = drafts::find(&mut ctx, &vendor.account.id, Draft::Application).await?;
        Ok(draft.and_then(|json| serde_json::from_str(&json).ok()))
    }

    pub async fn save(&self, web: &Web, vendor: &Vendor) -> Result<(), Failure> {
        let json = serde_json::to_string(self).map_err(|error| Failure::internal(&error))?;
        let mut ctx = web.services.store.write().await?;
        drafts::save(&mut ctx, &vendor.account.id, Draft::Application, &json).await?;
        Ok(ctx.commit().await?)
    }

    /// What is wrong with the first page alone.
    pub fn errors_in_details(&self, offered: &[ProgramId]) -> Vec<FieldError> {
        let errors = self.clone().whole().parse(offered).err().unwrap_or_default();
        errors.into_iter().filter(|error| is_detail(&error.field)).collect()
    }

    /// The same with what the deployment reserves.
    pub fn errors_in_details_of(&self, web: &Web) -> Vec<FieldError> {
        let mut errors = self.errors_in_details(&offered(web));
        if Reserved::of(&web.services.programs).covers(&self.details.name)
            && !errors.iter().any(|error| error.field == "name")
        {
            errors.insert(0, FieldError::new("name", Code::Reserved));
        }
        errors
    }

    pub fn whole(self) -> ApplicationForm {
        let Self { details, registration } = self;
        let checked = |word: &str| {
            if details.access.iter().any(|access| access == word) { "on".to_owned() } else { String::new() }
        };
        ApplicationForm {
            access_public: checked("public"),
            access_patient: checked("patient"),
            name: details.name,
            programs: details.programs,
            environment: details.environment,
            privacy_url: details.privacy_url,
            redirect_uri: details.redirect_uri,
            description: details.description,
            support_phone_kind: registration.support_phone_kind,
            support_phone: registration.support_phone,
            support_email: registration.support_email,
            support_website: registration.support_website,
            support_name: registration.support_name,
            platform_id_known: registration.platform_id_known,
            platform_id: registration.platform_id,
            platform: registration.platform,
            platform_name: registration.platform_name,
            client_kind: registration.client_kind,
            terms: registration.terms,
        }
    }
}

/// To edit what was registered, or to register it anew.
impl From<ApplicationForm> for Begun {
    fn from(form: ApplicationForm) -> Self {
        let access = [("public", &form.access_public), ("patient", &form.access_patient)];
        let access =
            access.into_iter().filter(|(_, checked)| !checked.is_empty()).map(|(word, _)| word.to_owned()).collect();
        Self {
            details: DetailsForm {
                access,
                name: form.name,
                programs: form.programs,
                environment: form.environment,
                privacy_url: form.privacy_url,
                redirect_uri: form.redirect_uri,
                description: form.description,
                from: String::new(),
            },
            registration: RegistrationForm {
                support_phone_kind: form.support_phone_kind,
                support_phone: form.support_phone,
                support_email: form.support_email,
                support_website: form.support_website,
                support_name: form.support_name,
                platform_id_known: form.platform_id_known,
                platform_id: form.platform_id,
                platform: form.platform,
                platform_name: form.platform_name,
                client_kind: form.client_kind,
                terms: form.terms,
            },
        }
    }
}

/// Whether the field stands on the first page.
pub fn is_detail(field: &str) -> bool {
    matches!(field, "name" | "access" | "programs" | "environment" | "privacy_url" | "redirect_uri" | "description")
}

/// The ids of the deployment's programs.
pub fn offered(web: &Web) -> Vec<ProgramId> {
    web.services.programs.iter().map(|program| program.id.clone()).collect()
}

const STEPS: [&str; 2] = ["App Details", "Application Registration"];

/// One of the two pages.
pub fn step_page(vendor: &Vendor, current: usize, view: impl IntoView + 'static) -> Page {
    let view = view! {
        <h1>"Register New App"</h1>
        <Steps names=&STEPS current />
        {view}
    };
    vendor.page(format!("Register New App, step {}", current + 1), view).at(details::PATH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_pages_are_the_whole_form() {
        let word = |text: &str| text.to_owned();
        let form = ApplicationForm {
            name: word("Acme"),
            access_patient: word("on"),
            programs: vec![word("idaho")],
            platform: word("web"),
            terms: word("on"),
            ..ApplicationForm::default()
        };
        assert_eq!(Begun::from(form.clone()).whole(), form);
    }

    #[test]
    fn errors_are_told_on_their_page() {
        let offered = [ProgramId::new("idaho")];
        let fields: Vec<_> =
            Begun::default().errors_in_details(&offered).into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["name", "access", "programs", "environment", "redirect_uri", "description"]);
    }
}
