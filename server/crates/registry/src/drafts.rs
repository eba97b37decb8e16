//! Registrations that are not sent yet. We keep what was typed for the account until it sends them.

use model::id::AccountId;
use store::{Ctx, sql};

use crate::error::Result;

/// Which registration. An account has at most one draft of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draft {
    Organization,
    Application,
}

impl Draft {
    fn as_str(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Application => "application",
        }
    }
}

/// Keeps the JSON in place of what was kept before.
pub async fn save(ctx: &mut Ctx, account: &AccountId, draft: Draft, json: &str) -> Result<()> {
    sql("INSERT INTO draft (account_id, kind, content, saved_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id, kind) DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at")
    .bind(account)
    .bind(draft.as_str())
    .bind(json)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// What was typed so far, if anything.
pub async fn find(ctx: &mut Ctx, account: &AccountId, draft: Draft) -> Result<Option<String>> {
    let query = sql("SELECT content FROM draft WHERE account_id = $1 AND kind = $2");
    let found: Option<(String,)> = query.bind(account).bind(draft.as_str()).fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(content,)| content))
}

/// Ends the draft, because it was sent or given up. `false` if it did not exist, so that only one of two simultaneous
/// submissions is registered.
pub async fn end(ctx: &mut Ctx, account: &AccountId, draft: Draft) -> Result<bool> {
    let query = sql("DELETE FROM draft WHERE account_id = $1 AND kind = $2");
    Ok(query.bind(account).bind(draft.as_str()).execute(&mut ctx.tx).await? == 1)
}
