//! A round of review opens with a submission and ends with a decision. Its clock runs in between.
//!
//! A change of what is under review changes its round first, as a decision does. With one order of locks, two transactions
//! never wait for each other.

use model::{
    decision::ReviewKind,
    history::Side,
    id::{AccountId, ApplicationId, ReviewId, SubmissionId},
};
use store::{Ctx, sql};

use crate::{
    calendar::Calendar,
    conversations,
    error::{Error, Result},
    subject::Subject,
};

/// How soon we answer registrations and appeals.
pub const REVIEW_BUSINESS_DAYS: u16 = 5;

/// What a round is opened for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Opened<'a> {
    Registration,
    Edit,
    /// Of this review's denial.
    Appeal(&'a ReviewId),
}

impl<'a> Opened<'a> {
    fn kind(self) -> ReviewKind {
        match self {
            Self::Registration => ReviewKind::Registration,
            Self::Edit => ReviewKind::Edit,
            Self::Appeal(_) => ReviewKind::Appeal,
        }
    }

    fn appeal_of(self) -> Option<&'a str> {
        match self {
            Self::Appeal(review) => Some(review.as_str()),
            Self::Registration | Self::Edit => None,
        }
    }
}

/// Opens a round about this version. The unique index `review_open` keeps a subject to one.
pub(crate) async fn open(
    ctx: &mut Ctx,
    subject: &Subject,
    by: &AccountId,
    submission: &SubmissionId,
    opened: Opened<'_>,
) -> Result<ReviewId> {
    let id = ReviewId::new(ctx.random_id());
    let due_at = Calendar::us_central().add_business_days(ctx.now, REVIEW_BUSINESS_DAYS);
    sql("INSERT INTO review (id, organization_id, application_id, version, submitted_by, submitted_at, due_at,
             submission_id, kind, appeal_of)
         VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9)")
    .bind(&id)
    .bind(subject.organization())
    .bind(subject.application().map(ApplicationId::as_str))
    .bind(by)
    .bind(ctx.now)
    .bind(due_at)
    .bind(submission)
    .bind(opened.kind().as_str())
    .bind(opened.appeal_of())
    .execute(&mut ctx.tx)
    .await?;
    conversations::turn_to(ctx, subject, Some(Side::Administration), Some(due_at)).await?;
    Ok(id)
}

/// What is under review was changed, so a reviewer who has read it must read it again. The clock keeps running.
/// [`Error::Stale`] if it was decided in the meantime.
pub(crate) async fn touch(ctx: &mut Ctx, subject: &Subject, submission: &SubmissionId) -> Result<()> {
    let touched = sql("UPDATE review SET version = version + 1, submission_id = $3
         WHERE organization_id = $1 AND COALESCE(application_id, '') = $2 AND outcome IS NULL")
    .bind(subject.organization())
    .bind(subject.application().map_or("", ApplicationId::as_str))
    .bind(submission)
    .execute(&mut ctx.tx)
    .await?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Whether a round is open.
pub(crate) async fn is_open(ctx: &mut Ctx, subject: &Subject) -> Result<bool> {
    let query = sql("SELECT COUNT(*) FROM review
         WHERE organization_id = $1 AND COALESCE(application_id, '') = $2 AND outcome IS NULL")
    .bind(subject.organization())
    .bind(subject.application().map_or("", ApplicationId::as_str));
    let (open,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(0 < open)
}

/// While an appeal is open, what it is about does not change; [`Error::UnderAppeal`] if one is.
pub(crate) async fn require_no_appeal(ctx: &mut Ctx, subject: &Subject) -> Result<()> {
    let query = sql("SELECT COUNT(*) FROM review
         WHERE organization_id = $1 AND COALESCE(application_id, '') = $2 AND outcome IS NULL AND kind = 'appeal'")
    .bind(subject.organization())
    .bind(subject.application().map_or("", ApplicationId::as_str));
    let (open,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    if open == 0 { Ok(()) } else { Err(Error::UnderAppeal) }
}

/// The vendor took back what was under review, if anything was.
pub(crate) async fn withdraw(ctx: &mut Ctx, subject: &Subject, by: &AccountId) -> Result<()> {
    let withdrawn = sql("UPDATE review SET outcome = 'withdrawn', decided_by = $1, decided_at = $2
         WHERE organization_id = $3 AND COALESCE(application_id, '') = $4 AND outcome IS NULL")
    .bind(by)
    .bind(ctx.now)
    .bind(subject.organization())
    .bind(subject.application().map_or("", ApplicationId::as_str))
    .execute(&mut ctx.tx)
    .await?;
    if 0 < withdrawn {
        conversations::turn_to(ctx, subject, None, None).await?;
    }
    Ok(())
}
