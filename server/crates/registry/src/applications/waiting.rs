//! A change of an approved production app waits beside it. Members see the reviewed version until another review approves
//! the change.

use mail::messages;
use model::{
    application::Approval,
    application_form::ApplicationDraft,
    decision::{NotAllowed, Outcome},
    history::Action,
    id::{AccountId, ApplicationId},
};
use store::{Ctx, FromRow, Row, sql};

use super::{Application, register, row};
use crate::{
    Registry, column,
    error::{Error, Result},
    history::{self, Change},
    names,
    notices::{self, AppFacts, Notice},
    reviews::rounds,
    team::Member,
};

/// A change that is not live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingEdit {
    /// The whole registration as it would be.
    pub registration: ApplicationDraft,
    /// The status of its review: `PendingReview`, `InformationAsked` or `Denied`.
    pub state: Approval,
}

pub(super) async fn find(ctx: &mut Ctx, id: &ApplicationId) -> Result<Option<WaitingEdit>> {
    let query = sql("SELECT content, state FROM application_edit WHERE application_id = $1").bind(id);
    Ok(query.fetch_optional(&mut ctx.tx).await?)
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
    let waits = find(ctx, &before.id).await?;
    let under_review = waits.as_ref().is_some_and(|edit| edit.state == Approval::PendingReview);
    if *draft == before.registration {
        rounds::withdraw(ctx, &subject, &member.account).await?;
        raise(ctx, before, version).await?;
        discard(ctx, before).await?;
        let action = if waits.is_some() { Action::Withdrawn } else { Action::Edited };
        return history::record(ctx, &subject, &Change::vendor(member, action)).await;
    }
    if under_review {
        rounds::touch(ctx, &subject).await?;
    }
    names::check(ctx, &member.organization, &draft.name).await?;
    names::claim_scheme(ctx, &member.organization, &draft.redirect_uri).await?;
    raise(ctx, before, version).await?;
    keep(ctx, &member.account, &before.id, draft).await?;
    if let Some(earlier) = waits {
        release(ctx, before, &earlier).await?;
    }
    let action = if under_review { Action::Edited } else { Action::Resubmitted };
    if !under_review {
        let review = rounds::open(ctx, &subject, &member.account).await?;
        let facts = AppFacts::of(registry, before);
        let notice = Notice { event: "application-change-received", id: review.as_str() };
        notices::to_owners(ctx, &before.organization, notice, |to, name| {
            messages::application::change_received(&registry.site, to, name, &facts.app())
        })
        .await?;
    }
    history::record(ctx, &subject, &Change::vendor(member, action)).await
}

/// Applies the reviewer's decision on the change. The approved values stay live unless the change was approved.
pub(crate) async fn settle(ctx: &mut Ctx, registry: &Registry, app: &Application, outcome: Outcome) -> Result<()> {
    let change = find(ctx, &app.id).await?.ok_or(NotAllowed)?;
    let state = change.state.decide(outcome)?;
    if state != Approval::Approved {
        let query = sql("UPDATE application_edit SET state = $1 WHERE application_id = $2");
        query.bind(state.as_str()).bind(&app.id).execute(&mut ctx.tx).await?;
        return raise(ctx, app, app.version).await;
    }
    let draft = &change.registration;
    register::check_names(ctx, registry, Some(&app.registration), draft).await?;
    names::claim(ctx, &app.organization, &draft.name).await?;
    names::claim_scheme(ctx, &app.organization, &draft.redirect_uri).await?;
    row::update(ctx, app, app.version, Approval::Approved, draft).await?;
    let query = sql("DELETE FROM application_edit WHERE application_id = $1").bind(&app.id);
    query.execute(&mut ctx.tx).await?;
    names::release_scheme(ctx, &app.organization, &app.registration.redirect_uri).await
}

/// Deletes the change that waits, if one does.
pub(super) async fn discard(ctx: &mut Ctx, app: &Application) -> Result<()> {
    let Some(change) = find(ctx, &app.id).await? else { return Ok(()) };
    let query = sql("DELETE FROM application_edit WHERE application_id = $1").bind(&app.id);
    query.execute(&mut ctx.tx).await?;
    release(ctx, app, &change).await
}

/// Releases the scheme of a change that was given up, unless another change needs it.
async fn release(ctx: &mut Ctx, app: &Application, change: &WaitingEdit) -> Result<()> {
    let kept = find(ctx, &app.id).await?;
    let scheme = change.registration.redirect_uri.custom_scheme();
    if kept.is_some_and(|kept| kept.registration.redirect_uri.custom_scheme() == scheme) {
        return Ok(());
    }
    names::release_scheme(ctx, &app.organization, &change.registration.redirect_uri).await
}

async fn keep(ctx: &mut Ctx, by: &AccountId, id: &ApplicationId, draft: &ApplicationDraft) -> Result<()> {
    sql("INSERT INTO application_edit (application_id, content, state, submitted_by, submitted_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (application_id) DO UPDATE SET content = excluded.content, state = excluded.state,
             submitted_by = excluded.submitted_by, submitted_at = excluded.submitted_at")
    .bind(id)
    .bind(column::to_json(draft))
    .bind(Approval::PendingReview.as_str())
    .bind(by)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// From now on, a form that was filled in from an older version is refused. If this one was, it is [`Error::Stale`].
async fn raise(ctx: &mut Ctx, before: &Application, version: i64) -> Result<()> {
    let query = sql("UPDATE application SET version = version + 1, updated_at = $1
         WHERE id = $2 AND version = $3 AND approval = $4");
    let query = query.bind(ctx.now).bind(&before.id).bind(version).bind(before.approval.as_str());
    if query.execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}

impl FromRow for WaitingEdit {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { registration: column::json(row, 0)?, state: row.word(1)? })
    }
}
