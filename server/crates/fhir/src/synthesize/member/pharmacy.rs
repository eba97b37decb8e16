//! Claims of pharmacies (C4BB-ExplanationOfBenefit-Pharmacy).

use super::{
    claim::{Claim, InfoValue, Line, PRESCRIBING, Part, place},
    cost::Costs,
    drug::{DRUGS, Drug, INGREDIENTS, package},
    edition::{Edition, editions},
    person::Member,
    visit::Visit,
};
use crate::synthesize::{
    datatypes::{Coding, coding},
    world::World,
};

pub fn claim(world: &World, member: &Member, visit: &Visit) -> Claim {
    let random = &mut visit.random(world, member);
    let drug = random.pick(DRUGS);
    let compound = random.percent(6) || visit.terms.in_full;
    let mut claim = Claim::draft(world, member, visit, "pharmacy", editions!("ExplanationOfBenefit-Pharmacy"));
    claim.carer(world, visit.practitioner, PRESCRIBING);
    let refill = random.below(4);
    describe(&mut claim, drug, refill, compound);
    let costs = Costs::draw(drug.dollars, visit.terms.decision, random);
    let code = if compound { COMPOUND } else { package(drug) };
    let mut line = Line::new(code, visit.day, place("01", "Pharmacy"), costs);
    (line.quantity, line.unit) = (drug.quantity, Some(drug.unit));
    if compound {
        let part = |drug: &Drug| Part { code: package(drug), quantity: drug.quantity, unit: Some(drug.unit), of: None };
        line.parts = INGREDIENTS.map(part).into();
    }
    claim.lines = vec![line];
    claim
}

const COMPOUND: Coding =
    coding("http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBCompoundLiteral", "compound", "compound");

/// The details that a pharmacy gives for a prescription (NCPDP).
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
    if claim.edition == Edition::Second {
        claim.say("refillsauthorized", "Refills Authorized", InfoValue::Quantity(3, None));
    }
    claim.say("dawcode", "DAW (Dispense As Written) Code", ncpdp(product, "0", "No Product Selection Indicated"));
    let indicator = if drug.brand { ncpdp(brand, "1", "Brand") } else { ncpdp(brand, "2", "Generic") };
    claim.say("brandgenericindicator", "Brand Generic Indicator", indicator);
    let written = if refill == 0 { ncpdp(origin, "3", "Electronic") } else { ncpdp(origin, "1", "Written") };
    claim.say("rxorigincode", "Rx Origin Code", written);
    let made = if compound { ncpdp(mixed, "2", "Compound") } else { ncpdp(mixed, "1", "Not a Compound") };
    claim.say("compoundcode", "Compound Code", made);
}
