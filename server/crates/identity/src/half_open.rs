//! Between the password and the second factor. The session is anonymous until the code is given, so a check of who is
//! signed in finds no one, wherever it is made. A row beside the session says whose password was given, and until when.

use jiff::SignedDuration;
use model::id::{AccountId, SessionId};
use store::{Ctx, sql};

use crate::{
    error::Result,
    second_factor::passkeys::proof,
    sessions::{self, Started},
};

/// How long the code may take.
pub const TTL: SignedDuration = SignedDuration::from_mins(5);

/// Notes that the account's password was given in this browser, whose session gets a new token. A session of an account,
/// even of this one, ends: until the code is given, no one is signed in in this browser.
pub(crate) async fn begin(ctx: &mut Ctx, session: Option<&SessionId>, account: &AccountId) -> Result<Started> {
    let started = sessions::start_over(ctx, session).await?;
    sql("INSERT INTO half_open_session (session_id, account_id, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (session_id) DO UPDATE SET account_id = excluded.account_id, expires_at = excluded.expires_at")
    .bind(&started.id)
    .bind(account)
    .bind(ctx.now + TTL)
    .execute(&mut ctx.tx)
    .await?;
    proof::ask(ctx, account, &started.id).await?;
    Ok(started)
}

/// Whose password was given in this browser, while the code may still be given.
pub async fn find(ctx: &mut Ctx, session: &SessionId) -> Result<Option<AccountId>> {
    let query = sql("SELECT account_id FROM half_open_session WHERE session_id = $1 AND $2 < expires_at");
    let found: Option<(AccountId,)> = query.bind(session).bind(ctx.now).fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(account,)| account))
}

/// Ends the wait; `false` where it has ended already, by time or by a change of the account.
pub(crate) async fn end(ctx: &mut Ctx, session: &SessionId, account: &AccountId) -> Result<bool> {
    let query = sql("DELETE FROM half_open_session WHERE session_id = $1 AND account_id = $2 AND $3 < expires_at");
    let ended = query.bind(session).bind(account).bind(ctx.now).execute(&mut ctx.tx).await? == 1;
    proof::forget(ctx, session).await?;
    Ok(ended)
}

/// Ends every wait of the account.
pub(crate) async fn end_all(ctx: &mut Ctx, account: &AccountId) -> Result<()> {
    sql("DELETE FROM half_open_session WHERE account_id = $1").bind(account).execute(&mut ctx.tx).await?;
    Ok(())
}
