//! From a filled-in form to a client id, and to a review where the product's table asks for one.

use mail::messages;
use model::{
    application::{Approval, ClientKind, Standing},
    application_form::ApplicationDraft,
    form::{Code, FieldError},
    history::Action,
    id::{ApplicationId, ClientId},
    partition::Environment,
};
use store::{Ctx, sql};

use super::{Application, Registered, RegistrationOutcome, get, row};
use crate::{
    Registry, credentials,
    error::{Error, Result},
    history::{self, Change},
    names,
    notices::{self, AppFacts, Notice},
    organizations,
    reviews::rounds,
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
    let approval = Approval::at_registration(draft.environment, draft.access);
    let id = ApplicationId::new(ctx.random_id());
    reserve_name(ctx, member, draft, approval).await?;
    names::claim_scheme(ctx, &member.organization, &draft.redirect_uri).await?;
    insert(ctx, member, &id, draft, approval).await?;
    insert_programs(ctx, &id, draft).await?;
    let secret = match draft.client_kind {
        ClientKind::Confidential => Some(credentials::insert(ctx, &id, &member.account).await?),
        ClientKind::Public | ClientKind::Unknown => None,
    };
    let application = get(ctx, member, &id).await?;
    let outcome = outcome(&application);
    match approval {
        Approval::PendingReview => submit(ctx, registry, member, &application).await?,
        _ => confirm(ctx, registry, &application).await?,
    }
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::Registered)).await?;
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

/// Refuses what members would take for the plan's, and what belongs to a blocked app; `before` is what the app has.
pub(crate) async fn check_names(
    ctx: &mut Ctx,
    registry: &Registry,
    before: Option<&ApplicationDraft>,
    draft: &ApplicationDraft,
) -> Result<()> {
    names::check_reserved(registry, &[("name", &draft.name), ("platform_name", &draft.platform.name)])?;
    names::check_blocked(ctx, before, draft).await
}

/// A production app that is live at once takes its name; any other must only not use another vendor's.
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

async fn insert(
    ctx: &mut Ctx,
    member: &Member,
    id: &ApplicationId,
    draft: &ApplicationDraft,
    approval: Approval,
) -> Result<()> {
    let query = sql("INSERT INTO application (access, name, privacy_url, redirect_uri, description, support_phone,
             support_email, support_website, support_name, platform, platform_id, platform_name, id, organization_id,
             client_id, environment, client_kind, approval, standing, version, terms_agreed_at, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1, $20, $20, $20)");
    row::bind(query, draft)
        .bind(id)
        .bind(&member.organization)
        .bind(&ClientId::new(ctx.random_id()))
        .bind(draft.environment)
        .bind(draft.client_kind.as_str())
        .bind(approval.as_str())
        .bind(Standing::Active.as_str())
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

pub(super) async fn insert_programs(ctx: &mut Ctx, id: &ApplicationId, draft: &ApplicationDraft) -> Result<()> {
    for program in &draft.programs {
        let query = sql("INSERT INTO application_program (application_id, program) VALUES ($1, $2)");
        query.bind(id).bind(program).execute(&mut ctx.tx).await?;
    }
    Ok(())
}

/// Opens a round of review and says so by mail.
pub(super) async fn submit(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    application: &Application,
) -> Result<()> {
    let review = rounds::open(ctx, &application.subject(), &member.account).await?;
    let facts = AppFacts::of(registry, application);
    let letter = match application.liveness().public() {
        Ok(()) => messages::application::received_in_part,
        Err(_) => messages::application::received,
    };
    let notice = Notice { event: "application-received", id: review.as_str() };
    notices::to_owners(ctx, &application.organization, notice, |to, name| {
        letter(&registry.site, to, name, &facts.app())
    })
    .await
}

async fn confirm(ctx: &mut Ctx, registry: &Registry, application: &Application) -> Result<()> {
    let facts = AppFacts::of(registry, application);
    let notice = Notice { event: "application-registered", id: application.id.as_str() };
    notices::to_owners(ctx, &application.organization, notice, |to, name| {
        messages::application::registered(&registry.site, to, name, &facts.app())
    })
    .await
}
