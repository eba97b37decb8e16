//! Saves what calls were counted, a second after they were at the latest.

use std::time::Duration;

use tokio::sync::watch;

use super::{Jobs, rest};

const EVERY: Duration = Duration::from_secs(1);

pub async fn run(jobs: Jobs, mut stopping: watch::Receiver<bool>) {
    loop {
        let go_on = rest(EVERY, &mut stopping).await;
        if let Err(error) = jobs.meter.flush(&jobs.store).await {
            tracing::warn!(%error, "the counts of calls could not be written; trying again");
        }
        if let Err(error) = jobs.transfers.flush(&jobs.store).await {
            tracing::warn!(%error, "the calls of transfers could not be written; trying again");
        }
        if !go_on {
            return;
        }
    }
}
