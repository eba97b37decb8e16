//! Sends what waits in the outbox.

use std::time::Duration;

use futures::{StreamExt, stream::FuturesUnordered};
use store::{Result, Store};

use crate::{
    mailer::{Mailer, SendError},
    outbox::{self, Outgoing},
};

/// Messages on their way at once.
const AT_ONCE: u32 = 8;
/// How often, and how far apart, we try to note that a message was sent: together less than a lease.
const NOTE_ATTEMPTS: u32 = 60;
const NOTE_EVERY: Duration = Duration::from_secs(1);

/// How it went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    pub sent: u32,
    pub failed: u32,
}

/// Sends all that is due. Stops early where a whole round fails, because the next would fail too. Any number of
/// processes may do this at once.
pub async fn deliver(store: &Store, mailer: &Mailer) -> Result<Delivery> {
    let mut total = Delivery::default();
    while outbox::is_due(&mut store.read().await?).await? {
        let mut ctx = store.write().await?;
        let claimed = outbox::claim_due(&mut ctx, AT_ONCE).await?;
        ctx.commit().await?;
        let mut sent = 0;
        let on_their_way = claimed.iter().map(async |outgoing| (outgoing, mailer.send(outgoing).await));
        let mut answers = FuturesUnordered::from_iter(on_their_way);
        // One after the other, so that this holds one connection at a time, and none while it waits for a mail server.
        while let Some((outgoing, answer)) = answers.next().await {
            sent += u32::from(note(store, outgoing, answer).await?);
        }
        total.sent += sent;
        total.failed += u32::try_from(claimed.len()).unwrap_or(u32::MAX) - sent;
        if sent == 0 {
            break;
        }
    }
    Ok(total)
}

/// Returns whether it was sent.
async fn note(store: &Store, outgoing: &Outgoing, answer: std::result::Result<(), SendError>) -> Result<bool> {
    let Err(failure) = answer else {
        note_sent(store, outgoing).await?;
        return Ok(true);
    };
    log(outgoing, &failure);
    let mut ctx = store.write().await?;
    outbox::mark_failed(&mut ctx, outgoing, &failure).await?;
    ctx.commit().await?;
    Ok(false)
}

/// A server's answer may repeat the recipient's address, so it is kept with the message and not logged.
fn log(Outgoing { id, attempts, .. }: &Outgoing, failure: &SendError) {
    match failure {
        SendError::Unreachable(reason) => tracing::warn!(mail = id, attempts, reason, "mail not sent"),
        SendError::Deferred(_) => tracing::warn!(mail = id, attempts, "mail deferred by the server"),
        SendError::Refused(_) => tracing::error!(mail = id, attempts, "mail refused by the server"),
    };
}

/// The message is out. Until this is noted, it would go out again when its lease ends. So this waits for a database that is
/// briefly unavailable.
async fn note_sent(store: &Store, outgoing: &Outgoing) -> Result<()> {
    let mut attempt = 1;
    loop {
        match try_note_sent(store, outgoing).await {
            Err(error) if error.kind() == store::Kind::Unavailable && attempt < NOTE_ATTEMPTS => {
                tracing::warn!(mail = outgoing.id, attempt, %error, "mail sent, but not noted yet");
            }
            result => return result,
        }
        attempt += 1;
        tokio::time::sleep(NOTE_EVERY).await;
    }
}

async fn try_note_sent(store: &Store, outgoing: &Outgoing) -> Result<()> {
    let mut ctx = store.write().await?;
    outbox::mark_sent(&mut ctx, outgoing).await?;
    ctx.commit().await
}
