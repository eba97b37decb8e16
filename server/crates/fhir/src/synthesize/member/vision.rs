//! Claims of optometrists (C4BB-ExplanationOfBenefit-Professional-NonClinician of the type `vision`, since 2.0.0).

use super::{
    claim::{Claim, Line, findings, place},
    cost::Costs,
    edition::editions,
    person::Member,
    visit::Visit,
};
use crate::synthesize::{
    specialty::{OPTOMETRY, Procedure},
    world::World,
};

/// An examination, and every other time glasses.
pub fn claim(world: &World, member: &Member, visit: &Visit) -> Claim {
    let random = &mut visit.random(world, member);
    let profiles = editions!("ExplanationOfBenefit-Professional-NonClinician");
    let mut claim = Claim::draft(world, member, visit, "vision", profiles);
    claim.carer(world, visit.practitioner, claim.edition.rendering());
    claim.say_facility(world);
    claim.say_file_numbers(member, visit);
    claim.findings = findings(OPTOMETRY.diagnoses, random.index(OPTOMETRY.diagnoses), 1);
    let count = if random.percent(50) { OPTOMETRY.procedures.len() } else { 1 };
    let (edition, decision) = (claim.edition, claim.terms.decision);
    let line = |done: &Procedure| {
        Line::new(edition.procedure(done.0), visit.day, place("11", "Office"), Costs::draw(done.1, decision, random))
    };
    claim.lines = OPTOMETRY.procedures.iter().take(count).map(line).collect();
    claim
}
