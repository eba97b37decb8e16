//! A round of review opens with a submission and ends with a decision. Its clock runs in between.
//!
//! A change of what is under review changes its round first, as a decision does. With one order of locks, two transactions
//! never wait for each other.

use std::collections::BTreeMap;

use jiff::Timestamp;
use model::{
    decision::ReviewKind,
    history::Side,
    id::{AccountId, ApplicationId, ReviewId, SubmissionId},
    partition::ProgramId,
};
use store::{Ctx, sql};

use crate::{
    conversations,
    error::{Error, Result},
    outages::Pauses,
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
    let programs = match subject.application() {
        Some(application) => programs_of(ctx, application).await?,
        None => Vec::new(),
    };
    let due_at = due(&Pauses::load(ctx).await?, &programs, ctx.now);
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

/// When a round that began then is due.
fn due(pauses: &Pauses, programs: &[ProgramId], submitted_at: Timestamp) -> Timestamp {
    pauses.calendar(programs).add_business_days(submitted_at, REVIEW_BUSINESS_DAYS)
}

pub(crate) async fn programs_of(ctx: &mut Ctx, application: &ApplicationId) -> Result<Vec<ProgramId>> {
    let found: Vec<(ProgramId,)> = sql("SELECT program FROM application_program WHERE application_id = $1")
        .bind(application)
        .fetch_all(&mut ctx.tx)
        .await?;
    Ok(found.into_iter().map(|(program,)| program).collect())
}

/// Counts again when the open rounds are due; returns how many times moved.
pub(crate) async fn recompute(ctx: &mut Ctx, pauses: &Pauses) -> Result<u64> {
    let found: Vec<(ReviewId, Timestamp, Timestamp, Option<ProgramId>)> =
        sql("SELECT r.id, r.submitted_at, r.due_at, p.program FROM review r
         LEFT JOIN application_program p ON p.application_id = r.application_id WHERE r.outcome IS NULL")
        .fetch_all(&mut ctx.tx)
        .await?;
    let mut open: BTreeMap<ReviewId, (Timestamp, Timestamp, Vec<ProgramId>)> = BTreeMap::new();
    for (id, submitted_at, due_at, program) in found {
        open.entry(id).or_insert((submitted_at, due_at, Vec::new())).2.extend(program);
    }
    let mut moved = 0;
    for (id, (submitted_at, due_at, programs)) in open {
        let new = due(pauses, &programs, submitted_at);
        if new != due_at {
            let query = sql("UPDATE review SET due_at = $1 WHERE id = $2 AND outcome IS NULL").bind(new).bind(&id);
            moved += query.execute(&mut ctx.tx).await?;
        }
    }
    Ok(moved)
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
