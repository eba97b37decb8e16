//! Claims of practices (C4BB-ExplanationOfBenefit-Professional-NonClinician).

use super::{
    claim::{Claim, Line, REFERRING, findings, place},
    cost::Costs,
    edition::{Edition, editions},
    person::Member,
    visit::Visit,
};
use crate::synthesize::world::World;

pub fn claim(world: &World, member: &Member, visit: &Visit) -> Claim {
    let random = &mut visit.random(world, member);
    let specialty = world.practitioner(visit.practitioner).specialty;
    let profiles = editions!("ExplanationOfBenefit-Professional-NonClinician");
    let mut claim = Claim::draft(world, member, visit, "professional", profiles);
    claim.carer(world, visit.practitioner, claim.edition.rendering());
    if random.percent(25) {
        let clinic = world.nearby(member.address.place, 3, random);
        claim.carer(world, world.someone_of(clinic, random), REFERRING);
    }
    if claim.edition == Edition::First {
        let status = claim.contracting_status();
        claim.say("performingnetworkcontractingstatus", "Performing Network Contracting Status", status);
    }
    claim.say_facility(world);
    claim.say_file_numbers(member, visit);
    let reason = random.index(specialty.diagnoses);
    claim.findings = findings(specialty.diagnoses, reason, if random.percent(40) { 2 } else { 1 });
    let from_a_distance = specialty.behavioral && random.percent(35);
    let first = random.index(specialty.procedures);
    let count = if random.percent(45) { 2 } else { 1 };
    let site = if from_a_distance {
        place("02", "Telehealth Provided Other than in Patient's Home")
    } else {
        place("11", "Office")
    };
    let (edition, decision) = (claim.edition, claim.terms.decision);
    claim.lines = specialty
        .procedures
        .iter()
        .cycle()
        .skip(first)
        .take(count.min(specialty.procedures.len()))
        .map(|done| {
            let costs = Costs::draw(done.1, decision, random);
            let mut line = Line::new(edition.procedure(done.0), visit.day, site, costs);
            line.modifier = from_a_distance.then(|| edition.modifier("GT"));
            line
        })
        .collect();
    claim
}
