//! Step 2 of the organization registration: what it attests about privacy and security.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{attestation::Practice, form::Form as _, organization_form::AttestationForm};

use super::{demographics, resume, resume_form, review, step_first, step_page};
use crate::{
    components::form::ErrorSummary,
    failure::Failure,
    form::Form,
    owner::draft::{
        Posted,
        form::{Frame, both_states, draft_form},
    },
    page::Page,
    texts::owner::{CONTINUE, registration as text},
    web::Web,
};

pub const PATH: &str = "/owner/organization/register/attestation";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (opened, begun) = resume(&web).await?;
    if begun.form.demographics.parse().is_err() {
        return Err(step_first(&opened, demographics::PATH));
    }
    let form = Form::of::<AttestationForm>(&web).await?.fill(&begun.form.attestation);
    let both = both_states(&opened, &form, &begun.form.attestation, PATH);
    let practices = Practice::ALL.iter().map(|practice| form.field(practice.as_str())).collect_view();
    let fields = view! {
        {form.field("officers_sanctioned")}
        {form.field("privacy_url")}
        <fieldset class="usa-fieldset form-section">
            <legend class="usa-legend usa-legend--large">{text::PRACTICES}</legend>
            <p>{text::ABOUT_PRACTICES}</p>
            {practices}
        </fieldset>
        {form.field("explanation")}
    };
    let frame = Frame {
        to: OrganizationAttestation::PATH,
        path: PATH,
        submit: CONTINUE,
        has_back: true,
        from: String::new(),
        files: false,
    };
    let view = view! {
        <ErrorSummary form=form.clone() />
        {both}
        {draft_form(&web, &opened, &form, &frame, fields)}
    };
    Ok(step_page(&opened.vendor, 1, view))
}

/// Saves the step's answers, right or wrong, and continues when they are right.
#[server(endpoint = "organization-attestation")]
pub async fn organization_attestation(#[server(flatten)] posted: Posted<AttestationForm>) -> Result<(), Failure> {
    let web = Web::current()?;
    let (opened, mut begun) = resume_form(&web, &posted).await?;
    begun.form.attestation = posted.form.clone();
    PATH.clone_into(&mut begun.saved_by);
    let Some(mark) = opened.keep(&web, (AttestationForm::NAME, PATH), &posted, &begun).await? else { return Ok(()) };
    if posted.goes_back() {
        web.redirect(mark.on(demographics::PATH));
        return Ok(());
    }
    let form = &begun.form.attestation;
    match form.parse() {
        Ok(_) => web.redirect(mark.on(review::PATH)),
        Err(errors) => web.refuse(AttestationForm::NAME, mark.on(PATH), form, errors).await?,
    }
    Ok(())
}
