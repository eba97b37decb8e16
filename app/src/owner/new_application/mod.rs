//! Register New App, in two pages as in the seed programs. What was typed is a draft until the registration, which ends it, so
//! that a form sent twice registers one app.

pub mod details;
pub mod registration;

use leptos::prelude::*;
use model::{
    application_form::{ApplicationForm, DetailsForm, RegistrationForm},
    form::{
        Code, FieldError, Form as _,
        input::{Choice, Input},
    },
    partition::ProgramId,
};
use registry::{drafts::Kind, names::Reserved};
use serde::{Deserialize, Serialize};

use crate::{
    components::steps::Steps,
    form::Form,
    owner::{draft::Content, logo, vendor::Vendor},
    page::Page,
    texts::owner::new_application as text,
    web::Web,
};

/// A registration that was started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Begun {
    pub details: DetailsForm,
    pub registration: RegistrationForm,
    /// The page that saved it last: a form that is sent twice differs by it from another page that was saved meanwhile.
    pub saved_by: String,
}

impl Content for Begun {
    const KIND: Kind = Kind::Application;

    fn name(&self) -> &str {
        &self.details.name
    }
}

impl Begun {
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
        ApplicationForm { details: self.details, registration: self.registration }
    }
}

/// To edit what was registered, or to register it again.
impl From<ApplicationForm> for Begun {
    fn from(form: ApplicationForm) -> Self {
        Self { details: form.details, registration: form.registration, saved_by: String::new() }
    }
}

/// Whether the field is on the first page.
pub fn is_detail(field: &str) -> bool {
    DetailsForm::inputs().iter().any(|input| input.name == field)
}

/// "App Details" with what this deployment offers.
pub fn with_programs(form: Form, web: &Web) -> Form {
    let programs = &web.services.programs;
    let choices = programs.iter().map(|program| Choice::new(program.id.as_str(), program.name.clone())).collect();
    let note = programs.iter().next().map(|program| program.registration.redirect_uri_note.clone()).unwrap_or_default();
    form.offer("programs", choices).change("redirect_uri", |input| input.hint(note))
}

/// The inputs of "App Details" that the form has. What members read is asked where the app reads members' data.
pub fn detail_fields(form: &Form) -> impl IntoView + use<> {
    let (said, others): (Vec<_>, Vec<_>) =
        DetailsForm::inputs().into_iter().partition(|input| ["purpose", "retention"].contains(&input.name));
    let others = others.into_iter().filter(|input| !input.name.starts_with("logo"));
    let (last, first): (Vec<_>, Vec<_>) = others.partition(|input| input.name == "terms_url");
    let fields = |inputs: Vec<Input>| inputs.iter().map(|input| form.field(input.name)).collect_view();
    view! { {fields(first)} <div class="if-patient">{fields(said)}</div> {fields(last)} {logo::field(form)} }
}

/// The ids of the deployment's programs.
pub fn offered(web: &Web) -> Vec<ProgramId> {
    web.services.programs.iter().map(|program| program.id.clone()).collect()
}

const STEPS: [&str; 2] = [text::DETAILS, text::REGISTRATION];

/// One of the two pages.
pub fn step_page(vendor: &Vendor, current: usize, view: impl IntoView + 'static) -> Page {
    let view = view! {
        <h1>{text::TITLE}</h1>
        <Steps names=&STEPS current />
        {view}
    };
    vendor.page(text::step(current + 1), view).at(details::PATH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stand_on_their_page() {
        let offered = [ProgramId::new("idaho")];
        let fields: Vec<_> =
            Begun::default().errors_in_details(&offered).into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["name", "access", "programs", "environment", "redirect_uri", "description"]);
        let patient = DetailsForm { access: vec!["patient".to_owned()], ..DetailsForm::default() };
        let begun = Begun { details: patient, ..Begun::default() };
        let fields: Vec<_> = begun.errors_in_details(&offered).into_iter().map(|error| error.field).collect();
        assert_eq!(fields[4..], ["description", "purpose", "retention"]);
    }
}
