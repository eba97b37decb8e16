//! Removes what has expired: sessions, links, codes, tokens, mail that was sent. Uses short transactions, so that no
//! one waits for it.

use std::{fmt::Display, future::Future, time::Duration};

use store::Store;
use tokio::sync::watch;

use super::rest;

const EVERY: Duration = Duration::from_mins(10);
/// The largest number of transactions in one round.
const MOST: u32 = 100;

pub async fn run(store: Store, mut stopping: watch::Receiver<bool>) {
    while rest(EVERY, &mut stopping).await {
        repeat("identity", || purge_identity(&store)).await;
        repeat("registry", || purge_registry(&store)).await;
        repeat("oauth", || purge_oauth(&store)).await;
        repeat("payers", || purge_payers(&store)).await;
        repeat("security", || purge_security(&store)).await;
        repeat("usage", || purge_usage(&store)).await;
        repeat("mail", || purge_mail(&store)).await;
    }
}

/// Repeats a step until it finds nothing.
pub(super) async fn repeat<E: Display, F: Future<Output = Result<u64, E>>>(what: &str, step: impl Fn() -> F) {
    for _ in 0..MOST {
        match step().await {
            Ok(0) => return,
            Ok(rows) => tracing::debug!(what, rows, "done"),
            Err(error) => {
                tracing::warn!(what, %error, "not done");
                return;
            }
        }
    }
}

async fn purge_identity(store: &Store) -> Result<u64, identity::error::Error> {
    let mut ctx = store.write().await?;
    let rows = identity::housekeeping::purge(&mut ctx).await?;
    ctx.commit().await?;
    Ok(rows)
}

async fn purge_registry(store: &Store) -> Result<u64, store::Error> {
    let mut ctx = store.write().await?;
    let rows = registry::housekeeping::purge(&mut ctx).await?;
    ctx.commit().await?;
    Ok(rows)
}

async fn purge_oauth(store: &Store) -> Result<u64, store::Error> {
    let mut ctx = store.write().await?;
    let rows = oauth::housekeeping::purge(&mut ctx).await?;
    ctx.commit().await?;
    Ok(rows)
}

async fn purge_payers(store: &Store) -> Result<u64, store::Error> {
    let mut ctx = store.write().await?;
    let rows = payers::housekeeping::purge(&mut ctx).await?;
    ctx.commit().await?;
    Ok(rows)
}

async fn purge_security(store: &Store) -> Result<u64, store::Error> {
    let mut ctx = store.write().await?;
    let rows = audit::security::purge(&mut ctx).await? + audit::views::purge(&mut ctx).await?;
    ctx.commit().await?;
    Ok(rows)
}

async fn purge_usage(store: &Store) -> Result<u64, store::Error> {
    let mut ctx = store.write().await?;
    let rows = ::usage::housekeeping::purge(&mut ctx).await?;
    ctx.commit().await?;
    Ok(rows)
}

async fn purge_mail(store: &Store) -> Result<u64, store::Error> {
    let mut ctx = store.write().await?;
    let rows = mail::outbox::purge(&mut ctx).await?;
    ctx.commit().await?;
    Ok(rows)
}
