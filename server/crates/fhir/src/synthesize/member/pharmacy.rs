//! Claims of pharmacies (C4BB-ExplanationOfBenefit-Pharmacy).

use super::{
    claim::{Claim, InfoValue, Line, PRESCRIBING, place},
    cost::Costs,
    drug::{DRUGS, Drug, INGREDIENTS},
    person::Member,
    visit::Visit,
};
use crate::synthesize::{
    datatypes::{Coding, coding},
    world::World,
};

const PROFILE: &[&str] =
    &["http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-ExplanationOfBenefit-Pharmacy|1.1.0"];

pub fn claim(world: &World, member: &Member, visit: &Visit) -> Claim {
    let random = &mut visit.random(world, member);
    let drug = random.pick(DRUGS);
    let compound = random.percent(6);
    let mut claim = Claim::draft(world, member, visit, "pharmacy", PROFILE);
    claim.carer(world, visit.practitioner, PRESCRIBING);
    let refill = random.below(4);
    describe(&mut claim, drug, refill, compound);
    claim.lines = vec![Line {
        code: if compound { COMPOUND } else { package(drug) },
        revenue: None,
        modifier: None,
        day: visit.day,
        place: place("01", "Pharmacy"),
        quantity: drug.quantity,
        unit: Some(drug.unit),
        ingredients: if compound {
            INGREDIENTS.map(|part| (package(part), part.quantity, part.unit)).into()
        } else {
            Vec::new()
        },
        costs: Costs::draw(drug.dollars, claim.decision, random),
    }];
    claim
}

const COMPOUND: Coding =
    coding("http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBCompoundLiteral", "compound", "compound");

fn package(drug: &Drug) -> Coding {
    coding("http://hl7.org/fhir/sid/ndc", drug.ndc, drug.name)
}

/// What a pharmacy says of a prescription (NCPDP).
fn describe(claim: &mut Claim, drug: &Drug, refill: u32, compound: bool) {
    let ncpdp = |system: &'static str, code: &'static str, display: &'static str| {
        InfoValue::Code(coding(system, code, display))
    };
    let product = "http://terminology.hl7.org/CodeSystem/NCPDPDispensedAsWrittenOrProductSelectionCode";
    let brand = "http://terminology.hl7.org/CodeSystem/NCPDPBrandGenericIndicator";
    let origin = "http://terminology.hl7.org/CodeSystem/NCPDPPrescriptionOriginCode";
    let mixed = "http://terminology.hl7.org/CodeSystem/NCPDPCompoundCode";
    claim.say("dayssupply", "Days Supply", InfoValue::Quantity(drug.days, Some("d")));
    claim.say("refillnum", "Refill Number", InfoValue::Quantity(refill, None));
    claim.say("dawcode", "DAW (Dispense As Written) Code", ncpdp(product, "0", "No Product Selection Indicated"));
    let indicator = if drug.brand { ncpdp(brand, "1", "Brand") } else { ncpdp(brand, "2", "Generic") };
    claim.say("brandgenericindicator", "Brand Generic Indicator", indicator);
    let written = if refill == 0 { ncpdp(origin, "3", "Electronic") } else { ncpdp(origin, "1", "Written") };
    claim.say("rxorigincode", "Rx Origin Code", written);
    let made = if compound { ncpdp(mixed, "2", "Compound") } else { ncpdp(mixed, "1", "Not a Compound") };
    claim.say("compoundcode", "Compound Code", made);
}
