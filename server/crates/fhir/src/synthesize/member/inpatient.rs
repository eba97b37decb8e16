//! Claims for hospital stays (C4BB-ExplanationOfBenefit-Inpatient-Institutional).

use super::{
    claim::{ADMITTING, ATTENDING, Claim, Finding, InfoValue, Line, OTHER, Operation, PRINCIPAL, place},
    cost::Costs,
    edition::editions,
    fullness::{principal, procedure},
    hospital::{STAYS, Stay},
    person::Member,
    visit::Visit,
};
use crate::synthesize::{
    datatypes::{Coding, bare, coding},
    world::World,
};

const GROUPS: &str = "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/MS-DRG-Classifications-and-Software";
const NO_CODE: Coding =
    coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-applicable", "Not Applicable");

pub fn claim(world: &World, member: &Member, visit: &Visit) -> Claim {
    let random = &mut visit.random(world, member);
    let suitable: Vec<&Stay> = STAYS.iter().filter(|stay| stay.for_whom.includes(member, visit.day)).collect();
    let stay = *random.pick::<&Stay>(&suitable);
    let nights = random.between(stay.nights.0, stay.nights.1);
    let profiles = editions!("ExplanationOfBenefit-Inpatient-Institutional");
    let mut claim = Claim::draft(world, member, visit, "institutional", profiles);
    claim.institutional("inpatient", "Inpatient");
    claim.end = visit.after(nights);
    claim.received = visit.after(nights + 3);
    claim.decided = visit.after(nights + 15);
    claim.carer(world, visit.practitioner, ATTENDING);
    describe(&mut claim, stay);
    claim.say_file_numbers(member, visit);
    let present = coding("https://www.nubc.org/CodeSystem/PresentOnAdmissionIndicator", "Y", "Yes");
    claim.findings = [(&stay.reason, PRINCIPAL), (&stay.reason, ADMITTING), (&stay.besides, OTHER)]
        .map(|(diagnosis, role)| Finding { diagnosis, role, on_admission: (role != ADMITTING).then_some(present) })
        .into();
    let operation = |done| Operation { code: procedure(done), role: principal(), day: visit.day };
    claim.operations = stay.operation.into_iter().map(operation).collect();
    let (edition, decision) = (claim.edition, claim.terms.decision);
    claim.lines = stay
        .charges
        .iter()
        .map(|charge| {
            let code = charge.1.map_or(NO_CODE, |code| edition.procedure(code));
            let costs = Costs::draw(charge.2, decision, random);
            let mut line = Line::new(code, visit.day, place("21", "Inpatient Hospital"), costs);
            line.revenue = Some(revenue(charge.0));
            // The right knee is the one replaced.
            line.modifier = (charge.1 == Some("27447")).then(|| edition.modifier("RT"));
            line.quantity = if charge.1.is_none() { nights } else { 1 };
            line
        })
        .collect();
    claim
}

/// The details on the bill for a stay (NUBC).
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
