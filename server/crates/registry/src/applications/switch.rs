//! Switching an application on and off: by its vendor, by an administrator.

use mail::messages;
use model::{
    application::Standing,
    decision::NotAllowed,
    history::Action,
    id::{AccountId, ApplicationId},
    text::Paragraph,
};
use store::{Ctx, sql};

use super::{Application, get, get_any};
use crate::{
    Registry,
    error::{Error, Result},
    history::{self, Change},
    notices::{self, AppFacts, Notice},
    reviews::rounds,
    subject::Subject,
    team::{self, Member},
};

pub(super) async fn deactivate(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<()> {
    let application = get(ctx, member, id).await?;
    set(ctx, &application, Standing::deactivate).await?;
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::Deactivated)).await
}

pub(super) async fn reactivate(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<()> {
    let application = get(ctx, member, id).await?;
    set(ctx, &application, Standing::reactivate).await?;
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::Reactivated)).await
}

pub(super) async fn delete(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<()> {
    member.require_owner()?;
    let application = get(ctx, member, id).await?;
    rounds::withdraw(ctx, &application.subject(), &member.account).await?;
    set(ctx, &application, Standing::delete).await?;
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
    set(ctx, &application, Standing::block).await?;
    let facts = AppFacts::of(registry, &application);
    let notice = Notice { event: "application-suspended", id: &ctx.random_id() };
    notices::to_owners(ctx, &application.organization, notice, |to, name| {
        messages::application::suspended(&registry.site, to, name, &facts.app(), reason.as_str())
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
    set(ctx, &application, Standing::unblock).await?;
    let facts = AppFacts::of(registry, &application);
    let notice = Notice { event: "application-reactivated", id: &ctx.random_id() };
    notices::to_owners(ctx, &application.organization, notice, |to, name| {
        messages::application::reactivated(&registry.site, to, name, &facts.app(), reason.as_str())
    })
    .await?;
    let change = Change::administration(by, Action::Unblocked).saying(reason);
    history::record(ctx, &application.subject(), &change).await
}

/// From the standing it was read in; [`Error::Stale`] where that is no longer so.
async fn set(
    ctx: &mut Ctx,
    application: &Application,
    step: fn(Standing) -> Result<Standing, NotAllowed>,
) -> Result<()> {
    let standing = step(application.standing)?;
    let query = sql(
        "UPDATE application SET standing = $1, version = version + 1, updated_at = $2 WHERE id = $3 AND standing = $4",
    );
    let query = query.bind(standing.as_str()).bind(ctx.now).bind(&application.id).bind(application.standing.as_str());
    if query.execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}

impl Application {
    pub(crate) fn subject(&self) -> Subject {
        Subject::Application(self.organization.clone(), self.id.clone())
    }
}
