//! Step 1 of the organization registration: who and where.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form::{Code, FieldError, Form as _},
    organization_form::DemographicsForm,
};
use registry::names::Reserved;

use super::{Begun, attestation, step_page};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::Form,
    owner::{dashboard, vendor::Vendor},
    page::Page,
    texts::owner::{CANCEL, CONTINUE, registration as text},
    web::Web,
};

pub const PATH: &str = "/owner/organization/register";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let begun = Begun::resume(&web, &vendor).await?;
    let form = Form::of::<DemographicsForm>(&web).await?.fill(&begun.form.demographics);
    let fields = form.clone();
    let view = view! {
        <p>{text::KEPT}</p>
        <ErrorSummary form />
        <PostForm to=OrganizationDemographics::PATH class="usa-form--wide">
            {fields.field("name")}
            <fieldset class="usa-fieldset form-section">
                <legend class="usa-legend usa-legend--large">{text::MAILING_ADDRESS}</legend>
                {address_fields(&fields, "mailing_")}
            </fieldset>
            {fields.field("tin_kind")}
            {fields.field("tin")}
            <fieldset class="usa-fieldset form-section same-address">
                <legend class="usa-legend usa-legend--large">{text::PHYSICAL_ADDRESS}</legend>
                {fields.field("physical_same")}
                <div class="same-address__other">
                    {address_fields(&fields, "physical_")}
                </div>
            </fieldset>
            <Actions submit=CONTINUE cancel=CANCEL cancel_to=dashboard::PATH />
        </PostForm>
    };
    Ok(step_page(&vendor, 0, view))
}

/// Country to postal code, the last two side by side.
fn address_fields(form: &Form, prefix: &str) -> impl IntoView + use<> {
    let names = form.inputs.iter().map(|input| input.name).filter(|name| name.starts_with(prefix));
    let mut fields: Vec<AnyView> = names.filter(|name| !name.ends_with("_same")).map(|name| form.field(name)).collect();
    let row = fields.split_off(fields.len().saturating_sub(2));
    view! { {fields} <div class="form-row">{row}</div> }
}

/// Keeps the step's answers, right or wrong, and continues when they are right.
#[server(endpoint = "organization-demographics")]
pub async fn organization_demographics(#[server(flatten)] form: DemographicsForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let mut begun = Begun::resume(&web, &vendor).await?;
    begun.form.demographics = form;
    begun.save(&web, &vendor).await?;
    let form = &begun.form.demographics;
    match form.parse() {
        Ok(demographics) if Reserved::of(&web.services.programs).covers(demographics.name.as_str()) => {
            web.refuse(DemographicsForm::NAME, PATH, form, [FieldError::new("name", Code::Reserved)]).await?;
        }
        Ok(_) => web.redirect(attestation::PATH),
        Err(errors) => web.refuse(DemographicsForm::NAME, PATH, form, errors).await?,
    }
    Ok(())
}
