//! The daily check of the audit log, and its digest for the places that keep it outside of the database.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
    time::Duration,
};

use app::admin::audit::check::fault;
use audit::{
    checks::{self, By},
    verify::Outcome,
};
use mail::{messages, outbox, site::Site};
use store::{Ctx, Store};
use tokio::sync::watch;

use super::{Jobs, rest};
use crate::{check_audit::process, settings};

/// How often a process looks whether it is its turn.
const EVERY: Duration = Duration::from_mins(10);

pub async fn run(jobs: Jobs, mut stopping: watch::Receiver<bool>) {
    loop {
        if let Err(error) = round(&jobs.store, &jobs.site, &jobs.audit).await {
            tracing::error!(%error, "the audit log could not be checked");
        }
        if !rest(EVERY, &mut stopping).await {
            return;
        }
    }
}

/// The check, if it is due and no other process makes it; returns what it found.
pub async fn round(store: &Store, site: &Site, settings: &settings::Audit) -> Result<Option<Outcome>, store::Error> {
    let mut ctx = store.write().await?;
    let is_due = checks::take_turn(&mut ctx).await?;
    ctx.commit().await?;
    if !is_due {
        return Ok(None);
    }
    let outcome = checks::daily(store).await?;
    if !outcome.is_intact() {
        let first = outcome.faults.first().map(|first| fault(*first)).unwrap_or_default();
        tracing::error!(problems = outcome.count, first, "the audit log is not intact");
    }
    let mut ctx = store.write().await?;
    if let Some(file) = &settings.digest_file
        && let Err(error) = append(file, &line(&ctx, &outcome))
    {
        tracing::error!(file = %file.display(), %error, "the digest of the audit log could not be written");
    }
    send(&mut ctx, site, settings, &outcome).await?;
    checks::finish(&mut ctx, By::Worker, &process(), &outcome).await?;
    ctx.commit().await?;
    Ok(Some(outcome))
}

async fn send(ctx: &mut Ctx, site: &Site, settings: &settings::Audit, outcome: &Outcome) -> Result<(), store::Error> {
    let Some(to) = &settings.digest_email else { return Ok(()) };
    let digest = outcome.head.to_string();
    let message = match outcome.faults.first() {
        None => messages::audit::digest(site, to, outcome.head.sequence, &digest, outcome.rows),
        Some(first) => messages::audit::broken(site, to, &digest, &fault(*first)),
    };
    outbox::enqueue(ctx, &format!("audit-digest:{}", ctx.random_id()), &message).await?;
    Ok(())
}

/// `2026-12-01T03:00:00Z 1234:9f86… intact`
fn line(ctx: &Ctx, outcome: &Outcome) -> String {
    let result = if outcome.is_intact() { "intact" } else { "not-intact" };
    format!("{} {} {result}\n", ctx.now, outcome.head)
}

/// The file is only added to; its owner alone can read it.
fn append(file: &Path, line: &str) -> io::Result<()> {
    OpenOptions::new().create(true).append(true).open(file)?.write_all(line.as_bytes())
}
