//! Provenance (US Core, PDex): who wrote resources, in which form they arrived, and that the payer passed them on. None
//! has a target that the program does not offer.

use jiff::civil::{Date, date};

use super::{claim::Claim, encounter::Encounter, person::Member};
use crate::synthesize::{
    Payer, Resource,
    datatypes::{Coding, Reference, coding, concept, extension, meta, reference},
    directory::{organization, practitioner},
    json::{At, json},
    world::{DIRECTORY_DATE, Organization, World},
};

const PROFILES: &[&str] = &[
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-provenance",
    "http://hl7.org/fhir/us/davinci-pdex/StructureDefinition/pdex-provenance",
];
const FORMATS: &str = "http://hl7.org/fhir/us/davinci-pdex/CodeSystem/ProvenancePayerDataSource";

/// Programs return nothing older than this, nor a Provenance about it, so no Provenance here has an older target.
const FIRST_SHOWN: Date = date(2016, 1, 1);

/// A target, `Type/id`, and when it ended.
pub type Target = (String, Date);

/// Where the payer got it.
pub struct Source {
    pub author: Reference,
    /// The organization for which the author wrote it.
    pub of: Option<Reference>,
    /// The form in which it arrived.
    pub format: Coding,
    /// The system and the number of what arrived.
    pub system: String,
    pub number: String,
}

/// The provenance of what was recorded at a visit: by the practitioner, for the organization. It arrived with the
/// claim.
pub fn of_visit(world: &World, id: &str, visit: &Encounter<'_>, targets: Vec<Target>) -> Option<Resource> {
    let Reference { target, display } = &visit.claim.provider;
    let employer = Reference { target: target.clone(), display: display.clone() };
    let source = Source {
        author: practitioner::reference_to(visit.practitioner),
        of: Some(employer),
        format: coding(FORMATS, "x12837", "837 claim"),
        system: visit.claim.system.clone(),
        number: visit.claim.number.clone(),
    };
    write(world, id, visit.claim.end, targets, source, &visit.member.payer)
}

/// The provenance of the member's vaccinations: by the clinic.
pub fn of_immunizations(
    world: &World,
    member: &Member,
    clinic: &Organization,
    targets: Vec<Target>,
) -> Option<Resource> {
    let id = format!("provenance-{}-immunizations", member.id);
    let source = Source {
        author: organization::reference_to(clinic),
        of: None,
        format: coding(FORMATS, "hl7v2vxu", "HL7 v2 VXU"),
        system: format!("https://{}/messages", clinic.domain),
        number: format!("VXU{:08}", member.number),
    };
    write(world, &id, member.last_day(), targets, source, &member.payer)
}

/// The provenance of the Patient and the Coverages with these ids: by the payer, from the enrollment.
pub fn of_enrollment(world: &World, member: &Member, coverages: &[String]) -> Option<Resource> {
    let mut targets = vec![(format!("Patient/{}", member.id), DIRECTORY_DATE)];
    targets.extend(coverages.iter().map(|coverage| (format!("Coverage/{coverage}"), DIRECTORY_DATE)));
    let id = format!("provenance-{}", member.id);
    write(world, &id, DIRECTORY_DATE, targets, captured(member, "enrollment"), &member.payer)
}

/// The provenance of the outcomes of the member's claims: by the payer, which decided them.
pub fn of_claims(world: &World, member: &Member, claims: &[Claim]) -> Option<Resource> {
    let decided = claims.iter().map(|claim| claim.decided).max()?;
    let targets = claims.iter().map(|claim| (format!("ExplanationOfBenefit/{}", claim.id), claim.end)).collect();
    let id = format!("provenance-{}-claims", member.id);
    write(world, &id, decided, targets, captured(member, "claims"), &member.payer)
}

/// The source of what the payer records in its own system.
pub fn captured(member: &Member, system: &str) -> Source {
    let payer = &member.payer;
    Source {
        author: reference("Organization", &payer.id, &*payer.name),
        of: None,
        format: coding(FORMATS, "capture", "Direct Capture"),
        system: format!("https://{}.example.org/{system}", payer.id),
        number: member.subscriber.clone(),
    }
}

/// The payer received it from the source and passes it on. `None` if none of the targets is offered and visible.
pub fn write(
    world: &World,
    id: &str,
    day: Date,
    mut targets: Vec<Target>,
    source: Source,
    payer: &Payer,
) -> Option<Resource> {
    let is_offered = |target: &str| target.split_once('/').is_some_and(|(kind, _)| world.makes(kind));
    targets.retain(|(target, end)| FIRST_SHOWN <= *end && is_offered(target));
    if targets.is_empty() {
        return None;
    }
    let Source { author, of, format, system, number } = source;
    let wrote = coding("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "author", "Author");
    let sent = coding(
        "http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type",
        "transmitter",
        "Transmitter",
    );
    let sender = reference("Organization", &payer.id, &*payer.name);
    let targets: Vec<_> = targets.into_iter().map(|(target, _)| Reference { target, display: None }).collect();
    let format = extension!(
        "http://hl7.org/fhir/us/davinci-pdex/StructureDefinition/ProvenanceSourceFrom",
        "valueCodeableConcept": (concept(format))
    );
    Some(Resource::new(
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
    ))
}
