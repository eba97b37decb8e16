//! Condition (US Core).

use jiff::civil::Date;

use super::{clinical::profile, encounter::Encounter, patient, person::Member};
use crate::synthesize::{
    Resource,
    datatypes::{Coding, coding, concept, link, meta},
    directory::practitioner,
    json::{At, json},
};

/// A diagnosis that was made at this visit.
pub fn resource(id: &str, member: &Member, found: &Encounter<'_>) -> Resource {
    let code = coding("http://hl7.org/fhir/sid/icd-10-cm", found.reason.0, found.reason.1);
    let recorder = practitioner::reference_to(found.practitioner);
    let over = passes(found.reason.0).then_some(found.claim.decided);
    let encounter = link("Encounter", &found.id);
    Resource::new(
        "Condition",
        json!({
            "resourceType": "Condition", "id": id, "meta": (meta(found.claim.decided, profile!("condition"))),
            "clinicalStatus": (concept(status(over))), "verificationStatus": (concept(CONFIRMED)),
            "category": [(concept(category(over)))], "code": (concept(code)), "subject": (patient::reference_to(member)),
            "encounter": encounter, "onsetDateTime": (At(found.claim.start, "16:00:00")),
            "abatementDateTime": (over.map(|day| At(day, "16:00:00"))), "recordedDate": (At(found.claim.end, "17:00:00")),
            "recorder": recorder
        }),
    )
}

const CONFIRMED: Coding =
    coding("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed", "Confirmed");

/// Injuries, infections, births and check-ups pass; everything else stays.
fn passes(code: &str) -> bool {
    code.starts_with(['S', 'J', 'O', 'Z', 'K', 'R', 'H'])
}

fn status(over: Option<Date>) -> Coding {
    const STATUS: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    match over {
        Some(_) => coding(STATUS, "resolved", "Resolved"),
        None => coding(STATUS, "active", "Active"),
    }
}

fn category(over: Option<Date>) -> Coding {
    const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/condition-category";
    match over {
        Some(_) => coding(CATEGORY, "encounter-diagnosis", "Encounter Diagnosis"),
        None => coding(CATEGORY, "problem-list-item", "Problem List Item"),
    }
}

/// A condition that existed but whose nature is unknown. US Core requires `unknown` for it; leaving it out is not
/// allowed.
pub fn unknown(id: &str, member: &Member) -> Resource {
    let unknown = coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "Unknown");
    let day = member.since;
    Resource::new(
        "Condition",
        json!({
            "resourceType": "Condition", "id": id, "meta": (meta(day, profile!("condition"))),
            "clinicalStatus": (concept(status(None))), "verificationStatus": (concept(CONFIRMED)),
            "category": [(concept(category(None)))], "code": (concept(unknown)), "subject": (patient::reference_to(member)),
            "onsetDateTime": day, "recordedDate": (At(day, "16:00:00"))
        }),
    )
}
