//! Removes what has ended: sessions, links, codes, tokens. In short transactions, so that nobody waits for it.

use std::{fmt::Display, time::Duration};

use store::{Ctx, Store};
use tokio::sync::watch;

use super::rest;

const EVERY: Duration = Duration::from_mins(10);
/// Transactions of one round, should there be very much to remove.
const MOST: u32 = 100;

pub async fn run(store: Store, mut stopping: watch::Receiver<bool>) {
    while rest(EVERY, &mut stopping).await {
        purge("identity", &store, identity::housekeeping::purge).await;
        purge("oauth", &store, oauth::housekeeping::purge).await;
    }
}

/// Calls a crate's `purge` until it finds nothing.
async fn purge<E: Display + From<store::Error>>(
    what: &str,
    store: &Store,
    step: impl AsyncFn(&mut Ctx) -> Result<u64, E>,
) {
    for _ in 0..MOST {
        match try_purge(store, &step).await {
            Ok(0) => return,
            Ok(rows) => tracing::debug!(what, rows, "purged"),
            Err(error) => {
                tracing::warn!(what, %error, "not purged");
                return;
            }
        }
    }
}

async fn try_purge<E: From<store::Error>>(
    store: &Store,
    step: impl AsyncFn(&mut Ctx) -> Result<u64, E>,
) -> Result<u64, E> {
    let mut ctx = store.write().await?;
    let rows = step(&mut ctx).await?;
    ctx.commit().await?;
    Ok(rows)
}
