//! What the server's own probe allowed its app.

use model::id::AccountId;
use store::{Ctx, Result, sql};

/// Removes it with its codes and tokens, because it belongs to the history of no person.
pub async fn remove(ctx: &mut Ctx, account: &AccountId) -> Result<()> {
    if !account.is_probe() {
        return Ok(());
    }
    sql("DELETE FROM access_grant WHERE account_id = $1").bind(account).execute(&mut ctx.tx).await?;
    Ok(())
}
