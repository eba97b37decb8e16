//! Rows that can no longer be used.

use jiff::{SignedDuration, Timestamp};
use store::{Ctx, Result, sql};

use crate::{app_notices, on_behalf};

/// How long we keep what has ended, so that a late use still learns why.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// There are many proofs, so we keep them only for as long as another node's clock may be behind.
const PROOFS_KEPT: SignedDuration = SignedDuration::from_mins(5);

/// Removes up to some thousands of ended rows of each kind, and returns how many. It is short, so that other writers wait little.
/// Call it again while it returns more than 0. Grants stay, because they are the member's history.
pub async fn purge(ctx: &mut Ctx) -> Result<u64> {
    let (mut purged, now) = (0, ctx.now);
    for statement in TOLD_WHY {
        purged += purge_before(ctx, now - KEPT, statement).await?;
    }
    for statement in FORGOTTEN {
        purged += purge_before(ctx, now, statement).await?;
    }
    purged += sql("DELETE FROM dpop_proof WHERE hash IN \
                   (SELECT hash FROM dpop_proof WHERE expires_at < $1 ORDER BY expires_at LIMIT 2000)")
    .bind(ctx.now - PROOFS_KEPT)
    .execute(&mut ctx.tx)
    .await?;
    purged += app_notices::purge(ctx).await?;
    purged += on_behalf::purge(ctx).await?;
    Ok(purged)
}

async fn purge_before(ctx: &mut Ctx, before: Timestamp, statement: &'static str) -> Result<u64> {
    sql(statement).bind(before).execute(&mut ctx.tx).await
}

/// Kept for a while.
const TOLD_WHY: [&str; 4] = [
    "DELETE FROM authorization_request WHERE handle_hash IN \
     (SELECT handle_hash FROM authorization_request WHERE expires_at < $1 ORDER BY expires_at LIMIT 2000)",
    // We keep a used code as long as its tokens, because a second use must still end them.
    "DELETE FROM authorization_code WHERE hash IN (SELECT hash FROM authorization_code c WHERE expires_at < $1 \
     AND (redeemed_at IS NULL OR NOT EXISTS (SELECT 1 FROM refresh_token r WHERE r.family = c.hash)) \
     ORDER BY expires_at LIMIT 2000)",
    "DELETE FROM refresh_token WHERE hash IN (SELECT r.hash FROM refresh_token r JOIN access_grant g ON g.id = r.grant_id \
     WHERE g.expires_at < $1 OR g.ended_at < $1 OR r.revoked_at < $1 LIMIT 2000)",
    "DELETE FROM access_token WHERE id IN \
     (SELECT id FROM access_token WHERE expires_at < $1 ORDER BY expires_at LIMIT 2000)",
];

/// Useless once they have ended.
const FORGOTTEN: [&str; 2] = [
    "DELETE FROM client_assertion WHERE (client_id, jti_hash) IN \
     (SELECT client_id, jti_hash FROM client_assertion WHERE expires_at < $1 ORDER BY expires_at LIMIT 2000)",
    "DELETE FROM pushed_request WHERE reference_hash IN \
     (SELECT reference_hash FROM pushed_request WHERE expires_at < $1 ORDER BY expires_at LIMIT 2000)",
];
