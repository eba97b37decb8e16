//! Where mail waits until it is sent.
//!
//! - Never lost: a message is a row of the transaction that its event is part of, and stays due until a transport takes
//!   it, however long that is. Only two things end it earlier: what it is about ends (a link that no longer works must not be
//!   delivered), or the receiving server refuses it for good several times. Administrators can see both, without the text.
//! - Never sent twice for one event: the event's name is unique, and a worker leases a row before it sends it, so that
//!   of several workers on several nodes one has it.
//! - The one gap no mail system closes: if a process dies after the receiving server took a message and before
//!   [`mark_sent`] is saved, the message goes out again once the lease has ended. It has the same `Message-ID` then, by
//!   which the receiving side can tell. Losing it instead would be worse.

use jiff::{SignedDuration, Timestamp};
use model::{email::Email, stored::Stored};
use store::{Ctx, FromRow, Part, Result, Row, sql};

use crate::message::Message;

/// How long one worker has a message for itself. Longer than [`crate::mailer::SEND_TIMEOUT`], so that a message is not
/// leased again while it is being sent.
const LEASE: SignedDuration = SignedDuration::from_mins(3);
/// Waiting after the first failure; it doubles with each.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(10);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);
/// The server refused for good, so asking often would be rude. But servers make mistakes, too.
const WAIT_AFTER_REFUSAL: SignedDuration = SignedDuration::from_hours(1);
/// After this many refusals we believe the server.
const MOST_REFUSALS: i64 = 3;
/// How long what was sent is remembered, so that its event does not cause a second message.
const SENT_TTL: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long administrators can see what was never sent: as long as addresses are kept elsewhere.
const UNDELIVERED_TTL: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Rows deleted in one step.
const PURGE_STEP: u32 = 1000;
/// Of an error's text.
const MAX_ERROR_LENGTH: usize = 500;

/// A message on its way out.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub id: String,
    pub message: Message,
    pub created_at: Timestamp,
    /// How often it was leased, this time included.
    pub attempts: i64,
}

/// Queues a message as part of the event's transaction. `event` names what happened, once for ever
/// (`organization-approved:<review id>`): a second message of that name is dropped.
pub async fn enqueue(ctx: &mut Ctx, event: &str, message: &Message) -> Result<()> {
    put(ctx, event, message, None).await
}

/// The same for a message about something that ends then, such as a link: it is not sent later.
pub async fn enqueue_until(ctx: &mut Ctx, event: &str, message: &Message, expires_at: Timestamp) -> Result<()> {
    put(ctx, event, message, Some(expires_at)).await
}

