//! What is kept, and for how long.

use jiff::{SignedDuration, tz::TimeZone};
use store::{Ctx, Result, sql};

use crate::{day, probes};

/// Counts: a year and its comparison with the month before it, and more than the 180 days of the endpoints' quality.
const COUNTS: SignedDuration = SignedDuration::from_hours(400 * 24);
/// Transfers: what a report to CMS was made from is kept for ten years (42 CFR 422.504(d)).
const TRANSFERS: SignedDuration = SignedDuration::from_hours(11 * 366 * 24);
/// Rows of one transaction.
const STEP: u32 = 1000;

/// Deletes some of what is too old; returns how many rows. Call again while it returns more than 0.
pub async fn purge(ctx: &mut Ctx) -> Result<u64> {
    let before = |time: SignedDuration| day::at(ctx.now - time, &TimeZone::UTC);
    let (counts, transfers) = (before(COUNTS), before(TRANSFERS));
    let mut rows = probes::purge(ctx).await?;
    for (statement, before) in [
        (
            "DELETE FROM usage_call WHERE (client_id, day, program, environment, api, endpoint, status, within_ms) IN
                 (SELECT client_id, day, program, environment, api, endpoint, status, within_ms
                  FROM usage_call WHERE day < $1 LIMIT 0 + $2)",
            counts,
        ),
        (
            "DELETE FROM usage_app WHERE (client_id, day, program, environment, status) IN
                 (SELECT client_id, day, program, environment, status FROM usage_app WHERE day < $1 LIMIT 0 + $2)",
            counts,
        ),
        (
            "DELETE FROM usage_day WHERE (program, environment, day, api, status, within_ms) IN
                 (SELECT program, environment, day, api, status, within_ms FROM usage_day WHERE day < $1 LIMIT 0 + $2)",
            counts,
        ),
        (
            "DELETE FROM usage_endpoint WHERE (program, environment, day, api, endpoint, status) IN
                 (SELECT program, environment, day, api, endpoint, status FROM usage_endpoint
                  WHERE day < $1 LIMIT 0 + $2)",
            counts,
        ),
        (
            "DELETE FROM transfer WHERE (grant_id, day) IN
                 (SELECT grant_id, day FROM transfer WHERE day < $1 LIMIT 0 + $2)",
            transfers,
        ),
        (
            "DELETE FROM transfer_member WHERE (program, environment, year, payer_id, person) IN
                 (SELECT program, environment, year, payer_id, person FROM transfer_member
                  WHERE year < $1 LIMIT 0 + $2)",
            day::year(transfers),
        ),
    ] {
        rows += sql(statement).bind(before).bind(STEP).execute(&mut ctx.tx).await?;
    }
    Ok(rows)
}
