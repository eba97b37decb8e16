//! Provenance (US Core): who wrote a resource, and that the payer passed it on.

use jiff::civil::Date;

use super::{clinical::profile, encounter::Encounter, person::Member};
use crate::synthesize::{
    Payer, Resource,
    datatypes::{Reference, coding, concept, meta, reference},
    directory::{organization, practitioner},
    json::{At, json},
    world::{DIRECTORY_DATE, Organization},
};

/// Of what was recorded at a visit: by the practitioner, for the organization.
pub fn of_visit(id: &str, visit: &Encounter<'_>, targets: Vec<String>) -> Resource {
    let Reference { target, display } = &visit.claim.provider;
    let employer = Reference { target: target.clone(), display: display.clone() };
    write(
        id,
        visit.claim.end,
        targets,
        practitioner::reference_to(visit.practitioner),
        Some(employer),
        &visit.member.payer,
    )
}

/// Of the member's vaccinations: by the clinic.
pub fn of_immunizations(member: &Member, clinic: &Organization, targets: Vec<String>) -> Resource {
    let id = format!("provenance-{}-immunizations", member.id);
    write(&id, member.last_day(), targets, organization::reference_to(clinic), None, &member.payer)
}

/// Of the Patient: by the payer.
pub fn of_patient(member: &Member) -> Resource {
    let payer = &member.payer;
    let author = reference("Organization", &payer.id, &*payer.name);
    let id = format!("provenance-{}", member.id);
    write(&id, DIRECTORY_DATE, vec![format!("Patient/{}", member.id)], author, None, payer)
}

pub fn write(
    id: &str,
    day: Date,
    targets: Vec<String>,
    author: Reference,
    of: Option<Reference>,
    payer: &Payer,
) -> Resource {
    let wrote = coding("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "author", "Author");
    let sent = coding(
        "http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type",
        "transmitter",
        "Transmitter",
    );
    let sender = reference("Organization", &payer.id, &*payer.name);
    let targets: Vec<_> = targets.into_iter().map(|target| Reference { target, display: None }).collect();
    Resource::new(
        "Provenance",
        json!({
            "resourceType": "Provenance", "id": id, "meta": (meta(day, profile!("provenance"))),
            "target": targets, "recorded": (At(day, "20:00:00")),
            "agent": [
                { "type": (concept(wrote)), "who": author, "onBehalfOf": of },
                { "type": (concept(sent)), "who": sender },
            ]
        }),
    )
}
