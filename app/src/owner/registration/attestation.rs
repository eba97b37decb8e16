//! Step 2 of the organization registration: what it attests about privacy and security.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{attestation::Practice, organization_form::OrganizationForm};

use super::{Begun, demographics, review, step_page, with_attestation_of};
use crate::{
    components::form::{Actions, ErrorSummary, PostForm},
    failure::Failure,
    form::{Form, input::Input},
    islands::check::Check,
    owner::vendor::Vendor,
    page::Page,
    texts::registry::{OFFICERS, practice_question},
    web::Web,
};

pub const PATH: &str = "/owner/organization/register/attestation";
const FORM: &str = "organization-attestation";

fn inputs() -> Vec<Input> {
    let practice = |practice: &Practice| Input::yes_no(practice.as_str(), practice_question(*practice));
    let url = Input::url("privacy_url", "Privacy Policy URL").check(Check::Https).max_length(2000);
    let explanation = Input::area("explanation", "Anything our reviewers should know about your answers", 4).optional();
    let mut inputs = vec![Input::yes_no("officers_sanctioned", OFFICERS)];
    inputs.push(url.hint("The public page that members read before they share their data, beginning with https://."));
    inputs.extend(Practice::ALL.iter().map(practice));
    inputs.push(explanation.max_length(2000));
    inputs
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let begun = Begun::resume(&web, &vendor).await?;
    if begun.form.demographics().is_err() {
        return Err(Failure::because(demographics::PATH, "step-first"));
    }
    let form = Form::open(&web, FORM, inputs()).await?.fill(&begun.form);
    let fields = form.clone();
    let practices = Practice::ALL.iter().map(|practice| form.field(practice.as_str())).collect_view();
    let view = view! {
        <ErrorSummary form />
        <PostForm to=OrganizationAttestation::PATH class="usa-form--wide">
            {fields.field("officers_sanctioned")}
            {fields.field("privacy_url")}
            <fieldset class="usa-fieldset form-section">
                <legend class="usa-legend usa-legend--large">"Privacy practices"</legend>
                <p>
                    "Health plans in the US ask apps to attest these six. A \"No\" does not turn you down by itself: our reviewers \
                     see it, and members are told of it before they consent."
                </p>
                {practices}
            </fieldset>
            {fields.field("explanation")}
            <Actions submit="Continue" cancel="Back" cancel_to=demographics::PATH />
        </PostForm>
    };
    Ok(step_page(&vendor, 1, view))
}

/// Keeps the step's answers, right or wrong, and goes on once they are right.
#[server(endpoint = "organization-attestation")]
pub async fn organization_attestation(#[server(flatten)] form: OrganizationForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let mut begun = Begun::resume(&web, &vendor).await?;
    begun.form = with_attestation_of(begun.form, form);
    begun.save(&web, &vendor).await?;
    match begun.form.attestation() {
        Ok(_) => web.redirect(review::PATH),
        Err(errors) => web.refuse(FORM, PATH, &begun.form, errors).await?,
    }
    Ok(())
}
