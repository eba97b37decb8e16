//! Where mail waits until it is sent.
//!
//! - Never lost: a message is a row of the transaction that its event is part of, and stays due until a transport took
//!   it, however long that is.
//! - Never sent twice for one event: the event's name is unique, and a worker leases a row before it sends it, so that
//!   of several workers on several nodes one has it.
//! - The one gap no mail system closes: if a process dies after the receiving server took a message and before
//!   [`mark_sent`] is saved, the message goes out again once the lease has ended. It has the same `Message-ID` then, by
//!   which the receiving side can tell. Losing it instead would be worse.

use jiff::{SignedDuration, Timestamp};
use model::email::Email;
use store::{Ctx, Error, FromRow, Result, Row, sql};

use crate::message::Message;

/// How long one worker has a message for itself. Longer than [`crate::mailer::SEND_TIMEOUT`], so that a message is not
/// leased again while it is being sent.
const LEASE: SignedDuration = SignedDuration::from_mins(3);
/// Waiting after the first failure; it doubles with each.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(10);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);
/// Where the receiving server said no for good, somebody has to mend something first: asking often is rude.
const WAIT_AFTER_REFUSAL: SignedDuration = SignedDuration::from_hours(6);
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

/// Puts a message in line as part of the event's transaction. `event` names what happened, once for ever
/// (`organization-approved:<review id>`): a second message of that name is dropped.
pub async fn enqueue(ctx: &mut Ctx, event: &str, message: &Message) -> Result<()> {
    sql("INSERT INTO outbox (id, event, recipient, subject, text_body, html_body, created_at, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (event) DO NOTHING")
    .bind(ctx.random_id())
    .bind(event)
    .bind(message.to.as_str())
    .bind(&message.subject)
    .bind(&message.text)
    .bind(&message.html)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// Whether [`claim_due`] would find something. A read: so an idle worker takes no write lock.
pub async fn is_due(ctx: &mut Ctx) -> Result<bool> {
    let due: Option<(i64,)> = sql("SELECT attempts FROM outbox WHERE sent_at IS NULL AND due_at <= $1 LIMIT 1")
        .bind(ctx.now)
        .fetch_optional(&mut ctx.tx)
        .await?;
    Ok(due.is_some())
}

/// Leases up to `limit` messages that are due, the longest waiting first; commit before sending them.
pub async fn claim_due(ctx: &mut Ctx, limit: u32) -> Result<Vec<Outgoing>> {
    // The outer conditions are those of the inner query again: PostgreSQL checks them anew on a row that another worker
    // has just leased.
    sql("UPDATE outbox SET attempts = attempts + 1, due_at = $1
         WHERE sent_at IS NULL AND due_at <= $2
           AND id IN (SELECT id FROM outbox WHERE sent_at IS NULL AND due_at <= $2 ORDER BY due_at, id LIMIT 0 + $3)
         RETURNING id, recipient, subject, text_body, html_body, created_at, attempts")
    .bind(ctx.now + LEASE)
    .bind(ctx.now)
    .bind(limit)
    .fetch_all(&mut ctx.tx)
    .await
}

/// The transport took it. The row stays, so that its event is not told again; the text, which may hold a link that
/// works once, goes.
pub async fn mark_sent(ctx: &mut Ctx, outgoing: &Outgoing) -> Result<()> {
    sql("UPDATE outbox SET sent_at = $1, text_body = '', html_body = '', last_error = NULL WHERE id = $2 AND sent_at IS NULL")
        .bind(ctx.now)
        .bind(&outgoing.id)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

/// The transport did not take it: it is due again later, for as long as it takes.
pub async fn mark_failed(ctx: &mut Ctx, outgoing: &Outgoing, failure: &crate::mailer::SendError) -> Result<()> {
    let wait = if failure.is_refusal() { WAIT_AFTER_REFUSAL } else { wait_after(outgoing.attempts) };
    let error: String = failure.to_string().chars().take(MAX_ERROR_LENGTH).collect();
    // Only while the lease is still ours: another worker may have sent it meanwhile.
    sql("UPDATE outbox SET due_at = $1, last_error = $2 WHERE id = $3 AND attempts = $4 AND sent_at IS NULL")
        .bind(ctx.now + wait)
        .bind(error)
        .bind(&outgoing.id)
        .bind(outgoing.attempts)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

fn wait_after(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(20);
    (FIRST_WAIT * 2_i32.pow(doublings)).min(LONGEST_WAIT)
}

impl FromRow for Outgoing {
    fn from_row(row: &Row) -> Result<Self> {
        let id: String = row.get(0)?;
        let recipient: String = row.get(1)?;
        let to: Email = recipient.parse().map_err(|error: model::email::EmailError| Error::Corrupt {
            table: "outbox",
            column: "recipient",
            id: id.clone(),
            reason: error.to_string(),
        })?;
        let message = Message { to, subject: row.get(2)?, text: row.get(3)?, html: row.get(4)? };
        Ok(Self { id, message, created_at: row.get(5)?, attempts: row.get(6)? })
    }
}
