//! The background work. Every process runs all of it; when several share a database, rows say which process has which
//! job.

mod access;
pub mod audit_checks;
pub mod audit_events;
pub mod digest;
mod housekeeping;
mod keys;
mod notices;
mod outbox;
mod probe;
pub mod programs;
pub mod reminders;
pub mod secrets;
mod traces;
pub mod usage;

use std::{sync::Arc, time::Duration};

use ::audit::{access::Recorder, security::Watch};
use ::usage::{meter::Meter, transfers::Transfers};
use mail::{
    mailer::{Mailer, SettingsError},
    site::Site,
};
use oauth::{
    bases::Bases,
    keys::{Keys, Life},
};
use registry::Registry;
use store::Store;
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
    time::timeout,
};

use crate::{
    oauth::notices::HttpsPush,
    probe::Prober,
    settings::{self, Settings},
};

/// What the workers need.
#[derive(Clone)]
pub struct Jobs {
    pub store: Store,
    pub site: Site,
    pub registry: Registry,
    pub mailer: Mailer,
    pub keys: Arc<Keys>,
    pub key_life: Life,
    /// Shared with the FHIR handlers, which record calls in it.
    pub recorder: Recorder,
    /// Shared with the layer that counts calls.
    pub meter: Meter,
    /// Shared with the FHIR handlers.
    pub transfers: Transfers,
    /// Issuers, for notices to apps.
    pub bases: Arc<Bases>,
    /// Calls the addresses of apps.
    pub push: Arc<HttpsPush>,
    /// Shared with all code that refuses requests.
    pub watch: Watch,
    /// The store wakes it after a commit that wrote mail, so that mail leaves immediately; mail of other processes
    /// leaves within a second.
    pub mail_waits: Arc<Notify>,
    /// Where the digest of the audit log goes.
    pub audit: settings::Audit,
    /// Sees whether the sandboxes work.
    pub prober: Arc<Prober>,
}

/// The workers of this process.
pub struct Workers {
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
}

/// A worker that has not finished its round by then is abandoned; its leases expire.
const PATIENCE: Duration = Duration::from_secs(7);

/// Starts all workers.
pub fn start(jobs: &Jobs) -> Workers {
    let (stop, stopping) = watch::channel(false);
    let mut tasks = JoinSet::new();
    tasks.spawn(outbox::run(jobs.clone(), stopping.clone()));
    tasks.spawn(access::run(jobs.clone(), stopping.clone()));
    tasks.spawn(audit_checks::run(jobs.clone(), stopping.clone()));
    tasks.spawn(audit_events::run(jobs.clone(), stopping.clone()));
    tasks.spawn(keys::run(jobs.clone(), stopping.clone()));
    tasks.spawn(probe::run(jobs.clone(), stopping.clone()));
    tasks.spawn(programs::run(jobs.clone(), stopping.clone()));
    tasks.spawn(notices::run(jobs.clone(), stopping.clone()));
    tasks.spawn(reminders::run(jobs.clone(), stopping.clone()));
    tasks.spawn(digest::run(jobs.clone(), stopping.clone()));
    tasks.spawn(secrets::run(jobs.clone(), stopping.clone()));
    tasks.spawn(usage::run(jobs.clone(), stopping.clone()));
    tasks.spawn(traces::run(jobs.clone(), stopping.clone()));
    tasks.spawn(housekeeping::run(jobs.store.clone(), stopping));
    Workers { tasks, stop }
}

impl Workers {
    /// Lets each finish its round, and saves what was only in memory. Call it after the last request was answered.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if timeout(PATIENCE, async { while self.tasks.join_next().await.is_some() {} }).await.is_err() {
            tracing::warn!("a worker did not finish in time");
        }
    }
}

/// How mail leaves: through SMTP if configured, otherwise as files in `mail` below the data folder.
pub fn mailer(settings: &Settings) -> Result<Mailer, SettingsError> {
    match &settings.mail.smtp {
        Some(url) => Mailer::smtp(&settings.mail.from, url),
        None => Mailer::folder(&settings.mail.from, &settings.data.join("mail")),
    }
}

/// Waits for this time, or until the workers are to stop; returns whether to go on.
async fn rest(time: Duration, stopping: &mut watch::Receiver<bool>) -> bool {
    // The channel closes with `Workers`, which ends the work too.
    timeout(time, stopping.wait_for(|stop| *stop)).await.is_err()
}
