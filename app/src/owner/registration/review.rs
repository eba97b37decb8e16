//! Step 3 of the organization registration: everything again, the terms, and the submission.

use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    form::{Code, Form as _},
    organization_form::{OrganizationDraft, OrganizationForm, TermsForm},
};
use registry::{drafts, error::Error as Refused, organizations};

use super::{Begun, attestation, demographics, resume, resume_form, step_first, step_page};
use crate::{
    components::{
        form::ErrorSummary,
        marked::new_tab,
        organization::{AttestationFacts, OrganizationFacts},
    },
    failure::Failure,
    form::{Form, flash::Error},
    owner::{
        draft::{
            Mark, Opened, Posted,
            form::{Frame, draft_form},
        },
        organization,
        refusal::refusal,
    },
    page::Page,
    texts::{
        notices::{Notice, Reason},
        owner::{EDIT, READ_TERMS, SUBMIT, registration as text},
    },
    web::Web,
};

pub const PATH: &str = "/owner/organization/register/review";

pub async fn page(web: Web) -> Result<Page, Failure> {
    let (opened, Begun { form, .. }) = resume(&web).await?;
    let demographics = form.demographics.parse().map_err(|_| step_first(&opened, demographics::PATH))?;
    let attestation = form.attestation.parse().map_err(|_| step_first(&opened, attestation::PATH))?;
    let registration = OrganizationDraft { demographics, attestation: attestation.clone() };
    let form = Form::of::<TermsForm>(&web).await?;
    let mark = opened.mark();
    let fields = view! {
        {form.fields()}
        <p class="usa-hint">{new_tab(READ_TERMS, "/terms")}</p>
    };
    let frame = Frame {
        to: SubmitOrganization::PATH,
        path: PATH,
        submit: SUBMIT,
        has_back: true,
        from: String::new(),
        files: false,
    };
    let view = view! {
        <ErrorSummary form=form.clone() />
        <div class="heading-row">
            <h3>{text::DEMOGRAPHICS}</h3>
            {edit(mark.on(demographics::PATH), text::DEMOGRAPHICS)}
        </div>
        <OrganizationFacts registration />
        <div class="heading-row">
            <h3>{text::PRIVACY}</h3>
            {edit(mark.on(attestation::PATH), text::PRIVACY)}
        </div>
        <AttestationFacts attestation />
        {draft_form(&web, &opened, &form, &frame, fields)}
    };
    Ok(step_page(&opened.vendor, 2, view))
}

fn edit(path: String, section: &'static str) -> impl IntoView {
    view! { <a class="usa-link" href=path>{EDIT}<span class="usa-sr-only">{text::edit_of(section)}</span></a> }
}

/// Submits the draft; its page has nothing to save.
#[server(endpoint = "submit-organization")]
pub async fn submit_organization(#[server(flatten)] posted: Posted<TermsForm>) -> Result<(), Failure> {
    let web = Web::current()?;
    let (opened, mut begun) = resume_form(&web, &posted).await?;
    PATH.clone_into(&mut begun.saved_by);
    let Some(mark) = opened.keep(&web, (TermsForm::NAME, PATH), &posted, &begun).await? else { return Ok(()) };
    if posted.goes_back() {
        web.redirect(mark.on(attestation::PATH));
        return Ok(());
    }
    let whole = OrganizationForm { terms: posted.form.clone(), ..begun.form.clone() };
    let submitted = match whole.parse() {
        Ok(draft) => submit(&web, &opened, &mark, &begun, &draft).await?,
        Err(errors) => Err((mark, errors.into_iter().map(Into::into).collect())),
    };
    match submitted {
        Ok(()) => web.redirect(Notice::Submitted.on(organization::PATH)),
        Err((mark, errors)) => web.refuse(TermsForm::NAME, mark.on(PATH), &posted.form, errors).await?,
    }
    Ok(())
}

/// The draft as it is stored now, and what is wrong with it.
type Wrong = (Mark, Vec<Error>);

/// Registers the organization or sends a correction, or returns what is wrong. The draft ends with it. A correction of an
/// older version stays as it was typed, and corrects the current version when it is sent again.
async fn submit(
    web: &Web,
    opened: &Opened<Begun>,
    mark: &Mark,
    begun: &Begun,
    draft: &OrganizationDraft,
) -> Result<Result<(), Wrong>, Failure> {
    let (registry, account) = (&web.services.registry, &opened.vendor.account.id);
    let mut ctx = web.services.store.write().await?;
    match drafts::send(&mut ctx, account, &mark.id, mark.version).await {
        // Already sent, by another click or another tab.
        Err(Refused::NotFound) => return Err(Failure::because(organization::PATH, Reason::OrganizationRegistered)),
        sent => sent?,
    }
    let sent = match (&opened.organization, begun.version) {
        (Some(_), Some(version)) => {
            organizations::resubmit(&mut ctx, registry, opened.vendor.member()?.1, version, draft).await
        }
        _ => organizations::register(&mut ctx, registry, account, draft).await,
    };
    match sent {
        Ok(_) => {
            ctx.commit().await?;
            Ok(Ok(()))
        }
        Err(Refused::TooMany) => Ok(Err((mark.clone(), vec![Error::general(Code::TooManyOrganizations)]))),
        Err(error) => {
            let stale = matches!(error, Refused::Stale);
            drop(ctx);
            let errors = refusal(error)?;
            let mark = if stale { correct_current(web, opened, mark, begun).await? } else { mark.clone() };
            Ok(Err((mark, errors)))
        }
    }
}

/// Makes the draft one of the current version of the registration.
async fn correct_current(web: &Web, opened: &Opened<Begun>, mark: &Mark, begun: &Begun) -> Result<Mark, Failure> {
    let current =
        organizations::get(&mut web.services.store.read().await?, &opened.vendor.member()?.1.organization).await?;
    let begun = Begun { version: Some(current.version), ..begun.clone() };
    opened.overwrite(web, mark, &begun).await
}
