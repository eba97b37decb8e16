//! The data of a demonstration: a directory and synthetic members in every environment, so that the journey of a
//! production app can be tried as well.

use fhir::synthesize::Input;
use model::partition::Partition;

use crate::{Failure, output::say, state::AppState, synthesize};

/// Practitioners; the directory has about three times as many resources.
const PROVIDERS: u32 = 700;
const MEMBERS: u32 = 60;
const SEED: u64 = 1;

/// Fills the partitions that are still empty.
pub async fn load(state: &AppState) -> Result<(), Failure> {
    let services = &state.services;
    for partition in services.programs.partitions() {
        if services.fhir.is_empty(&partition) {
            fill(state, partition).await?;
        }
    }
    Ok(())
}

async fn fill(state: &AppState, partition: Partition) -> Result<(), Failure> {
    let services = &state.services;
    let Some(program) = services.programs.get(&partition.program) else { return Ok(()) };
    let input = Input::of(program, MEMBERS, PROVIDERS, SEED);
    let report = synthesize::load(&services.store, &services.programs, partition.clone(), input).await?;
    say!("{partition}: {} synthetic resources", report.written());
    Ok(())
}
