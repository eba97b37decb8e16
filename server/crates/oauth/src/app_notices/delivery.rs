//! Pushes the notices that wait (RFC 8935).

use std::{fmt, future::Future, pin::Pin};

use futures::{StreamExt, stream::FuturesUnordered};
use model::https_url::HttpsUrl;
use store::Store;

use super::{Notice, claim_due, event::Claims, is_due, mark_delivered, mark_failed};
use crate::{bases::Bases, keys::Keys};

/// Notices on their way at once.
const AT_ONCE: u32 = 8;

/// Calls an address that a vendor chose. The server decides how, and which addresses it never calls.
pub trait Push: Send + Sync {
    /// Posts the token; returns once the app has accepted it.
    fn push<'a>(
        &'a self,
        url: &'a HttpsUrl,
        token: String,
    ) -> Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;
}

/// Why a notice did not arrive, without a word of the receiver's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Another answer than 202 (RFC 8935 §2.2).
    Status(u16),
    /// The name leads to an address that is not public.
    NotPublic,
    /// No connection, no trusted certificate, or no answer in time.
    Unreachable,
    /// The address was removed, or we could not sign. Or a newer version knows why.
    Other,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "{status}"),
            Self::NotPublic => f.write_str("not_public"),
            Self::Unreachable => f.write_str("unreachable"),
            Self::Other => f.write_str("other"),
        }
    }
}

impl Failure {
    /// Reads what the column says.
    pub(crate) fn stored(word: &str) -> Self {
        match word {
            "not_public" => Self::NotPublic,
            "unreachable" => Self::Unreachable,
            word => word.parse().map_or(Self::Other, Self::Status),
        }
    }
}

/// Pushes all that is due; returns how many arrived. Stops early if a whole round fails. Any number of processes may do this at
/// once.
pub async fn deliver(store: &Store, keys: &Keys, bases: &Bases, push: &dyn Push) -> store::Result<u32> {
    let mut total = 0;
    while is_due(&mut store.read().await?).await? {
        let mut ctx = store.write().await?;
        let claimed = claim_due(&mut ctx, AT_ONCE).await?;
        ctx.commit().await?;
        let on_their_way = claimed.iter().map(async |notice| (notice, send(store, keys, bases, push, notice).await));
        let mut answers = FuturesUnordered::from_iter(on_their_way);
        let mut arrived = 0;
        // One after the other, so that this holds one connection at a time, and none while it waits for an app.
        while let Some((notice, answer)) = answers.next().await {
            let mut ctx = store.write().await?;
            match answer {
                Ok(()) => {
                    mark_delivered(&mut ctx, notice).await?;
                    arrived += 1;
                }
                Err(failure) => {
                    tracing::info!(notice = notice.id, client = %notice.client, %failure, "a notice did not arrive");
                    mark_failed(&mut ctx, notice, failure).await?;
                }
            }
            ctx.commit().await?;
        }
        total += arrived;
        if arrived == 0 {
            break;
        }
    }
    Ok(total)
}

async fn send(store: &Store, keys: &Keys, bases: &Bases, push: &dyn Push, notice: &Notice) -> Result<(), Failure> {
    let url = notice.url.as_ref().ok_or(Failure::Other)?;
    let issuer = bases.issuer(&notice.partition).ok_or(Failure::Other)?;
    // Signed each time, because keys are replaced while a notice waits.
    let token = keys.sign_event(store.now(), &Claims::of(notice, issuer)).map_err(|_| Failure::Other)?;
    push.push(url, token).await
}
