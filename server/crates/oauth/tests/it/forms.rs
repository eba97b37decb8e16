//! What a vendor fills in.

use model::{
    application::AccessType,
    application_form::ApplicationForm,
    organization_form::{OrganizationDraft, OrganizationForm},
    partition::Environment,
};

use crate::world::CALLBACK;

pub fn organization() -> OrganizationDraft {
    let form = |text: &str| text.to_owned();
    OrganizationForm {
        name: form("Acme Inc."),
        mailing_line1: form("1 Main Street"),
        mailing_city: form("Boise"),
        mailing_region: form("ID"),
        mailing_postal_code: form("83702"),
        mailing_country: form("US"),
        tin_kind: form("us"),
        tin: form("12-3456789"),
        physical_same: form("on"),
        officers_sanctioned: form("no"),
        privacy_url: form("https://acme.example/privacy"),
        collection: form("yes"),
        consent: form("yes"),
        disclosure: form("yes"),
        member_access: form("yes"),
        safeguards: form("yes"),
        retention: form("yes"),
        terms: form("on"),
        ..OrganizationForm::default()
    }
    .parse()
    .unwrap()
}

pub fn application(
    name: &str,
    program: &str,
    environment: Environment,
    access: AccessType,
    kind: &str,
) -> ApplicationForm {
    let form = |text: &str| text.to_owned();
    let check = |checked: bool| if checked { form("on") } else { String::new() };
    ApplicationForm {
        name: form(name),
        access_public: check(access.includes_public()),
        access_patient: check(access.includes_patient()),
        programs: vec![form(program)],
        environment: form(environment.as_str()),
        redirect_uri: form(CALLBACK),
        description: form("Shows your claims."),
        support_phone_kind: form("us"),
        support_phone: form("2085550123"),
        support_email: form("help@acme.example"),
        support_website: form("https://acme.example/help"),
        support_name: form("Ada Lovelace"),
        platform_id_known: form("no"),
        platform: form("web"),
        platform_name: form(name),
        client_kind: form(kind),
        terms: form("on"),
        ..ApplicationForm::default()
    }
}
