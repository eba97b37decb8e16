//! From a filled-in form to a client id, and to a review if the product's table asks for one.

use mail::messages::{self, desk::Arrival};
use model::{
    application::{Approval, ClientKind},
    application_form::ApplicationDraft,
    form::{Code, FieldError},
    history::Action,
    id::{ApplicationId, SubmissionId},
    partition::Environment,
};
use store::Ctx;

use super::{Application, Registered, RegistrationOutcome, get, row};
use crate::{
    Registry, credentials,
    error::{Error, Result},
    history::{self, Change},
    lists, logos, names,
    notices::{self, AppFacts, Notice},
    organizations,
    reviews::rounds::{self, Opened},
    subject::Subject,
    submissions,
    team::Member,
};

pub(super) async fn register(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    draft: &ApplicationDraft,
) -> Result<Registered> {
    if !organizations::get(ctx, &member.organization).await?.status.is_approved() {
        return Err(Error::OrganizationNotApproved);
    }
    check_partitions(registry, draft)?;
    check_names(ctx, registry, None, draft).await?;
    logos::keep(ctx, &member.organization, draft.logo.as_ref()).await?;
    let approval = Approval::at_registration(draft.environment, draft.access);
    let id = ApplicationId::new(ctx.random_id());
    reserve_name(ctx, member, draft, approval).await?;
    names::claim_scheme(ctx, &member.organization, &draft.redirect_uri).await?;
    row::insert(ctx, member, &id, approval, draft).await?;
    let subject = Subject::Application(member.organization.clone(), id.clone());
    let submission = submissions::add_application(ctx, registry, &subject, &member.account, draft).await?;
    row::name_submission(ctx, &id, &submission).await?;
    lists::apply_to_new(ctx, &member.organization, &id).await?;
    let secret = match draft.client_kind {
        ClientKind::Confidential => Some(credentials::insert(ctx, &id, &member.account).await?),
        ClientKind::Public | ClientKind::Unknown => None,
    };
    let application = get(ctx, member, &id).await?;
    let outcome = outcome(&application);
    match approval {
        Approval::PendingReview => submit(ctx, registry, member, &application, &submission).await?,
        _ => confirm(ctx, registry, &application).await?,
    }
    history::record(ctx, &subject, &Change::vendor(member, Action::Registered).about(&submission)).await?;
    Ok(Registered { application, secret, outcome })
}

fn outcome(application: &Application) -> RegistrationOutcome {
    let live = application.liveness();
    match (live.public(), live.patient()) {
        _ if application.approval.is_granted() => RegistrationOutcome::Live,
        (Ok(()), _) => RegistrationOutcome::PublicLive,
        _ => RegistrationOutcome::UnderReview,
    }
}

/// Every program must exist here and serve the environment.
pub(super) fn check_partitions(registry: &Registry, draft: &ApplicationDraft) -> Result<()> {
    let served = |id| registry.programs.get(id).is_some_and(|program| program.serves(draft.environment));
    if !draft.programs.is_empty() && draft.programs.iter().all(served) {
        return Ok(());
    }
    Err(Error::Fields(vec![FieldError::new("programs", Code::NotAChoice)]))
}

/// Refuses names that members could confuse with the plan's, and what belongs to a blocked app. `before` is what the app has.
pub(crate) async fn check_names(
    ctx: &mut Ctx,
    registry: &Registry,
    before: Option<&ApplicationDraft>,
    draft: &ApplicationDraft,
) -> Result<()> {
    names::check_reserved(registry, &[("name", &draft.name), ("platform_name", &draft.platform.name)])?;
    names::check_blocked(ctx, before, draft).await
}

/// A production app that is live immediately takes its name. Any other app may only not use another vendor's name.
pub(super) async fn reserve_name(
    ctx: &mut Ctx,
    member: &Member,
    draft: &ApplicationDraft,
    approval: Approval,
) -> Result<()> {
    if draft.environment == Environment::Production && approval.is_granted() {
        names::claim(ctx, &member.organization, &draft.name).await
    } else {
        names::check(ctx, &member.organization, &draft.name).await
    }
}

/// Opens a round of review and confirms it by email.
pub(super) async fn submit(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    application: &Application,
    submission: &SubmissionId,
) -> Result<()> {
    let review = rounds::open(ctx, &application.subject(), &member.account, submission, Opened::Registration).await?;
    notices::arrived(ctx, registry, Arrival::Application, application.name(), &review).await?;
    let facts = AppFacts::of(registry, application);
    let letter = match application.liveness().public() {
        Ok(()) => messages::application::received_in_part,
        Err(_) => messages::application::received,
    };
    let notice = Notice { event: "application-received", id: review.as_str() };
    notices::to_owners(ctx, &application.organization, notice, |reader| letter(&registry.site, reader, &facts.app()))
        .await
}

async fn confirm(ctx: &mut Ctx, registry: &Registry, application: &Application) -> Result<()> {
    let facts = AppFacts::of(registry, application);
    let notice = Notice { event: "application-registered", id: application.id.as_str() };
    notices::to_owners(ctx, &application.organization, notice, |reader| {
        messages::application::registered(&registry.site, reader, &facts.app())
    })
    .await
}
