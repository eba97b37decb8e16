//! Writes to the staff on Monday morning about what is late.

use std::time::Duration;

use app::admin::feeds::freshness;
use programs::Programs;
use registry::{
    Registry,
    digest::{self, Feeds},
};
use store::{Ctx, Store};
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
    repeat("weekly letters", || write(store, registry)).await;
}

async fn write(store: &Store, registry: &Registry) -> Result<u64, registry::error::Error> {
    let mut ctx = store.read().await?;
    if !digest::is_due(&mut ctx, registry).await? {
        return Ok(0);
    }
    let feeds = late_feeds(&mut ctx, &registry.programs).await?;
    drop(ctx);
    let mut ctx = store.write().await?;
    let people = digest::write(&mut ctx, registry, &feeds).await?;
    ctx.commit().await?;
    Ok(u64::try_from(people).unwrap_or_default())
}

async fn late_feeds(ctx: &mut Ctx, programs: &Programs) -> Result<Feeds, store::Error> {
    let mut late = Feeds::new();
    for program in programs.iter() {
        late.insert(program.id.clone(), freshness::late(ctx, program).await?);
    }
    Ok(late)
}
