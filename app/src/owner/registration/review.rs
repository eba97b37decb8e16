//! Step 3 of the organization registration: everything once more, the terms, and off it goes.

use leptos::{prelude::*, server_fn::ServerFn};
use model::organization_form::{OrganizationDraft, OrganizationForm};
use registry::{
    drafts::{self, Draft},
    organizations,
};
use serde::{Deserialize, Serialize};

use super::{Begun, attestation, demographics, step_page};
use crate::{
    components::{
        form::{Actions, ErrorSummary, PostForm},
        organization::{AttestationFacts, OrganizationFacts},
    },
    failure::Failure,
    form::{Form, flash::Error, input::Input},
    owner::{organization, refusal::refusal, vendor::Vendor},
    page::Page,
    web::Web,
};

pub const PATH: &str = "/owner/organization/register/review";
const FORM: &str = "organization-review";

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TermsForm {
    terms: String,
}

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let form = Begun::resume(&web, &vendor).await?.form;
    let demographics = form.demographics().map_err(|_| Failure::because(demographics::PATH, "step-first"))?;
    let attestation = form.attestation().map_err(|_| Failure::because(attestation::PATH, "step-first"))?;
    let registration = OrganizationDraft { demographics, attestation: attestation.clone() };
    let form = Form::open(&web, FORM, vec![Input::checkbox("terms", "I agree to the terms and conditions")]).await?;
    let fields = form.clone();
    let view = view! {
        <ErrorSummary form />
        <div class="heading-row">
            <h3>"Organization Demographics"</h3>
            <a class="usa-link" href=demographics::PATH>"Edit"<span class="usa-sr-only">" Organization Demographics"</span></a>
        </div>
        <OrganizationFacts registration />
        <div class="heading-row">
            <h3>"Privacy and Security"</h3>
            <a class="usa-link" href=attestation::PATH>"Edit"<span class="usa-sr-only">" Privacy and Security"</span></a>
        </div>
        <AttestationFacts attestation />
        <PostForm to=SubmitOrganization::PATH class="usa-form--wide">
            {fields.fields()}
            <p class="usa-hint">
                "Read the "<a class="usa-link" href="/terms" target="_blank" rel="noopener">"terms and conditions"</a>
                " (opens in a new tab)."
            </p>
            <Actions submit="Submit" cancel="Back" cancel_to=attestation::PATH />
        </PostForm>
    };
    Ok(step_page(&vendor, 2, view))
}

#[server(endpoint = "submit-organization")]
pub async fn submit_organization(#[server(flatten)] form: TermsForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let begun = Begun::resume(&web, &vendor).await?;
    let whole = OrganizationForm { terms: form.terms.clone(), ..begun.form };
    let submitted = match whole.parse() {
        Ok(draft) => submit(&web, &vendor, begun.version, &draft).await?,
        Err(errors) => Err(errors.into_iter().map(Into::into).collect()),
    };
    match submitted {
        Ok(()) => web.redirect(format!("{}?done=submitted", organization::PATH)),
        Err(errors) => web.refuse(FORM, PATH, &form, errors).await?,
    }
    Ok(())
}

/// Registers, or sends the correction of what was registered; what is wrong with it otherwise. The draft ends with it,
/// and also where it was made from an older version: the page then begins anew with the current one.
async fn submit(
    web: &Web,
    vendor: &Vendor,
    version: Option<i64>,
    draft: &OrganizationDraft,
) -> Result<Result<(), Vec<Error>>, Failure> {
    let registry = &web.services.registry;
    let mut ctx = web.services.store.write().await?;
    drafts::end(&mut ctx, &vendor.account.id, Draft::Organization).await?;
    let sent = match (&vendor.belongs, version) {
        (Some((_, member)), Some(version)) => organizations::resubmit(&mut ctx, registry, member, version, draft).await,
        _ => organizations::register(&mut ctx, registry, &vendor.account.id, draft).await,
    };
    match sent {
        Ok(_) => {
            ctx.commit().await?;
            Ok(Ok(()))
        }
        // Sent already, by another click or another tab.
        Err(registry::error::Error::AlreadyRegistered) => {
            Err(Failure::because(organization::PATH, "organization-registered"))
        }
        Err(error) => {
            let stale = matches!(error, registry::error::Error::Stale);
            drop(ctx);
            if stale {
                begin_anew(web, vendor).await?;
            }
            refusal(error).map(Err)
        }
    }
}

async fn begin_anew(web: &Web, vendor: &Vendor) -> Result<(), Failure> {
    let mut ctx = web.services.store.write().await?;
    drafts::end(&mut ctx, &vendor.account.id, Draft::Organization).await?;
    Ok(ctx.commit().await?)
}
