//! Learns of other nodes' signing keys, makes the next ones in time, and retires those that are no longer needed.

use oauth::keys::REFRESH;
use tokio::sync::watch;

use super::{Jobs, rest};

pub async fn run(jobs: Jobs, mut stopping: watch::Receiver<bool>) {
    while rest(REFRESH, &mut stopping).await {
        if let Err(error) = jobs.keys.turn(&jobs.store, &jobs.key_life).await {
            tracing::error!(%error, "the signing keys could not be maintained");
        }
    }
}
