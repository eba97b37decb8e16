//! Step 3 of the organization registration: everything again, the terms, and the submission.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form::Form as _,
    organization_form::{OrganizationDraft, OrganizationForm, TermsForm},
};
use registry::{
    drafts::{self, Draft},
    organizations,
};

use super::{Begun, attestation, demographics, step_page};
use crate::{
    components::{
        form::{Actions, ErrorSummary, PostForm},
        marked::new_tab,
        organization::{AttestationFacts, OrganizationFacts},
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{organization, refusal::refusal, vendor::Vendor},
    page::Page,
    texts::{
        notices::{Notice, Reason},
        owner::{BACK, EDIT, READ_TERMS, SUBMIT, registration as text},
    },
    web::Web,
};

pub const PATH: &str = "/owner/organization/register/review";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let vendor = Vendor::enter(&web).await?;
    let form = Begun::resume(&web, &vendor).await?.form;
    let demographics =
        form.demographics.parse().map_err(|_| Failure::because(demographics::PATH, Reason::StepFirst))?;
    let attestation = form.attestation.parse().map_err(|_| Failure::because(attestation::PATH, Reason::StepFirst))?;
    let registration = OrganizationDraft { demographics, attestation: attestation.clone() };
    let form = Form::of::<TermsForm>(&web).await?;
    let fields = form.clone();
    let view = view! {
        <ErrorSummary form />
        <div class="heading-row">
            <h3>{text::DEMOGRAPHICS}</h3>
            {edit(demographics::PATH, text::DEMOGRAPHICS)}
        </div>
        <OrganizationFacts registration />
        <div class="heading-row">
            <h3>{text::PRIVACY}</h3>
            {edit(attestation::PATH, text::PRIVACY)}
        </div>
        <AttestationFacts attestation />
        <PostForm to=SubmitOrganization::PATH class="usa-form--wide">
            {fields.fields()}
            <p class="usa-hint">{new_tab(READ_TERMS, "/terms")}</p>
            <Actions submit=SUBMIT cancel=BACK cancel_to=attestation::PATH />
        </PostForm>
    };
    Ok(step_page(&vendor, 2, view))
}

fn edit(path: &'static str, section: &'static str) -> impl IntoView {
    view! { <a class="usa-link" href=path>{EDIT}<span class="usa-sr-only">{text::edit_of(section)}</span></a> }
}

#[server(endpoint = "submit-organization")]
pub async fn submit_organization(#[server(flatten)] form: TermsForm) -> Result<(), Failure> {
    let web = Web::current()?;
    let vendor = Vendor::enter(&web).await?;
    let begun = Begun::resume(&web, &vendor).await?;
    let whole = OrganizationForm { terms: form.clone(), ..begun.form };
    let submitted = match whole.parse() {
        Ok(draft) => submit(&web, &vendor, begun.version, &draft).await?,
        Err(errors) => Err(errors.into_iter().map(Into::into).collect()),
    };
    match submitted {
        Ok(()) => web.redirect(Notice::Submitted.on(organization::PATH)),
        Err(errors) => web.refuse(TermsForm::NAME, PATH, &form, errors).await?,
    }
    Ok(())
}

/// Registers the organization or sends a correction, or returns what is wrong. The draft ends with it. A draft of an older
/// version ends too, and the page then starts again with the current version.
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
        // Already sent, by another click or another tab.
        Err(registry::error::Error::AlreadyRegistered) => {
            Err(Failure::because(organization::PATH, Reason::OrganizationRegistered))
        }
        Err(error) => {
            let stale = matches!(error, registry::error::Error::Stale);
            drop(ctx);
            if stale {
                begin_again(web, vendor).await?;
            }
            refusal(error).map(Err)
        }
    }
}

async fn begin_again(web: &Web, vendor: &Vendor) -> Result<(), Failure> {
    let mut ctx = web.services.store.write().await?;
    drafts::end(&mut ctx, &vendor.account.id, Draft::Organization).await?;
    Ok(ctx.commit().await?)
}
