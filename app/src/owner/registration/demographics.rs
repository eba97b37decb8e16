//! Step 1 of the organization registration: who and where.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form::{Code, FieldError, Form as _},
    organization_form::DemographicsForm,
};
use registry::names::Reserved;

use super::{attestation, resume, resume_form, step_page};
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

pub const PATH: &str = "/owner/organization/register";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (opened, begun) = resume(&web).await?;
    let form = Form::of::<DemographicsForm>(&web).await?.fill(&begun.form.demographics);
    let both = both_states(&opened, &form, &begun.form.demographics, PATH);
    let fields = view! {
        {form.field("name")}
        <fieldset class="usa-fieldset form-section">
            <legend class="usa-legend usa-legend--large">{text::MAILING_ADDRESS}</legend>
            {address_fields(&form, "mailing_")}
        </fieldset>
        {form.field("tin_kind")}
        {form.field("tin")}
        <fieldset class="usa-fieldset form-section same-address">
            <legend class="usa-legend usa-legend--large">{text::PHYSICAL_ADDRESS}</legend>
            {form.field("physical_same")}
            <div class="same-address__other">
                {address_fields(&form, "physical_")}
            </div>
        </fieldset>
    };
    let frame = Frame {
        to: OrganizationDemographics::PATH,
        path: PATH,
        submit: CONTINUE,
        has_back: false,
        from: String::new(),
        files: false,
    };
    let view = view! {
        <p>{text::KEPT}</p>
        <ErrorSummary form=form.clone() />
        {both}
        {draft_form(&web, &opened, &form, &frame, fields)}
    };
    Ok(step_page(&opened.vendor, 0, view))
}

/// Country to postal code, the last two side by side.
fn address_fields(form: &Form, prefix: &str) -> impl IntoView + use<> {
    let names = form.inputs.iter().map(|input| input.name).filter(|name| name.starts_with(prefix));
    let mut fields: Vec<AnyView> = names.filter(|name| !name.ends_with("_same")).map(|name| form.field(name)).collect();
    let row = fields.split_off(fields.len().saturating_sub(2));
    view! { {fields} <div class="form-row">{row}</div> }
}

/// Saves the step's answers, right or wrong, and continues when they are right.
#[server(endpoint = "organization-demographics")]
pub async fn organization_demographics(#[server(flatten)] posted: Posted<DemographicsForm>) -> Result<(), Failure> {
    let web = Web::current()?;
    let (opened, mut begun) = resume_form(&web, &posted).await?;
    begun.form.demographics = posted.form.clone();
    PATH.clone_into(&mut begun.saved_by);
    let Some(mark) = opened.keep(&web, (DemographicsForm::NAME, PATH), &posted, &begun).await? else { return Ok(()) };
    let (form, page) = (&begun.form.demographics, mark.on(PATH));
    match form.parse() {
        Ok(demographics) if Reserved::of(&web.services.programs).covers(demographics.name.as_str()) => {
            web.refuse(DemographicsForm::NAME, page, form, [FieldError::new("name", Code::Reserved)]).await?;
        }
        Ok(_) => web.redirect(mark.on(attestation::PATH)),
        Err(errors) => web.refuse(DemographicsForm::NAME, page, form, errors).await?,
    }
    Ok(())
}
