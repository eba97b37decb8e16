//! Signs in to the sandboxes, to see whether that works.

use std::time::Duration;

use tokio::sync::watch;

use super::{Jobs, rest};

/// How often a process looks whether a probe is due.
const EVERY: Duration = Duration::from_secs(10);

pub async fn run(jobs: Jobs, mut stopping: watch::Receiver<bool>) {
    // The first waits, too: the server has to listen, and the programs worker registers the probe's app.
    while rest(EVERY, &mut stopping).await {
        match jobs.prober.round().await {
            Ok(0) => {}
            Ok(made) => tracing::debug!(made, "probes made"),
            Err(error) => tracing::warn!(%error, "the probes could not be made; trying again"),
        }
    }
}
