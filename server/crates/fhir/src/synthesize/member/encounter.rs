//! Encounter (US Core).

use super::{claim::Claim, clinical::profile, patient, person::Member};
use crate::synthesize::{
    Resource,
    datatypes::{Coding, coding, concept, link, meta, reference},
    directory::practitioner,
    json::{At, json},
    specialty::Diagnosis,
    world::Practitioner,
};

const ICD10: &str = "http://hl7.org/fhir/sid/icd-10-cm";
const SNOMED: &str = "http://snomed.info/sct";

/// A visit, as those who treated the member record it.
pub struct Encounter<'a> {
    pub id: String,
    pub member: &'a Member,
    pub claim: &'a Claim,
    /// Inpatient, emergency or ambulatory.
    pub setting: Coding,
    pub practitioner: &'a Practitioner,
    /// The Condition's id.
    pub condition: &'a str,
    pub reason: &'a Diagnosis,
}

pub fn resource(encounter: &Encounter<'_>) -> Resource {
    let Encounter { id, member, claim, setting, practitioner, condition, reason } = encounter;
    let number = format!("V{:07}{}", member.number, id.rsplit('-').next().unwrap_or_default());
    let kind = match setting.code {
        "IMP" => coding(SNOMED, "32485007", "Hospital admission"),
        "EMER" => coding(SNOMED, "4525004", "Emergency department patient visit"),
        _ => coding(SNOMED, "185349003", "Encounter for check up"),
    };
    let part = coding("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "ATND", "attender");
    let home = coding("http://terminology.hl7.org/CodeSystem/discharge-disposition", "home", "Home");
    let role = coding("http://terminology.hl7.org/CodeSystem/diagnosis-role", "billing", "Billing");
    let (start, end) = (|| At(claim.start, "16:00:00"), || At(claim.end, "17:00:00"));
    let stayed = (setting.code == "IMP").then_some(json!({ "dischargeDisposition": (concept(home)) }));
    let inpatient = setting.code == "IMP";
    let arrived = || json!({ "start": (At(claim.start, "15:40:00")), "end": (start()) });
    let status = inpatient.then_some(json!({ "status": "arrived", "period": (arrived()) }));
    let emergency = coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "EMER", "emergency");
    let class = inpatient.then_some(json!({ "class": emergency, "period": (arrived()) }));
    let diagnosis = coding(ICD10, reason.0, reason.1);
    Resource::new(
        "Encounter",
        json!({
            "resourceType": "Encounter", "id": (id), "meta": (meta(claim.decided, profile!("encounter"))),
            "identifier": [{ "system": "https://encounters.example.org/id", "value": number }],
            "status": "finished", "statusHistory": [status], "class": (*setting), "classHistory": [class], "type": [(concept(kind))],
            "subject": (patient::reference_to(member)),
            "participant": [{
                "type": [(concept(part))], "period": { "start": (start()), "end": (end()) },
                "individual": (practitioner::reference_to(practitioner))
            }],
            "period": { "start": (start()), "end": (end()) }, "reasonCode": [(concept(diagnosis))],
            "diagnosis": [{ "condition": (link("Condition", condition)), "use": (concept(role)) }], "hospitalization": stayed,
            "location": [{ "location": (reference("Location", format_args!("location-{}-1", claim.organization), "Main location")) }],
            "serviceProvider": (&claim.provider)
        }),
    )
}
