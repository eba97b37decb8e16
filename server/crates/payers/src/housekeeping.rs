//! Sign-ins that no one can finish.

use store::{Ctx, sql};

/// Deletes up to some thousands; returns how many. Call again while it returns more than 0.
pub async fn purge(ctx: &mut Ctx) -> store::Result<u64> {
    sql("DELETE FROM payer_sign_in WHERE state_hash IN \
         (SELECT state_hash FROM payer_sign_in WHERE expires_at <= $1 ORDER BY expires_at LIMIT 2000)")
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await
}
