//! The change of something approved waits beside it. Everyone else sees the reviewed version until a review approves the
//! change.

use model::{
    application::Approval,
    decision::Outcome,
    id::{AccountId, ApplicationId, SubmissionId},
};
use serde::de::DeserializeOwned;
use store::{Ctx, FromRow, Row, sql};

use crate::{
    column,
    error::{Error, Result},
    reviews::rounds,
    subject::Subject,
};

/// A change that is not live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingEdit<T> {
    pub submission: SubmissionId,
    /// The number of its version.
    pub number: i64,
    /// The whole registration as it would be.
    pub registration: T,
    /// The status of its review: `PendingReview`, `InformationAsked` or `Denied`.
    pub state: Approval,
}

impl<T> WaitingEdit<T> {
    pub fn is_under_review(&self) -> bool {
        self.state == Approval::PendingReview
    }
}

pub(crate) async fn find<T: DeserializeOwned + Send>(ctx: &mut Ctx, of: &Subject) -> Result<Option<WaitingEdit<T>>> {
    let query = sql("SELECT s.id, s.number, s.content, w.state
         FROM waiting_edit w JOIN submission s ON s.id = w.submission_id
         WHERE w.organization_id = $1 AND COALESCE(w.application_id, '') = $2")
    .bind(of.organization())
    .bind(of.application().map_or("", ApplicationId::as_str));
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// The same where only its version and state matter.
pub(crate) async fn find_any(ctx: &mut Ctx, of: &Subject) -> Result<Option<WaitingEdit<serde::de::IgnoredAny>>> {
    find(ctx, of).await
}

/// Puts the change in place of an earlier one, and opens its round of review, or changes the open one. Returns the round if it
/// is a new one.
pub(crate) async fn keep(
    ctx: &mut Ctx,
    of: &Subject,
    by: &AccountId,
    submission: &SubmissionId,
    was_under_review: bool,
) -> Result<Option<model::id::ReviewId>> {
    let round = if was_under_review {
        rounds::touch(ctx, of, submission).await?;
        None
    } else {
        Some(rounds::open(ctx, of, by, submission, rounds::Opened::Edit).await?)
    };
    sql("INSERT INTO waiting_edit (organization_id, application_id, submission_id, state) VALUES ($1, $2, $3, $4)
         ON CONFLICT (organization_id, (COALESCE(application_id, ''))) DO UPDATE
         SET submission_id = excluded.submission_id, state = excluded.state")
    .bind(of.organization())
    .bind(of.application().map(ApplicationId::as_str))
    .bind(submission)
    .bind(Approval::PendingReview.as_str())
    .execute(&mut ctx.tx)
    .await?;
    Ok(round)
}

/// The state of the change after the decision, which the caller applies if it is an approval;
/// [`NotAllowed`](model::decision::NotAllowed) if it is not under review.
pub(crate) async fn settle(ctx: &mut Ctx, of: &Subject, before: Approval, outcome: Outcome) -> Result<Approval> {
    let state = before.decide(outcome)?;
    if state == Approval::Approved {
        remove(ctx, of).await?;
    } else {
        set_state(ctx, of, before, state).await?;
    }
    Ok(state)
}

/// [`Error::Stale`] if the stored state is another.
pub(crate) async fn set_state(ctx: &mut Ctx, of: &Subject, before: Approval, state: Approval) -> Result<()> {
    let query = sql("UPDATE waiting_edit SET state = $1
         WHERE organization_id = $2 AND COALESCE(application_id, '') = $3 AND state = $4")
    .bind(state.as_str())
    .bind(of.organization())
    .bind(of.application().map_or("", ApplicationId::as_str))
    .bind(before.as_str());
    if query.execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The change is no longer wanted, or it is live. Its version stays.
pub(crate) async fn remove(ctx: &mut Ctx, of: &Subject) -> Result<()> {
    sql("DELETE FROM waiting_edit WHERE organization_id = $1 AND COALESCE(application_id, '') = $2")
        .bind(of.organization())
        .bind(of.application().map_or("", ApplicationId::as_str))
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

impl<T: DeserializeOwned> FromRow for WaitingEdit<T> {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (submission, number) = (row.get(0)?, row.get(1)?);
        Ok(Self { submission, number, registration: column::json(row, 2)?, state: row.word(3)? })
    }
}
