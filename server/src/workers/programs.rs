//! Records what the program files say and the database must know: the clients that the deployment publishes, and the changes
//! about which vendors receive mail. Programs are read at start, so this is done once.

use std::time::Duration;

use tokio::sync::watch;

use super::{Jobs, rest};

const AFTER_FAILURE: Duration = Duration::from_mins(1);

pub async fn run(jobs: Jobs, mut stopping: watch::Receiver<bool>) {
    loop {
        match once(&jobs).await {
            Ok(0) => return,
            Ok(changes) => {
                tracing::info!(changes, "wrote to vendors about changes of their programs");
                return;
            }
            Err(error) => tracing::warn!(%error, "the program files could not be recorded; trying again"),
        }
        if !rest(AFTER_FAILURE, &mut stopping).await {
            return;
        }
    }
}

/// Returns how many changes were new.
pub async fn once(jobs: &Jobs) -> Result<usize, registry::error::Error> {
    let mut ctx = jobs.store.write().await?;
    registry::published::register(&mut ctx, &jobs.registry).await?;
    ctx.commit().await?;
    if !registry::changes::is_due(&mut jobs.store.read().await?, &jobs.registry).await? {
        return Ok(0);
    }
    let mut ctx = jobs.store.write().await?;
    let changes = registry::changes::announce(&mut ctx, &jobs.registry).await?;
    ctx.commit().await?;
    Ok(changes)
}
