//! Tells owners of secrets that will end.

use std::time::Duration;

use registry::{Registry, expiry};
use store::Store;
use tokio::sync::watch;

use super::{Jobs, housekeeping::repeat, rest};

/// A letter is at most this late.
const EVERY: Duration = Duration::from_mins(1);

pub async fn run(jobs: Jobs, mut stopping: watch::Receiver<bool>) {
    while rest(EVERY, &mut stopping).await {
        round(&jobs.store, &jobs.registry).await;
    }
}

/// Writes all letters that are due now.
pub async fn round(store: &Store, registry: &Registry) {
    repeat("secrets that end", || announce(store, registry)).await;
}

async fn announce(store: &Store, registry: &Registry) -> Result<u64, registry::error::Error> {
    let mut ctx = store.write().await?;
    let announced = expiry::announce(&mut ctx, registry).await?;
    ctx.commit().await?;
    Ok(announced)
}
