//! Step 1 of the organization registration: who and where.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    country::CountryCode,
    form::{Code, FieldError},
    organization_form::OrganizationForm,
};
use registry::names::Reserved;

use super::{Begun, attestation, step_page, with_attestation_of};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{
        Form,
        input::{Choice, Input},
    },
    islands::check::Check,
    owner::{dashboard, vendor::Vendor},
    page::Page,
    web::Web,
};

pub const PATH: &str = "/owner/organization/register";
const FORM: &str = "organization-demographics";

/// The inputs of an address, in the order of the page.
type AddressNames = [&'static str; 6];

const MAILING: AddressNames =
    ["mailing_country", "mailing_line1", "mailing_line2", "mailing_city", "mailing_region", "mailing_postal_code"];
const PHYSICAL: AddressNames = [
    "physical_country",
    "physical_line1",
    "physical_line2",
    "physical_city",
    "physical_region",
    "physical_postal_code",
];

fn inputs() -> Vec<Input> {
    let kinds = vec![Choice::new("us", "US Number"), Choice::new("international", "International Number")];
    let tin = "What is the Federal Tax ID Number or Business Identifier for this Organization";
    let name = Input::text("name", "List the name of your company").autocomplete("organization").max_length(80);
    let number = Input::text("tin", "Number").max_length(40).check(Check::Tin);
    let mut inputs = vec![name];
    inputs.extend(address("Mailing address", MAILING));
    inputs.push(Input::radios("tin_kind", tin, kinds));
    inputs.push(number.hint("A US number has two digits, a hyphen and seven digits: 12-3456789."));
    inputs.push(Input::checkbox("physical_same", "Same as the mailing address").optional());
    inputs.extend(address("Physical address", PHYSICAL));
    inputs
}

fn address(which: &'static str, [country, line1, line2, city, region, postal_code]: AddressNames) -> [Input; 6] {
    let countries = CountryCode::all().map(|(code, name)| Choice::new(code.as_str(), name)).collect();
    let line = |name, label, autocomplete| Input::text(name, label).autocomplete(autocomplete).max_length(120);
    [
        Input::select(country, "Country", countries).autocomplete("country"),
        line(line1, "Street address", "address-line1"),
        line(line2, "Street address line 2", "address-line2").optional(),
        line(city, "City", "address-level2"),
        line(region, "State, province, or region", "address-level1").hint("In the US two letters, such as ID."),
        line(postal_code, "ZIP or postal code", "postal-code"),
    ]
    .map(|input| input.within(which))
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let begun = Begun::resume(&web, &vendor).await?;
    let form = Form::open(&web, FORM, inputs()).await?.fill(&begun.form);
    let fields = form.clone();
    let view = view! {
        <p>"All Questions are mandatory. What you type is kept after each step; you can come back to it later."</p>
        <ErrorSummary form />
        <PostForm to=OrganizationDemographics::PATH class="usa-form--wide">
            {fields.field("name")}
            <fieldset class="usa-fieldset form-section">
                <legend class="usa-legend usa-legend--large">
                    "What is the primary Mailing address of the organization offering this app?"
                </legend>
                {address_fields(&fields, MAILING)}
            </fieldset>
            {fields.field("tin_kind")}
            {fields.field("tin")}
            <fieldset class="usa-fieldset form-section same-address">
                <legend class="usa-legend usa-legend--large">
                    "What is the Physical address of the organization offering this app?"
                </legend>
                {fields.field("physical_same")}
                <div class="same-address__other">
                    {address_fields(&fields, PHYSICAL)}
                </div>
            </fieldset>
            <Actions submit="Continue" cancel="Cancel" cancel_to=dashboard::PATH />
        </PostForm>
    };
    Ok(step_page(&vendor, 0, view))
}

fn address_fields(form: &Form, names: AddressNames) -> impl IntoView + use<> {
    let [country, line1, line2, city, region, postal_code] = names.map(|name| form.field(name));
    view! { {country} {line1} {line2} {city} <div class="form-row">{region} {postal_code}</div> }
}

/// Keeps the step's answers, right or wrong, and goes on once they are right.
#[server(endpoint = "organization-demographics")]
pub async fn organization_demographics(#[server(flatten)] form: OrganizationForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let mut begun = Begun::resume(&web, &vendor).await?;
    begun.form = with_attestation_of(form, begun.form);
    begun.save(&web, &vendor).await?;
    match begun.form.demographics() {
        Ok(demographics) if Reserved::of(&web.services.programs).covers(demographics.name.as_str()) => {
            web.refuse(FORM, PATH, &begun.form, [FieldError::new("name", Code::Reserved)]).await?;
        }
        Ok(_) => web.redirect(attestation::PATH),
        Err(errors) => web.refuse(FORM, PATH, &begun.form, errors).await?,
    }
    Ok(())
}
