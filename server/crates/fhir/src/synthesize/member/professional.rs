//! Claims of practices (C4BB-ExplanationOfBenefit-Professional-NonClinician).

use super::{
    claim::{
        Claim, Finding, HCPCS, InfoValue, Line, PERFORMING, PRINCIPAL, REFERRING, SECONDARY, STATUS, place, procedure,
    },
    cost::Costs,
    person::Member,
    visit::Visit,
};
use crate::synthesize::{
    datatypes::{bare, coding},
    directory::organization,
    world::World,
};

const PROFILE: &[&str] =
    &["http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-ExplanationOfBenefit-Professional-NonClinician|1.1.0"];

pub fn claim(world: &World, member: &Member, visit: &Visit) -> Claim {
    let random = &mut visit.random(world, member);
    let specialty = world.practitioner(visit.practitioner).specialty;
    let mut claim = Claim::draft(world, member, visit, "professional", PROFILE);
    claim.carer(world, visit.practitioner, PERFORMING);
    if random.percent(25) {
        let clinic = world.nearby(member.address.place, 3, random);
        claim.carer(world, world.someone_of(clinic, random), REFERRING);
    }
    let contracted = if claim.in_network {
        coding(STATUS, "contracted", "Contracted")
    } else {
        coding(STATUS, "noncontracted", "Non-Contracted")
    };
    claim.say(
        "performingnetworkcontractingstatus",
        "Performing Network Contracting Status",
        InfoValue::Code(contracted),
    );
    let facility = organization::reference_to(&world.organization(visit.organization));
    claim.say("servicefacility", "Service Facility", InfoValue::About(facility));
    claim.say_file_numbers(member, visit);
    let reason = random.below(u32::try_from(specialty.diagnoses.len()).unwrap_or_default()) as usize;
    let besides = (reason + 1) % specialty.diagnoses.len();
    let roles = [(reason, PRINCIPAL), (besides, SECONDARY)];
    let count = if besides != reason && random.percent(40) { 2 } else { 1 };
    claim.findings = roles
        .iter()
        .take(count)
        .map(|(index, role)| Finding { diagnosis: &specialty.diagnoses[*index], role: *role, on_admission: None })
        .collect();
    let from_a_distance = specialty.behavioral && random.percent(35);
    let first = random.below(u32::try_from(specialty.procedures.len()).unwrap_or_default()) as usize;
    let lines = if random.percent(45) { 2 } else { 1 };
    claim.lines = specialty
        .procedures
        .iter()
        .cycle()
        .skip(first)
        .take(lines.min(specialty.procedures.len()))
        .map(|done| Line {
            code: procedure(done.0),
            revenue: None,
            modifier: if from_a_distance { Some(bare(HCPCS, "GT")) } else { None },
            day: visit.day,
            place: if from_a_distance {
                place("02", "Telehealth Provided Other than in Patient's Home")
            } else {
                place("11", "Office")
            },
            quantity: 1,
            unit: None,
            ingredients: Vec::new(),
            costs: Costs::draw(done.1, claim.decision, random),
        })
        .collect();
    claim
}
