//! Claims for stays in a hospital (C4BB-ExplanationOfBenefit-Inpatient-Institutional).

use super::{
    claim::{
        ADMITTING, ATTENDING, Claim, Finding, HCPCS, InfoValue, Line, OTHER, Operation, PRINCIPAL, place, procedure,
    },
    cost::Costs,
    hospital::{STAYS, Stay},
    person::Member,
    visit::Visit,
};
use crate::synthesize::{
    datatypes::{Coding, bare, coding},
    world::World,
};

const PROFILE: &[&str] =
    &["http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-ExplanationOfBenefit-Inpatient-Institutional|1.1.0"];
const GROUPS: &str = "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/MS-DRG-Classifications-and-Software";
const NO_CODE: Coding =
    coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-applicable", "Not Applicable");

pub fn claim(world: &World, member: &Member, visit: &Visit) -> Claim {
    let random = &mut visit.random(world, member);
    let suitable: Vec<&Stay> = STAYS.iter().filter(|stay| stay.for_whom.includes(member, visit.day)).collect();
    let stay = *random.pick::<&Stay>(&suitable);
    let nights = random.between(stay.nights.0, stay.nights.1);
    let mut claim = Claim::draft(world, member, visit, "institutional", PROFILE);
    claim.institutional("inpatient", "Inpatient");
    claim.end = visit.after(nights);
    claim.received = visit.after(nights + 3);
    claim.decided = visit.after(nights + 15);
    claim.as_a_whole = visit.number.is_multiple_of(2);
    claim.carer(world, visit.practitioner, ATTENDING);
    describe(&mut claim, stay);
    claim.say_file_numbers(member, visit);
    let present = coding("https://www.nubc.org/CodeSystem/PresentOnAdmissionIndicator", "Y", "Yes");
    claim.findings = [(&stay.reason, PRINCIPAL), (&stay.reason, ADMITTING), (&stay.besides, OTHER)]
        .map(|(diagnosis, role)| Finding { diagnosis, role, on_admission: (role != ADMITTING).then_some(present) })
        .into();
    claim.operations = stay.operation.iter().map(|(code, name)| operation(code, name, visit)).collect();
    claim.lines = stay
        .charges
        .iter()
        .map(|charge| Line {
            code: charge.1.map_or(NO_CODE, procedure),
            revenue: Some(revenue(charge.0)),
            // The operated knee is the right one.
            modifier: (charge.1 == Some("27447")).then(|| bare(HCPCS, "RT")),
            day: visit.day,
            place: place("21", "Inpatient Hospital"),
            quantity: if charge.1.is_none() { nights } else { 1 },
            unit: None,
            ingredients: Vec::new(),
            costs: Costs::draw(charge.2, claim.decision, random),
        })
        .collect();
    claim
}

fn operation(code: &'static str, name: &'static str, visit: &Visit) -> Operation {
    let role = coding("http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimProcedureType", "principal", "Principal");
    Operation { code: coding("http://www.cms.gov/Medicare/Coding/ICD10", code, name), role, day: visit.day }
}

/// What a bill for a stay says of it (NUBC).
fn describe(claim: &mut Claim, stay: &Stay) {
    let (kind, kind_name) = if stay.planned { ("3", "Elective") } else { ("1", "Emergency") };
    let status = coding("https://www.nubc.org/CodeSystem/PatDischargeStatus", "01", "Discharged to Home or Self Care");
    let kind = coding("https://www.nubc.org/CodeSystem/PriorityTypeOfAdmitOrVisit", kind, kind_name);
    let origin =
        coding("https://www.nubc.org/CodeSystem/PointOfOrigin", "1", "Non-Health Care Facility Point of Origin");
    claim.say("admissionperiod", "Admission Period", InfoValue::Days(claim.start, claim.end));
    claim.say(
        "typeofbill",
        "Type of Bill",
        InfoValue::Code(bare("https://www.nubc.org/CodeSystem/TypeOfBill", "0111")),
    );
    claim.say("pointoforigin", "Point Of Origin", InfoValue::Code(origin));
    claim.say("admtype", "Admission Type", InfoValue::Code(kind));
    claim.say("discharge-status", "Discharge Status", InfoValue::Code(status));
    claim.say("drg", "DRG", InfoValue::Code(coding(GROUPS, stay.group.0, stay.group.1)));
}

/// A revenue code.
pub fn revenue(code: &'static str) -> Coding {
    bare("https://www.nubc.org/CodeSystem/RevenueCodes", code)
}
