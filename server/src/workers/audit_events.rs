//! Writes the access history into members' records, for programs that offer it to apps as AuditEvents.

use std::{sync::Arc, time::Duration};

use fhir::load::{self, Item, Options, Origin, check::Checks};
use jiff::{SignedDuration, Timestamp};
use model::partition::Partition;
use oauth::audit_events::{self, KIND};
use programs::{Programs, program::Program};
use store::Store;
use tokio::sync::watch;

use super::{Jobs, rest};

const EVERY: Duration = Duration::from_mins(10);
/// How far back a round looks. The first round of a process looks at everything.
const RECENT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Hours in one batch.
const MANY: i64 = 500;

pub async fn run(jobs: Jobs, mut stopping: watch::Receiver<bool>) {
    let mut since = Timestamp::UNIX_EPOCH;
    while rest(EVERY, &mut stopping).await {
        let next = jobs.store.now() - RECENT;
        match tell(&jobs.store, &jobs.registry.programs, since).await {
            Ok(()) => since = next,
            Err(error) => {
                tracing::warn!(%error, "the access history could not be written into members' records; trying again");
            }
        }
    }
}

/// Writes an event for each hour since this moment about which none tells yet.
pub async fn tell(store: &Store, programs: &Programs, since: Timestamp) -> Result<(), fhir::error::Error> {
    for program in programs.iter().filter(|program| program.resource(KIND).is_some()) {
        for environment in program.environments.iter().map(|info| info.environment) {
            tell_in(store, programs, program, &Partition::new(&program.id, environment), since).await?;
        }
    }
    Ok(())
}

async fn tell_in(
    store: &Store,
    programs: &Programs,
    program: &Program,
    partition: &Partition,
    since: Timestamp,
) -> Result<(), fhir::error::Error> {
    let options = Options { partition: partition.clone(), dry_run: false, checks: Checks::none() };
    loop {
        let mut ctx = store.read().await?;
        let readings = audit_events::untold(&mut ctx, partition, since, MANY).await?;
        // The load takes connections of its own.
        drop(ctx);
        if readings.is_empty() {
            return Ok(());
        }
        let origin = Origin { path: Arc::from("access history"), line: 1 };
        let events: Vec<_> = readings.iter().map(|reading| reading.event(program).to_string()).collect();
        let items = events.into_iter().map(move |json| Ok(Item { origin: origin.clone(), json }));
        let mut rejects = 0;
        let count = |event: load::Event<'_>| rejects += u64::from(matches!(event, load::Event::Reject(_)));
        load::run(store, programs, &options, items, count).await?;
        if 0 < rejects {
            tracing::warn!(rejects, %partition, "events of the access history were not valid");
        }
        let mut ctx = store.write().await?;
        audit_events::told(&mut ctx, &readings).await?;
        ctx.commit().await?;
    }
}
