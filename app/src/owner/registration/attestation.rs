//! Step 2 of the organization registration: what it attests about privacy and security.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{attestation::Practice, form::Form as _, organization_form::AttestationForm};

use super::{Begun, demographics, review, step_page};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    owner::vendor::Vendor,
    page::Page,
    texts::{
        notices::Reason,
        owner::{BACK, CONTINUE, registration as text},
    },
    web::Web,
};

pub const PATH: &str = "/owner/organization/register/attestation";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let begun = Begun::resume(&web, &vendor).await?;
    if begun.form.demographics.parse().is_err() {
        return Err(Failure::because(demographics::PATH, Reason::StepFirst));
    }
    let form = Form::of::<AttestationForm>(&web).await?.fill(&begun.form.attestation);
    let fields = form.clone();
    let practices = Practice::ALL.iter().map(|practice| form.field(practice.as_str())).collect_view();
    let view = view! {
        <ErrorSummary form />
        <PostForm to=OrganizationAttestation::PATH class="usa-form--wide">
            {fields.field("officers_sanctioned")}
            {fields.field("privacy_url")}
            <fieldset class="usa-fieldset form-section">
                <legend class="usa-legend usa-legend--large">{text::PRACTICES}</legend>
                <p>{text::ABOUT_PRACTICES}</p>
                {practices}
            </fieldset>
            {fields.field("explanation")}
            <Actions submit=CONTINUE cancel=BACK cancel_to=demographics::PATH />
        </PostForm>
    };
    Ok(step_page(&vendor, 1, view))
}

/// Keeps the step's answers, right or wrong, and continues when they are right.
#[server(endpoint = "organization-attestation")]
pub async fn organization_attestation(#[server(flatten)] form: AttestationForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let mut begun = Begun::resume(&web, &vendor).await?;
    begun.form.attestation = form;
    begun.save(&web, &vendor).await?;
    let form = &begun.form.attestation;
    match form.parse() {
        Ok(_) => web.redirect(review::PATH),
        Err(errors) => web.refuse(AttestationForm::NAME, PATH, form, errors).await?,
    }
    Ok(())
}
