//! Removes what has ended.

use store::Ctx;

use crate::{drafts, team::invitations};

/// Deletes some old drafts and ended invitations; returns how many rows. Call it again while it returns more than 0.
pub async fn purge(ctx: &mut Ctx) -> store::Result<u64> {
    Ok(drafts::purge(ctx).await? + invitations::purge(ctx).await?)
}
