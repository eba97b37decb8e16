//! Removes what has ended.

use jiff::SignedDuration;
use store::{Ctx, sql};

use crate::error::Result;

/// An account whose address nobody confirmed gives its Healthcare ID back after so long.
const UNVERIFIED_TTL: SignedDuration = SignedDuration::from_hours(3 * 24);
/// A network is no longer familiar after so long.
const FAMILIAR_TTL: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Deletes ended sessions, old links, forgotten attempts, accounts that were never confirmed; returns how many rows.
pub async fn purge(ctx: &mut Ctx) -> Result<u64> {
    let mut purged = 0;
    for (statement, before) in [
        ("DELETE FROM session WHERE expires_at <= $1", ctx.now),
        ("DELETE FROM account_link WHERE expires_at <= $1", ctx.now),
        ("DELETE FROM attempt WHERE forgotten_at <= $1 AND next_at <= $1", ctx.now),
        ("DELETE FROM familiar_address WHERE seen_at <= $1", ctx.now - FAMILIAR_TTL),
        ("DELETE FROM account WHERE email_verified_at IS NULL AND created_at <= $1", ctx.now - UNVERIFIED_TTL),
    ] {
        purged += sql(statement).bind(before).execute(&mut ctx.tx).await?;
    }
    Ok(purged)
}
