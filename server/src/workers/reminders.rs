//! Reminds members of connected apps, announces ends, and closes access and representations whose time is over.

use std::time::Duration;

use mail::site::Site;
use oauth::{
    grants::{expiry, representation},
    reminders,
};
use store::Store;
use tokio::sync::watch;

use super::{Jobs, housekeeping::repeat, rest};

/// A notice about an end that time brought is at most this late.
const EVERY: Duration = Duration::from_mins(1);

pub async fn run(jobs: Jobs, mut stopping: watch::Receiver<bool>) {
    while rest(EVERY, &mut stopping).await {
        round(&jobs.store, &jobs.site).await;
    }
}

/// Does all that is due now.
pub async fn round(store: &Store, site: &Site) {
    // First, so that access that ends on the same day ends by this.
    repeat("representatives", || close_representatives(store, site)).await;
    repeat("expired access", || close(store)).await;
    repeat("reminders", || remind(store, site)).await;
    repeat("announced ends", || announce(store, site)).await;
}

async fn close(store: &Store) -> Result<u64, store::Error> {
    let mut ctx = store.write().await?;
    let closed = expiry::close(&mut ctx).await?;
    ctx.commit().await?;
    Ok(closed)
}

async fn close_representatives(store: &Store, site: &Site) -> Result<u64, identity::error::Error> {
    let mut ctx = store.write().await?;
    let closed = representation::close(&mut ctx, site).await?;
    ctx.commit().await?;
    Ok(closed)
}

async fn remind(store: &Store, site: &Site) -> Result<u64, identity::error::Error> {
    let mut ctx = store.write().await?;
    let looked_at = reminders::remind(&mut ctx, site).await?;
    ctx.commit().await?;
    Ok(looked_at)
}

async fn announce(store: &Store, site: &Site) -> Result<u64, identity::error::Error> {
    let mut ctx = store.write().await?;
    let announced = reminders::announce_ends(&mut ctx, site).await?;
    ctx.commit().await?;
    Ok(announced)
}
