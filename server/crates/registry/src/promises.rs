//! How often people answered within the time that the program promises, for the page of its quality.

use jiff::Timestamp;
use model::partition::{Environment, ProgramId};
use store::{Ctx, sql};

use crate::error::Result;

/// How many there were, and in how many of these we kept the promise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub kept: i64,
    pub all: i64,
}

/// First answers to tickets that were due from `from` on and before `to`. One that the vendor closed in time, before we answered,
/// is none.
pub async fn tickets(
    ctx: &mut Ctx,
    program: &ProgramId,
    environment: Environment,
    from: Timestamp,
    to: Timestamp,
) -> Result<Kept> {
    let query = sql("SELECT COUNT(CASE WHEN answered_at <= first_due_at THEN 1 END), COUNT(*) FROM ticket
         WHERE program = $1 AND environment = $2 AND first_due_at >= $3 AND first_due_at < $4
         AND NOT (answered_at IS NULL AND closed_at IS NOT NULL AND closed_side = 'vendor' AND closed_at <= first_due_at)");
    let query = query.bind(program).bind(environment).bind(from).bind(to);
    let (kept, all) = query.fetch_one(&mut ctx.tx).await?;
    Ok(Kept { kept, all })
}

/// Reviews of the program's apps, of their changes, and of appeals that were due in this time. A question to the vendor is an
/// answer. What the vendor withdrew in time is none.
pub async fn reviews(ctx: &mut Ctx, program: &ProgramId, from: Timestamp, to: Timestamp) -> Result<Kept> {
    let query = sql("SELECT COUNT(CASE WHEN r.decided_at <= r.due_at THEN 1 END), COUNT(*) FROM review r
         WHERE r.due_at >= $2 AND r.due_at < $3
         AND NOT (COALESCE(r.outcome, '') = 'withdrawn' AND r.decided_at <= r.due_at) AND EXISTS
             (SELECT 1 FROM application_program p WHERE p.application_id = r.application_id AND p.program = $1)");
    let (kept, all) = query.bind(program).bind(from).bind(to).fetch_one(&mut ctx.tx).await?;
    Ok(Kept { kept, all })
}
