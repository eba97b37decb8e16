//! Writes the mail that people requested after losing a password or an ID, and sends waiting mail.

use std::time::Duration;

use tokio::sync::watch;

use super::{Jobs, rest};

const EVERY: Duration = Duration::from_secs(1);

pub async fn run(jobs: Jobs, mut stopping: watch::Receiver<bool>) {
    loop {
        round(&jobs).await;
        let go_on = tokio::select! {
            go_on = rest(EVERY, &mut stopping) => go_on,
            () = jobs.mail_waits.notified() => true,
        };
        if !go_on {
            return;
        }
    }
}

async fn round(jobs: &Jobs) {
    if let Err(error) = identity::recovery::process(&jobs.store, &jobs.site).await {
        tracing::warn!(%error, "recovery requests could not be processed; trying again");
    }
    match mail::delivery::deliver(&jobs.store, &jobs.mailer).await {
        Ok(delivery) if 0 < delivery.sent => tracing::debug!(sent = delivery.sent, "mail sent"),
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "mail could not be sent; trying again"),
    }
}
