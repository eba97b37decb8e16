//! By when we answer, and how letters say it.

use jiff::Timestamp;
use mail::moment::When;
use model::partition::{Environment, ProgramId};
use programs::support::{Due, ResponseTo};

use crate::{Registry, calendar::Calendar, outages::Pauses};

/// Of a question to support: business hours of the first of these programs, or of the first program there is, without outages.
pub(crate) fn support<'p>(
    registry: &Registry,
    pauses: &Pauses,
    programs: impl IntoIterator<Item = &'p ProgramId>,
    environment: Environment,
    from: Timestamp,
) -> Timestamp {
    let programs: Vec<ProgramId> = programs.into_iter().cloned().collect();
    let named = programs.iter().find_map(|id| registry.programs.get(id));
    let Some(program) = named.or_else(|| registry.programs.iter().next()) else {
        return pauses.pause(Calendar::us_central(), &programs).add_business_hours(from, 24);
    };
    let to = match environment {
        Environment::Sandbox => ResponseTo::SandboxSupport,
        Environment::Production => ResponseTo::ProductionSupport,
    };
    let calendar = pauses.pause(Calendar::of(&program.support.hours), &programs);
    match program.support.response_time(to).map(programs::support::ResponseTime::due) {
        Some(Due::BusinessDays(days)) => calendar.add_business_days(from, days),
        Some(Due::BusinessHours(hours)) => calendar.add_business_hours(from, hours),
        Some(Due::AtOnce) | None => calendar.next_open(from),
    }
}

/// The moment as letters say it, in the zone of these programs, or in the one that all share.
pub(crate) fn when<'p>(registry: &Registry, programs: impl IntoIterator<Item = &'p ProgramId>, at: Timestamp) -> When {
    When::new(at, registry.programs.zone(programs))
}
