//! A change of an approved production app [waits beside it](crate::waiting). Members see the reviewed version until another
//! review approves the change.

use mail::messages::{self, desk::Arrival};
use model::{
    application::Approval,
    application_form::ApplicationDraft,
    decision::{NotAllowed, Outcome},
    history::Action,
};
use store::{Ctx, sql};

use super::{Application, register, row};
use crate::{
    Registry,
    error::{Error, Result},
    history::{self, Change},
    names,
    notices::{self, AppFacts, Notice},
    reviews::rounds,
    submissions,
    team::Member,
    waiting::{self, WaitingEdit},
};

pub(super) async fn find(ctx: &mut Ctx, app: &Application) -> Result<Option<WaitingEdit<ApplicationDraft>>> {
    waiting::find(ctx, &app.subject()).await
}

/// Sends the change to review in place of an earlier one. A change to the approved values takes the earlier one back.
pub(super) async fn submit(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    before: &Application,
    version: i64,
    draft: &ApplicationDraft,
) -> Result<()> {
    let subject = before.subject();
    let earlier = find(ctx, before).await?;
    if *draft == before.registration {
        rounds::withdraw(ctx, &subject, &member.account).await?;
        raise(ctx, before, version).await?;
        discard(ctx, before).await?;
        let action = if earlier.is_some() { Action::Withdrawn } else { Action::Edited };
        return history::record(ctx, &subject, &Change::vendor(member, action)).await;
    }
    let under_review = earlier.as_ref().is_some_and(WaitingEdit::is_under_review);
    let submission = submissions::add_application(ctx, registry, &subject, &member.account, draft).await?;
    let round = waiting::keep(ctx, &subject, &member.account, &submission, under_review).await?;
    names::check(ctx, &member.organization, &draft.name).await?;
    names::claim_scheme(ctx, &member.organization, &draft.redirect_uri).await?;
    raise(ctx, before, version).await?;
    if let Some(earlier) = earlier {
        release(ctx, before, &earlier).await?;
    }
    if let Some(round) = &round {
        notices::arrived(ctx, registry, Arrival::Change, before.name(), round).await?;
        let facts = AppFacts::of(registry, before);
        let notice = Notice { event: "application-change-received", id: round.as_str() };
        notices::to_owners(ctx, &before.organization, notice, |reader| {
            messages::application::change_received(&registry.site, reader, &facts.app())
        })
        .await?;
    }
    let action = if round.is_some() { Action::Resubmitted } else { Action::Edited };
    history::record(ctx, &subject, &Change::vendor(member, action).about(&submission)).await
}

/// Applies the reviewer's decision on the change. The approved values stay live unless the change was approved.
pub(crate) async fn settle(ctx: &mut Ctx, registry: &Registry, app: &Application, outcome: Outcome) -> Result<()> {
    let change = find(ctx, app).await?.ok_or(NotAllowed)?;
    if waiting::settle(ctx, &app.subject(), change.state, outcome).await? != Approval::Approved {
        return raise(ctx, app, app.version).await;
    }
    let draft = &change.registration;
    register::check_names(ctx, registry, Some(&app.registration), draft).await?;
    names::claim(ctx, &app.organization, &draft.name).await?;
    names::claim_scheme(ctx, &app.organization, &draft.redirect_uri).await?;
    row::update(ctx, app, app.version, Approval::Approved, &change.submission, draft).await?;
    names::release_scheme(ctx, &app.organization, &app.registration.redirect_uri).await
}

/// Takes back the change that waits, if one does.
pub(super) async fn discard(ctx: &mut Ctx, app: &Application) -> Result<()> {
    let Some(change) = find(ctx, app).await? else { return Ok(()) };
    waiting::remove(ctx, &app.subject()).await?;
    release(ctx, app, &change).await
}

/// Releases the scheme of a change that was given up, unless another change needs it.
async fn release(ctx: &mut Ctx, app: &Application, change: &WaitingEdit<ApplicationDraft>) -> Result<()> {
    let kept = find(ctx, app).await?;
    let scheme = change.registration.redirect_uri.custom_scheme();
    if kept.is_some_and(|kept| kept.registration.redirect_uri.custom_scheme() == scheme) {
        return Ok(());
    }
    names::release_scheme(ctx, &app.organization, &change.registration.redirect_uri).await
}

/// From now on, a form that was filled in from an older version is refused. If this one was, it is [`Error::Stale`].
async fn raise(ctx: &mut Ctx, before: &Application, version: i64) -> Result<()> {
    let query = sql("UPDATE application SET version = version + 1, updated_at = $1
         WHERE id = $2 AND version = $3 AND approval = $4");
    let query = query.bind(ctx.now).bind(&before.id).bind(version).bind(before.approval.as_str());
    if query.execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}
