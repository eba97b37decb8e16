//! Mail that reminds members of what they allowed: every 90 days while apps stay connected, and two weeks before an app's access
//! ends. No mail names the app or the plan (see [`mail::messages::access`]). Apps that do not stay connected need none.

use identity::accounts;
use jiff::SignedDuration;
use mail::{messages::access, outbox, site::Site};
use model::id::{AccountId, GrantId};
use store::{Ctx, sql};

use crate::grants::{self, Grant, member};

/// Between two reminders, and between the newest decision and the first.
const EVERY: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How long before the end the member hears of it.
const BEFORE_END: SignedDuration = SignedDuration::from_hours(24 * 14);
/// The same in days: a member who chose a shorter time already knows the end.
const BEFORE_END_DAYS: u16 = 14;
/// A reminder that could not leave for so long is no longer sent: it might be untrue by then.
const WORTH_SENDING: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Grants in one transaction.
const STEP: u32 = 50;

/// Reminds some of the members whose apps have been connected for another 90 days; returns how many accounts it looked at. Call
/// again while it returns more than 0.
pub async fn remind(ctx: &mut Ctx, site: &Site) -> Result<u64, identity::error::Error> {
    let decided_by = ctx.now - EVERY;
    // The inner query goes along the index of these times. Without it, PostgreSQL reads every grant in the order of the accounts,
    // because it expects to find enough of them soon.
    let due: Vec<(AccountId,)> = sql("SELECT DISTINCT account_id FROM (SELECT account_id FROM access_grant
             WHERE ended_at IS NULL AND offline AND COALESCE(reminded_at, created_at) <= $1 AND expires_at > $2
             ORDER BY COALESCE(reminded_at, created_at) LIMIT 0 + $3) due
         ORDER BY account_id")
    .bind(decided_by)
    .bind(ctx.now)
    .bind(STEP)
    .fetch_all(&mut ctx.tx)
    .await?;
    for (account,) in &due {
        // Of several nodes, one finds a row that is still due.
        let first =
            sql("UPDATE access_grant SET reminded_at = $1 WHERE account_id = $2 AND ended_at IS NULL AND offline
             AND COALESCE(reminded_at, created_at) <= $3 AND expires_at > $1");
        let reminded = first.bind(ctx.now).bind(account).bind(decided_by).execute(&mut ctx.tx).await?;
        if reminded != 0 {
            write(ctx, site, account).await?;
        }
    }
    Ok(due.len() as u64)
}

/// One mail is about all apps of the account, so that none of them causes another one soon.
async fn write(ctx: &mut Ctx, site: &Site, account: &AccountId) -> Result<(), identity::error::Error> {
    let others =
        sql("UPDATE access_grant SET reminded_at = $1 WHERE account_id = $2 AND ended_at IS NULL AND expires_at > $1");
    others.bind(ctx.now).bind(account).execute(&mut ctx.tx).await?;
    let connections = member::connected(ctx, account).await?;
    // What is blocked or deleted reads nothing, and must not be said to.
    if !connections.iter().any(|connection| connection.grant.offline && connection.stopped.is_none()) {
        return Ok(());
    }
    if let Some(account) = accounts::find(ctx, account).await?
        && let Some(reader) = account.reader()
    {
        let event = format!("access-reminder:{}:{}", account.id, ctx.now.as_millisecond());
        let until = ctx.now + WORTH_SENDING;
        outbox::enqueue_until(ctx, &event, &access::still_connected(site, reader), until).await?;
    }
    Ok(())
}

/// Writes about some of the grants that end within two weeks, each once for each end; returns how many. Call again while it returns
/// more than 0.
pub async fn announce_ends(ctx: &mut Ctx, site: &Site) -> Result<u64, identity::error::Error> {
    let due: Vec<(GrantId,)> = sql("UPDATE access_grant SET end_announced_for = expires_at
         WHERE ended_at IS NULL AND offline AND expires_at > $1 AND expires_at <= $2 AND COALESCE(days, 365) > $3
           AND COALESCE(end_announced_for, 0) <> expires_at
           AND id IN (SELECT id FROM access_grant WHERE ended_at IS NULL AND offline AND expires_at > $1 AND expires_at <= $2
                      AND COALESCE(days, 365) > $3 AND COALESCE(end_announced_for, 0) <> expires_at
                      ORDER BY expires_at, id LIMIT 0 + $4)
         RETURNING id")
    .bind(ctx.now)
    .bind(ctx.now + BEFORE_END)
    .bind(i64::from(BEFORE_END_DAYS))
    .bind(STEP)
    .fetch_all(&mut ctx.tx)
    .await?;
    for (id,) in &due {
        let grant = grants::get(ctx, id).await?;
        let stopped = member::get(ctx, &grant.account, id).await.is_ok_and(|connection| connection.stopped.is_some());
        if !stopped
            && let Some(account) = accounts::find(ctx, &grant.account).await?
            && let Some(reader) = account.reader()
        {
            let message = access::ends_soon(site, reader, &format!("/member/apps/{id}/renew"));
            outbox::enqueue_until(ctx, &ending_event(&grant), &message, grant.expires_at).await?;
        }
    }
    Ok(due.len() as u64)
}

/// The name of the mail about this end of the grant.
pub(crate) fn ending_event(grant: &Grant) -> String {
    format!("access-ends:{}:{}", grant.id, grant.expires_at.as_millisecond())
}
