//! Claims of dentists (C4BB-ExplanationOfBenefit-Oral, since 2.0.0).

use super::{
    claim::{Claim, InfoValue, Line, findings, place},
    cost::Costs,
    edition::editions,
    person::Member,
    visit::Visit,
};
use crate::synthesize::{
    datatypes::{Coding, bare},
    directory::practitioner,
    specialty::GENERAL_DENTISTRY,
    world::World,
};

/// Teeth by the numbers of the American Dental Association.
const TEETH: [&str; 4] = ["3", "14", "19", "30"];

pub fn claim(world: &World, member: &Member, visit: &Visit) -> Claim {
    let random = &mut visit.random(world, member);
    let mut claim = Claim::draft(world, member, visit, "oral", editions!("ExplanationOfBenefit-Oral"));
    // The profile requires the dentist as the provider, not the practice.
    claim.provider = practitioner::reference_to(&world.practitioner(visit.practitioner));
    claim.carer(world, visit.practitioner, claim.edition.rendering());
    claim.say_facility(world);
    claim.say_file_numbers(member, visit);
    let (diagnoses, procedures) = (GENERAL_DENTISTRY.diagnoses, GENERAL_DENTISTRY.procedures);
    claim.findings = findings(diagnoses, random.index(diagnoses), 1);
    let treated = *random.pick(&TEETH);
    let orthodontic = random.percent(10) || claim.terms.in_full;
    let mut information = describe(&mut claim, treated);
    if orthodontic {
        information.push(claim.say("orthodontics", "Orthodontics", InfoValue::Quantity(18, Some("mo"))));
        information.push(claim.say("prosthesis", "Prosthesis", InfoValue::Flag(true)));
    }
    let first = random.index(procedures);
    let (edition, decision) = (claim.edition, claim.terms.decision);
    claim.lines = procedures
        .iter()
        .cycle()
        .skip(first)
        .take(2)
        .map(|done| {
            let costs = Costs::draw(done.1, decision, random);
            let mut line = Line::new(edition.procedure(done.0), visit.day, place("11", "Office"), costs);
            line.site = Some(tooth(treated));
            line.information.clone_from(&information);
            line
        })
        .collect();
    claim
}

/// Adds the details of the mouth; returns the sequence numbers of those that belong to the lines.
fn describe(claim: &mut Claim, treated: &'static str) -> Vec<u32> {
    // The next tooth was treated as well; a wisdom tooth is missing.
    let also = TEETH[(TEETH.iter().position(|tooth| *tooth == treated).unwrap_or_default() + 1) % TEETH.len()];
    vec![
        claim.say("additionalbodysite", "Additional Body Site", InfoValue::Code(tooth(also))),
        claim.say("missingtoothnumber", "Missing Tooth Number", InfoValue::Code(tooth("32"))),
    ]
}

fn tooth(number: &'static str) -> Coding {
    bare("http://terminology.hl7.org/CodeSystem/ADAUniversalToothDesignationSystem", number)
}
