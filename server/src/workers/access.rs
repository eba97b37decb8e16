//! Records which apps read what, a few moments after they did.

use std::time::Duration;

use tokio::sync::watch;

use super::{Jobs, rest};

const EVERY: Duration = Duration::from_secs(2);

pub async fn run(jobs: Jobs, mut stopping: watch::Receiver<bool>) {
    loop {
        let go_on = rest(EVERY, &mut stopping).await;
        if let Err(error) = jobs.recorder.flush(&jobs.store).await {
            tracing::warn!(%error, "the access history could not be written; trying again");
        }
        if !go_on {
            return;
        }
    }
}
