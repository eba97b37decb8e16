//! Closes the grants whose time is over. Their tokens stopped at that moment by themselves; this records the end, and tells the app.

use model::id::GrantId;
use store::{Ctx, sql};

use super::{EndedBy, get};
use crate::notices;

/// Grants closed in one transaction.
const STEP: u32 = 100;

/// Closes some of them; returns how many. Call again while it returns more than 0.
pub async fn close(ctx: &mut Ctx) -> store::Result<u64> {
    // The outer conditions repeat those of the inner query: PostgreSQL checks them again on a row that another node has just
    // closed.
    let expired: Vec<(GrantId,)> = sql("UPDATE access_grant SET ended_at = expires_at, ended_by = $1
         WHERE ended_at IS NULL AND expires_at <= $2
           AND id IN (SELECT id FROM access_grant WHERE ended_at IS NULL AND expires_at <= $2
                      ORDER BY expires_at, id LIMIT 0 + $3)
         RETURNING id")
    .bind(EndedBy::Time.as_str())
    .bind(ctx.now)
    .bind(STEP)
    .fetch_all(&mut ctx.tx)
    .await?;
    for (id,) in &expired {
        let grant = get(ctx, id).await?;
        notices::expired(ctx, &grant).await?;
    }
    Ok(expired.len() as u64)
}