async fn put(ctx: &mut Ctx, event: &str, message: &Message, expires_at: Option<Timestamp>) -> Result<()> {
    ctx.ring();
    sql("INSERT INTO outbox (id, event, recipient, subject, text_body, html_body, created_at, due_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8) ON CONFLICT (event) DO NOTHING")
    .bind(ctx.random_id())
    .bind(event)
    .bind(message.to.as_str())
    .bind(&message.subject)
    .bind(&message.text)
    .bind(&message.html)
    .bind(ctx.now)
    .bind(expires_at)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// What the message of this event is about has ended early, so it is no longer sent. Administrators do not need to see that.
pub async fn withdraw(ctx: &mut Ctx, event: &str) -> Result<()> {
    sql("DELETE FROM outbox WHERE event = $1 AND sent_at IS NULL").bind(event).execute(&mut ctx.tx).await?;
    Ok(())
}

/// Whether [`claim_due`] would find something. A read: so an idle worker takes no write lock.
pub async fn is_due(ctx: &mut Ctx) -> Result<bool> {
    let due: Option<(i64,)> =
        sql("SELECT attempts FROM outbox WHERE sent_at IS NULL AND gave_up_at IS NULL AND due_at <= $1 LIMIT 1")
            .bind(ctx.now)
            .fetch_optional(&mut ctx.tx)
            .await?;
    Ok(due.is_some())
}

/// Leases up to `limit` messages that are due, the longest waiting first; commit before sending them. Gives up those that
/// come too late.
pub async fn claim_due(ctx: &mut Ctx, limit: u32) -> Result<Vec<Outgoing>> {
    sql("UPDATE outbox SET gave_up_at = $1, text_body = '', html_body = '',
             last_error = COALESCE('too late: ' || last_error, 'too late')
         WHERE sent_at IS NULL AND gave_up_at IS NULL AND due_at <= $1 AND expires_at <= $1")
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    // The outer conditions repeat those of the inner query: PostgreSQL checks them again on a row that another worker has
    // just leased.
    sql("UPDATE outbox SET attempts = attempts + 1, due_at = $1
         WHERE sent_at IS NULL AND gave_up_at IS NULL AND due_at <= $2
           AND id IN (SELECT id FROM outbox WHERE sent_at IS NULL AND gave_up_at IS NULL AND due_at <= $2
                      ORDER BY due_at, id LIMIT 0 + $3)
         RETURNING id, recipient, subject, text_body, html_body, created_at, attempts")
    .bind(ctx.now + LEASE)
    .bind(ctx.now)
    .bind(limit)
    .fetch_all(&mut ctx.tx)
    .await
}

/// The transport took it. The row stays, so that its event does not cause a second message. The text is deleted, because it may
/// hold a link that works once.
pub async fn mark_sent(ctx: &mut Ctx, outgoing: &Outgoing) -> Result<()> {
    sql("UPDATE outbox SET sent_at = $1, text_body = '', html_body = '', last_error = NULL WHERE id = $2 AND sent_at IS NULL")
        .bind(ctx.now)
        .bind(&outgoing.id)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

/// The transport did not take it: it is due again later, for as long as it takes. After a few refusals it is given up.
pub async fn mark_failed(ctx: &mut Ctx, outgoing: &Outgoing, failure: &crate::mailer::SendError) -> Result<()> {
    let refusal = failure.is_refusal();
    let wait = if refusal { WAIT_AFTER_REFUSAL } else { wait_after(outgoing.attempts) };
    let error: String = failure.to_string().chars().take(MAX_ERROR_LENGTH).collect();
    // Only while the lease is still ours: another worker may have sent it meanwhile.
    sql("UPDATE outbox SET due_at = $1, last_error = $2, refusals = refusals + $3
         WHERE id = $4 AND attempts = $5 AND sent_at IS NULL AND gave_up_at IS NULL")
    .bind(ctx.now + wait)
    .bind(error)
    .bind(i64::from(refusal))
    .bind(&outgoing.id)
    .bind(outgoing.attempts)
    .execute(&mut ctx.tx)
    .await?;
    sql("UPDATE outbox SET gave_up_at = $1, text_body = '', html_body = ''
         WHERE id = $2 AND gave_up_at IS NULL AND sent_at IS NULL AND $3 <= refusals")
    .bind(ctx.now)
    .bind(&outgoing.id)
    .bind(MOST_REFUSALS)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// A message that was given up, or that was refused and is tried again: what of it administrators may see.
#[derive(Clone, Debug)]
pub struct Undelivered {
    pub id: String,
    pub recipient: String,
    pub subject: String,
    pub created_at: Timestamp,
    pub attempts: i64,
    pub gave_up_at: Option<Timestamp>,
    /// What the receiving server, or the way to it, said. Not our words.
    pub error: String,
}

/// These of the messages that failed and were not sent since, the newest first.
pub async fn undelivered(ctx: &mut Ctx, part: Part) -> Result<Vec<Undelivered>> {
    let mut query = sql("SELECT recipient, subject, created_at, attempts, gave_up_at, last_error, id FROM outbox");
    query.push(UNDELIVERED).push(" ORDER BY created_at DESC, id").push_part(part);
    query.fetch_list(&mut ctx.tx).await
}

/// How many there are.
pub async fn count_undelivered(ctx: &mut Ctx) -> Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM outbox");
    query.push(UNDELIVERED);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

const UNDELIVERED: &str = " WHERE sent_at IS NULL AND last_error IS NOT NULL";

/// How many were given up since then.
pub async fn given_up_since(ctx: &mut Ctx, since: Timestamp) -> Result<u64> {
    let query = sql("SELECT COUNT(*) FROM outbox WHERE gave_up_at IS NOT NULL AND $1 <= gave_up_at").bind(since);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(count.unsigned_abs())
}

/// Deletes what was sent or given up long ago, some thousand at a time; returns how many rows. Call again while it
/// returns more than 0.
pub async fn purge(ctx: &mut Ctx) -> Result<u64> {
    let sent = sql("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE sent_at <= $1 LIMIT 0 + $2)")
        .bind(ctx.now - SENT_TTL)
        .bind(PURGE_STEP)
        .execute(&mut ctx.tx)
        .await?;
    let given_up = sql("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE gave_up_at <= $1 LIMIT 0 + $2)")
        .bind(ctx.now - UNDELIVERED_TTL)
        .bind(PURGE_STEP)
        .execute(&mut ctx.tx)
        .await?;
    Ok(sent + given_up)
}

impl FromRow for Undelivered {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            recipient: row.get(0)?,
            subject: row.get(1)?,
            created_at: row.get(2)?,
            attempts: row.get(3)?,
            gave_up_at: row.get(4)?,
            error: row.get::<Option<String>>(5)?.unwrap_or_default(),
            id: row.get(6)?,
        })
    }
}

fn wait_after(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(20);
    (FIRST_WAIT * 2_i32.pow(doublings)).min(LONGEST_WAIT)
}

impl FromRow for Outgoing {
    fn from_row(row: &Row) -> Result<Self> {
        // Unchecked: an address that today's rules refuse must not hold up the others. The mailer refuses it.
        let to = Email::stored(row.get(1)?);
        let message = Message { to, subject: row.get(2)?, text: row.get(3)?, html: row.get(4)? };
        Ok(Self { id: row.get(0)?, message, created_at: row.get(5)?, attempts: row.get(6)? })
    }
}
