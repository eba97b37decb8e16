//! Switching an application on and off: by its vendor, by an administrator.

use jiff::Timestamp;
use mail::messages;
use model::{
    application::Standing,
    decision::NotAllowed,
    history::Action,
    id::{AccountId, ApplicationId},
    team::Act,
    text::Paragraph,
};
use store::{Ctx, sql};

use super::{Application, Ending, get, get_any, waiting};
use crate::{
    Registry,
    error::{Error, Result},
    history::{self, Change},
    names,
    notices::{self, AppFacts, Notice},
    reviews::rounds,
    subject::Subject,
    team::{self, Member},
};

pub(super) async fn deactivate(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<()> {
    let application = get(ctx, member, id).await?;
    set(ctx, &application, application.standing.deactivate()?).await?;
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::Deactivated)).await
}

pub(super) async fn reactivate(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<()> {
    let application = get(ctx, member, id).await?;
    application.require_unblocked()?;
    set(ctx, &application, application.standing.reactivate()?).await?;
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::Reactivated)).await
}

pub(super) async fn delete(ctx: &mut Ctx, ending: &impl Ending, member: &Member, id: &ApplicationId) -> Result<()> {
    member.require(Act::DeleteApp)?;
    let application = get(ctx, member, id).await?;
    application.require_unblocked()?;
    rounds::withdraw(ctx, &application.subject(), &member.account).await?;
    set(ctx, &application, application.standing.delete()?).await?;
    waiting::discard(ctx, &application).await?;
    names::release_scheme(ctx, &application.organization, &application.registration.redirect_uri).await?;
    ending.ended(ctx, id).await.map_err(Error::Ending)?;
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::Deleted)).await
}

pub(super) async fn block(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    id: &ApplicationId,
    reason: &Paragraph,
) -> Result<()> {
    let application = get_any(ctx, id).await?;
    team::require_outsider(ctx, by, &application.organization).await?;
    if application.standing == Standing::Deleted {
        return Err(NotAllowed.into());
    }
    set_blocked(ctx, &application, Some(ctx.now)).await?;
    let facts = AppFacts::of(registry, &application);
    let notice = Notice { event: "application-suspended", id: &ctx.random_id() };
    notices::to_owners(ctx, &application.organization, notice, |reader| {
        messages::application::suspended(&registry.site, reader, &facts.app(), reason.as_str())
    })
    .await?;
    let change = Change::administration(by, Action::Blocked).saying(reason);
    history::record(ctx, &application.subject(), &change).await
}

pub(super) async fn unblock(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    id: &ApplicationId,
    reason: &Paragraph,
) -> Result<()> {
    let application = get_any(ctx, id).await?;
    team::require_outsider(ctx, by, &application.organization).await?;
    set_blocked(ctx, &application, None).await?;
    let facts = AppFacts::of(registry, &application);
    let notice = Notice { event: "application-reactivated", id: &ctx.random_id() };
    notices::to_owners(ctx, &application.organization, notice, |reader| {
        messages::application::reactivated(&registry.site, reader, &facts.app(), reason.as_str())
    })
    .await?;
    let change = Change::administration(by, Action::Unblocked).saying(reason);
    history::record(ctx, &application.subject(), &change).await
}

pub(super) async fn revoke(
    ctx: &mut Ctx,
    registry: &Registry,
    ending: &impl Ending,
    by: &AccountId,
    id: &ApplicationId,
    reason: &Paragraph,
) -> Result<()> {
    let application = get_any(ctx, id).await?;
    team::require_outsider(ctx, by, &application.organization).await?;
    rounds::withdraw(ctx, &application.subject(), by).await?;
    set_revoked(ctx, &application).await?;
    waiting::discard(ctx, &application).await?;
    ending.ended(ctx, id).await.map_err(Error::Ending)?;
    let facts = AppFacts::of(registry, &application);
    let notice = Notice { event: "application-revoked", id: &ctx.random_id() };
    notices::to_owners(ctx, &application.organization, notice, |reader| {
        messages::application::revoked(&registry.site, reader, &facts.app(), reason.as_str())
    })
    .await?;
    let change = Change::administration(by, Action::Revoked).saying(reason);
    history::record(ctx, &application.subject(), &change).await
}

pub(super) async fn set_error_page(ctx: &mut Ctx, by: &AccountId, id: &ApplicationId, on: bool) -> Result<()> {
    let application = get_any(ctx, id).await?;
    team::require_outsider(ctx, by, &application.organization).await?;
    let query = sql("UPDATE application SET error_page = $1, version = version + 1, updated_at = $2
         WHERE id = $3 AND error_page <> $1 AND standing <> 'deleted'");
    if query.bind(on).bind(ctx.now).bind(id).execute(&mut ctx.tx).await? != 1 {
        return Err(NotAllowed.into());
    }
    let action = if on { Action::ErrorPageSet } else { Action::ErrorPageRemoved };
    history::record(ctx, &application.subject(), &Change::administration(by, action)).await
}

/// Changes the standing that was read, with the same block; [`Error::Stale`] if either has changed since.
async fn set(ctx: &mut Ctx, application: &Application, standing: Standing) -> Result<()> {
    let query = sql("UPDATE application SET standing = $1, version = version + 1, updated_at = $2
         WHERE id = $3 AND standing = $4 AND COALESCE(blocked_at, 0) = $5");
    let blocked_at = application.blocked_at.unwrap_or_default();
    let query = query.bind(standing.as_str()).bind(ctx.now).bind(&application.id);
    let query = query.bind(application.standing.as_str()).bind(blocked_at);
    if query.execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The administrators' own fact, which does not change the vendor's switch. [`NotAllowed`] if it is already so.
async fn set_blocked(ctx: &mut Ctx, application: &Application, at: Option<Timestamp>) -> Result<()> {
    let query = sql("UPDATE application SET blocked_at = $1, version = version + 1, updated_at = $2
         WHERE id = $3 AND standing <> 'deleted' AND revoked_at IS NULL AND (blocked_at IS NULL) = $4");
    let query = query.bind(at).bind(ctx.now).bind(&application.id).bind(at.is_some());
    if query.execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(NotAllowed.into()) }
}

/// Stays blocked since the block, or from now on. [`NotAllowed`] if it is already so.
async fn set_revoked(ctx: &mut Ctx, application: &Application) -> Result<()> {
    let query =
        sql("UPDATE application SET revoked_at = $1, blocked_at = COALESCE(blocked_at, $1), version = version + 1,
             updated_at = $1
         WHERE id = $2 AND standing <> 'deleted' AND revoked_at IS NULL");
    let query = query.bind(ctx.now).bind(&application.id);
    if query.execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(NotAllowed.into()) }
}

impl Application {
    /// For its history and its reviews.
    pub fn subject(&self) -> Subject {
        Subject::Application(self.organization.clone(), self.id.clone())
    }

    /// While an administrator blocks it or its organization, its vendor cannot change what members know it by.
    pub(crate) fn require_unblocked(&self) -> Result<()> {
        if self.liveness().is_blocked() { Err(NotAllowed.into()) } else { Ok(()) }
    }
}
