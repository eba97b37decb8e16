//! Claims for hospital treatment without an overnight stay (C4BB-ExplanationOfBenefit-Outpatient-Institutional).

use super::{
    claim::{ATTENDING, Claim, Finding, InfoValue, Line, OTHER, PRINCIPAL, REASON_FOR_VISIT, REFERRING, place},
    cost::Costs,
    edition::editions,
    hospital::{TREATMENTS, Treatment},
    inpatient::revenue,
    person::Member,
    visit::Visit,
};
use crate::synthesize::{
    datatypes::{bare, coding},
    specialty::Diagnosis,
    world::World,
};

static BESIDES: Diagnosis = Diagnosis("Z79.899", "Other long term (current) drug therapy");

pub fn claim(world: &World, member: &Member, visit: &Visit) -> Claim {
    let random = &mut visit.random(world, member);
    let suitable: Vec<&Treatment> =
        TREATMENTS.iter().filter(|treatment| treatment.for_whom.includes(member, visit.day)).collect();
    let treatment = *random.pick::<&Treatment>(&suitable);
    let profiles = editions!("ExplanationOfBenefit-Outpatient-Institutional");
    let mut claim = Claim::draft(world, member, visit, "institutional", profiles);
    claim.institutional("outpatient", "Outpatient");
    claim.carer(world, visit.practitioner, ATTENDING);
    if !treatment.emergency {
        claim.carer(world, world.someone_of(visit.organization, random), REFERRING);
    }
    describe(&mut claim, treatment);
    claim.say_file_numbers(member, visit);
    claim.findings = [(&treatment.reason, PRINCIPAL), (&treatment.reason, REASON_FOR_VISIT), (&BESIDES, OTHER)]
        .map(|(diagnosis, role)| Finding { diagnosis, role, on_admission: None })
        .into();
    let (edition, decision) = (claim.edition, claim.terms.decision);
    let site = if treatment.emergency {
        place("23", "Emergency Room - Hospital")
    } else {
        place("22", "On Campus-Outpatient Hospital")
    };
    claim.lines = treatment
        .charges
        .iter()
        .map(|charge| {
            // Every outpatient charge needs a code; one without a code gets that of an evaluation.
            let code = edition.procedure(charge.1.unwrap_or("G0463"));
            let mut line = Line::new(code, visit.day, site, Costs::draw(charge.2, decision, random));
            line.revenue = Some(revenue(charge.0));
            line.modifier = treatment.emergency.then(|| edition.modifier("ET"));
            line
        })
        .collect();
    claim
}

fn describe(claim: &mut Claim, treatment: &Treatment) {
    let (kind, kind_name) = if treatment.emergency { ("1", "Emergency") } else { ("3", "Elective") };
    let kind = coding("https://www.nubc.org/CodeSystem/PriorityTypeOfAdmitOrVisit", kind, kind_name);
    let origin =
        coding("https://www.nubc.org/CodeSystem/PointOfOrigin", "1", "Non-Health Care Facility Point of Origin");
    let status = coding("https://www.nubc.org/CodeSystem/PatDischargeStatus", "01", "Discharged to Home or Self Care");
    claim.say(
        "typeofbill",
        "Type of Bill",
        InfoValue::Code(bare("https://www.nubc.org/CodeSystem/TypeOfBill", "0131")),
    );
    claim.say("pointoforigin", "Point Of Origin", InfoValue::Code(origin));
    claim.say("admtype", "Admission Type", InfoValue::Code(kind));
    claim.say("discharge-status", "Discharge Status", InfoValue::Code(status));
}
