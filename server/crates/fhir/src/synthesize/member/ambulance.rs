//! Claims for ambulance rides (C4BB-ExplanationOfBenefit-Professional-NonClinician, which has elements for their
//! details since 2.0.0).

use super::{
    claim::{Claim, InfoValue, Line, findings, place},
    cost::Costs,
    edition::editions,
    person::Member,
    visit::Visit,
};
use crate::synthesize::{datatypes::bare, specialty::EMERGENCY_MEDICINE, world::World};

/// A ride to a hospital, or to another hospital and back for an examination that the first one cannot do.
pub fn claim(world: &World, member: &Member, visit: &Visit) -> Claim {
    let random = &mut visit.random(world, member);
    let profiles = editions!("ExplanationOfBenefit-Professional-NonClinician");
    let mut claim = Claim::draft(world, member, visit, "professional", profiles);
    claim.carer(world, visit.practitioner, claim.edition.rendering());
    claim.say_facility(world);
    claim.say_file_numbers(member, visit);
    claim.findings = findings(EMERGENCY_MEDICINE.diagnoses, random.index(EMERGENCY_MEDICINE.diagnoses), 1);
    let miles = random.between(3, 40);
    let destination = world.organization(visit.organization).address.text();
    let information = describe(&mut claim, miles, &member.address.text(), &destination, random.between(110, 240));
    let (edition, decision) = (claim.edition, claim.terms.decision);
    let mut line = |code, dollars, quantity| {
        let costs = Costs::draw(dollars, decision, random);
        let mut line = Line::new(edition.procedure(code), visit.day, place("41", "Ambulance - Land"), costs);
        line.modifier = Some(edition.modifier("RH"));
        line.quantity = quantity;
        line.information.clone_from(&information);
        line
    };
    claim.lines = vec![line("A0429", 780, 1), line("A0425", miles * 14, miles)];
    claim
}

/// Adds the details; returns their sequence numbers.
fn describe(claim: &mut Claim, miles: u32, from: &str, to: &str, pounds: u32) -> Vec<u32> {
    let reason = bare("https://x12.org/codesystem.x12.org/ambulance-transport-reason-codes", "A");
    let text = |words: &str| InfoValue::Text(words.to_owned());
    vec![
        claim.say("patientweight", "Patient Weight", InfoValue::Quantity(pounds, Some("[lb_av]"))),
        claim.say("ambulancetransportreason", "Ambulance Transport Reason", InfoValue::Reason(reason)),
        claim.say("transportationdistance", "Transportation Distance", InfoValue::Quantity(miles, Some("[mi_i]"))),
        claim.say("roudtrippurpose", "Round Trip Purpose", text("Imaging at another hospital")),
        claim.say("stretcherpurpose", "Stretcher Purpose", text("Unable to sit during the ride")),
        claim.say("pickuplocation", "Pick-up Location", text(from)),
        claim.say("dropofflocation", "Drop-off Location", text(to)),
    ]
}
