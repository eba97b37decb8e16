//! Removes what has ended.

use store::Ctx;

use crate::{drafts, logos, team::invitations};

/// Deletes some old drafts, ended invitations and unused logos; returns how many rows. Call it again while it returns more than 0.
pub async fn purge(ctx: &mut Ctx) -> store::Result<u64> {
    Ok(drafts::purge(ctx).await? + invitations::purge(ctx).await? + logos::purge(ctx).await?)
}
