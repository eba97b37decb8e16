//! Provenance (US Core, PDex): who wrote a resource, in which form it came, and that the payer passed it on.

use jiff::civil::Date;

use super::{encounter::Encounter, person::Member};
use crate::synthesize::{
    Payer, Resource,
    datatypes::{Coding, Reference, coding, concept, extension, meta, reference},
    directory::{organization, practitioner},
    json::{At, json},
    world::{DIRECTORY_DATE, Organization},
};

const PROFILES: &[&str] = &[
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-provenance",
    "http://hl7.org/fhir/us/davinci-pdex/StructureDefinition/pdex-provenance",
];
const FORMATS: &str = "http://hl7.org/fhir/us/davinci-pdex/CodeSystem/ProvenancePayerDataSource";

/// Where the payer has it from.
pub struct Source {
    pub author: Reference,
    /// For whom the author wrote it.
    pub of: Option<Reference>,
    /// The form in which it came.
    pub format: Coding,
    /// What came: by whom numbered, and its number.
    pub system: String,
    pub number: String,
}

/// Of what was recorded at a visit: by the practitioner, for the organization; it came with the claim.
pub fn of_visit(id: &str, visit: &Encounter<'_>, targets: Vec<String>) -> Resource {
    let Reference { target, display } = &visit.claim.provider;
    let employer = Reference { target: target.clone(), display: display.clone() };
    let source = Source {
        author: practitioner::reference_to(visit.practitioner),
        of: Some(employer),
        format: coding(FORMATS, "x12837", "837 claim"),
        system: visit.claim.system.clone(),
        number: visit.claim.number.clone(),
    };
    write(id, visit.claim.end, targets, source, &visit.member.payer)
}

/// Of the member's vaccinations: by the clinic.
pub fn of_immunizations(member: &Member, clinic: &Organization, targets: Vec<String>) -> Resource {
    let id = format!("provenance-{}-immunizations", member.id);
    let source = Source {
        author: organization::reference_to(clinic),
        of: None,
        format: coding(FORMATS, "hl7v2vxu", "HL7 v2 VXU"),
        system: format!("https://{}/messages", clinic.domain),
        number: format!("VXU{:08}", member.number),
    };
    write(&id, member.last_day(), targets, source, &member.payer)
}

/// Of the Patient: by the payer, from the enrollment.
pub fn of_patient(member: &Member) -> Resource {
    let id = format!("provenance-{}", member.id);
    let source = enrolled(member);
    write(&id, DIRECTORY_DATE, vec![format!("Patient/{}", member.id)], source, &member.payer)
}

/// What the member told the payer.
pub fn enrolled(member: &Member) -> Source {
    let payer = &member.payer;
    Source {
        author: reference("Organization", &payer.id, &*payer.name),
        of: None,
        format: coding(FORMATS, "capture", "Direct Capture"),
        system: format!("https://{}.example.org/enrollment", payer.id),
        number: member.subscriber.clone(),
    }
}

/// The payer received it from the source and passes it on.
pub fn write(id: &str, day: Date, targets: Vec<String>, source: Source, payer: &Payer) -> Resource {
    let Source { author, of, format, system, number } = source;
    let wrote = coding("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "author", "Author");
    let sent = coding(
        "http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type",
        "transmitter",
        "Transmitter",
    );
    let sender = reference("Organization", &payer.id, &*payer.name);
    let targets: Vec<_> = targets.into_iter().map(|target| Reference { target, display: None }).collect();
    let format = extension!(
        "http://hl7.org/fhir/us/davinci-pdex/StructureDefinition/ProvenanceSourceFrom",
        "valueCodeableConcept": (concept(format))
    );
    Resource::new(
        "Provenance",
        json!({
            "resourceType": "Provenance", "id": id, "meta": (meta(day, PROFILES)),
            "target": targets, "recorded": (At(day, "20:00:00")),
            "agent": [
                { "type": (concept(wrote)), "who": author, "onBehalfOf": of },
                { "type": (concept(sent)), "who": sender },
            ],
            "entity": [{
                "extension": [format], "role": "source", "what": { "identifier": { "system": system, "value": number } }
            }]
        }),
    )
}
