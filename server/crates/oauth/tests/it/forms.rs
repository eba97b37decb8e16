//! What a vendor fills in.

use model::{
    application::AccessType,
    application_form::ApplicationForm,
    organization_form::{OrganizationDraft, OrganizationForm},
    partition::Environment,
};

use crate::world::CALLBACK;

pub fn organization() -> OrganizationDraft {
    OrganizationForm::example().parse().unwrap()
}

pub fn application(
    name: &str,
    program: &str,
    environment: Environment,
    access: AccessType,
    kind: &str,
) -> ApplicationForm {
    let mut form = ApplicationForm::example(name, program);
    form.details.access = words(access);
    environment.as_str().clone_into(&mut form.details.environment);
    CALLBACK.clone_into(&mut form.details.redirect_uri);
    kind.clone_into(&mut form.registration.client_kind);
    form
}

fn words(access: AccessType) -> Vec<String> {
    let words = [("public", access.includes_public()), ("patient", access.includes_patient())];
    words.into_iter().filter(|(_, is_asked)| *is_asked).map(|(word, _)| word.to_owned()).collect()
}
