//! A round of review opens with a submission and ends with a decision. Its clock runs in between.
//!
//! A change of what is under review changes its round first, as a decision does. With one order of locks, two transactions
//! never wait for each other.

use model::id::{AccountId, ApplicationId, ReviewId};
use store::{Ctx, sql};

use crate::{
    calendar::Calendar,
    error::{Error, Result},
    subject::Subject,
};

/// How soon we answer registrations and appeals.
pub const REVIEW_BUSINESS_DAYS: u16 = 5;

/// Opens a round. The unique index `review_open` keeps a subject to one.
pub(crate) async fn open(ctx: &mut Ctx, subject: &Subject, by: &AccountId) -> Result<ReviewId> {
    let id = ReviewId::new(ctx.random_id());
    sql("INSERT INTO review (id, organization_id, application_id, version, submitted_by, submitted_at, due_at)
         VALUES ($1, $2, $3, 1, $4, $5, $6)")
    .bind(&id)
    .bind(subject.organization())
    .bind(subject.application().map(ApplicationId::as_str))
    .bind(by)
    .bind(ctx.now)
    .bind(Calendar::us_central().add_business_days(ctx.now, REVIEW_BUSINESS_DAYS))
    .execute(&mut ctx.tx)
    .await?;
    Ok(id)
}

/// What is under review was changed, so a reviewer who has read it must read it again. The clock keeps running.
/// [`Error::Stale`] if it was decided in the meantime.
pub(crate) async fn touch(ctx: &mut Ctx, subject: &Subject) -> Result<()> {
    let touched = sql("UPDATE review SET version = version + 1
         WHERE organization_id = $1 AND COALESCE(application_id, '') = $2 AND outcome IS NULL")
    .bind(subject.organization())
    .bind(subject.application().map_or("", ApplicationId::as_str))
    .execute(&mut ctx.tx)
    .await?;
    if touched == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The vendor took back what was under review, if anything was.
pub(crate) async fn withdraw(ctx: &mut Ctx, subject: &Subject, by: &AccountId) -> Result<()> {
    sql("UPDATE review SET outcome = 'withdrawn', decided_by = $1, decided_at = $2
         WHERE organization_id = $3 AND COALESCE(application_id, '') = $4 AND outcome IS NULL")
    .bind(by)
    .bind(ctx.now)
    .bind(subject.organization())
    .bind(subject.application().map_or("", ApplicationId::as_str))
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}
