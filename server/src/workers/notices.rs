//! Pushes notices to apps about what members changed or ended.

use std::time::Duration;

use oauth::app_notices::delivery::deliver;
use tokio::sync::watch;

use super::{Jobs, rest};

const EVERY: Duration = Duration::from_secs(2);

pub async fn run(jobs: Jobs, mut stopping: watch::Receiver<bool>) {
    while rest(EVERY, &mut stopping).await {
        match deliver(&jobs.store, &jobs.keys, &jobs.bases, &*jobs.push).await {
            Ok(0) => {}
            Ok(arrived) => tracing::debug!(arrived, "notices delivered"),
            Err(error) => tracing::warn!(%error, "notices could not be delivered; trying again"),
        }
    }
}
