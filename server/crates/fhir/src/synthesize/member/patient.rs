//! Patient (C4BB-Patient and US Core Patient).

use jiff::civil::Date;

use super::{edition::Profiles, person::Member};
use crate::synthesize::{
    Resource,
    datatypes::{Coding, Reference, coding, concept, extension, identifier, link, meta, period, reference},
    json::{At, Json, json},
    name::Gender,
    place::Address,
    world::{DIRECTORY_DATE, World},
};

const PROFILES: Profiles = [
    &[
        "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-Patient|1.1.0",
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient",
    ],
    &[
        "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-Patient|1.1.0",
        "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-Patient|2.0.0",
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient",
    ],
];
const RACE: &str = "urn:oid:2.16.840.1.113883.6.238";

const RACES: [Coding; 5] = [
    coding(RACE, "2106-3", "White"),
    coding(RACE, "2028-9", "Asian"),
    coding(RACE, "2054-5", "Black or African American"),
    coding(RACE, "1002-5", "American Indian or Alaska Native"),
    coding(RACE, "2076-8", "Native Hawaiian or Other Pacific Islander"),
];
const ETHNICITIES: [Coding; 2] =
    [coding(RACE, "2186-5", "Not Hispanic or Latino"), coding(RACE, "2135-2", "Hispanic or Latino")];
const LANGUAGES: [Coding; 4] = [
    coding("urn:ietf:bcp:47", "en", "English"),
    coding("urn:ietf:bcp:47", "es", "Spanish"),
    coding("urn:ietf:bcp:47", "vi", "Vietnamese"),
    coding("urn:ietf:bcp:47", "zh", "Chinese"),
];

/// The member's Patient.
pub fn resource(world: &World, member: &Member) -> Resource {
    let random = &mut world.random("patient", member.number);
    let (race, ethnicity) = (*random.pick(&RACES), *random.pick(&ETHNICITIES));
    let language = LANGUAGES[if random.percent(75) { 0 } else { random.between(1, 3) as usize }];
    let language = if member.phone.is_some() { language } else { UNKNOWN };
    let moved = member.moved.unwrap_or(member.since);
    let earlier = member.moved.map(|_| Address::near(random.pick(&world.input.region.places), random));
    let renamed = member.since;
    let former = member.former_family.map(|family| {
        json!({
            "use": "old", "family": family, "given": (member.given.clone()), "period": { "end": renamed }
        })
    });
    let Member { id, payer, gender, .. } = member;
    let mail = format!("{id}@members.example.org");
    let (system, unique) = (format!("https://{}.example.org/member-id", payer.id), format!("U{:010}", member.number));
    let member_id = member.member_id();
    let member_number = coding("http://terminology.hl7.org/CodeSystem/v2-0203", "MB", "Member Number");
    let unique_number =
        coding("http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType", "um", "Unique Member ID");
    Resource::new(
        "Patient",
        json!({
            "resourceType": "Patient", "id": id, "meta": (meta(DIRECTORY_DATE, member.edition.choose(PROFILES))),
            "extension": [(category("race", race)), (category("ethnicity", ethnicity)), (birth_sex(*gender))],
            "identifier": [
                (identifier(member_number, &system, &member_id)), (identifier(unique_number, "https://members.example.org/id", &unique)),
            ],
            "active": true,
            "name": [{ "use": "official", "family": (&member.family), "given": (member.given.clone()) }, former],
            "telecom": [
                { "system": "phone", "value": (member.phone.as_deref()), "_value": (unstated(member)), "use": "home", "rank": 1 },
                { "system": "email", "value": mail, "use": "home", "rank": 2 },
            ],
            "gender": (gender.code()), "birthDate": (member.birth_date),
            "deceasedDateTime": (member.died.map(|day| At(day, "12:00:00"))),
            "address": [(home("home", &member.address, moved, None)), (earlier.as_ref().map(|place| home("old", place, member.since, Some(moved))))],
            "communication": [{ "language": (concept(language)), "preferred": true }],
            "managingOrganization": (reference("Organization", &payer.id, &*payer.name)),
            "link": [(member.former_number.as_deref().map(|number| former_record(&system, number)))]
        }),
    )
}

/// Marks what the payer does not know about the member as unknown (US Core: data-absent-reason).
const UNKNOWN: Coding = coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "Unknown");

fn unstated(member: &Member) -> Option<impl Json + use<>> {
    let url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    member.phone.is_none().then_some(json!({ "extension": [(extension!(url, "valueCode": "unknown"))] }))
}

/// The record that the payer used to keep under an earlier number.
fn former_record<'a>(system: &'a str, number: &'a str) -> impl Json + 'a {
    json!({ "other": { "type": "Patient", "identifier": { "system": system, "value": number } }, "type": "replaces" })
}

fn home<'a>(purpose: &'static str, address: &'a Address, start: Date, end: Option<Date>) -> impl Json + 'a {
    let Address { line, place, .. } = address;
    json!({
        "use": purpose, "type": "both", "line": [line], "city": (place.city), "district": (place.county),
        "state": (place.state), "postalCode": (address.postal_code()), "country": "US", "period": (period(start, end))
    })
}

/// Race and ethnicity in the categories of the Office of Management and Budget.
fn category(name: &'static str, value: Coding) -> impl Json {
    let url = match name {
        "race" => "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race",
        _ => "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity",
    };
    let text = value.display.unwrap_or_default();
    json!({
        "url": url,
        "extension": [(extension!("ombCategory", "valueCoding": value)), (extension!("text", "valueString": text))]
    })
}

fn birth_sex(gender: Gender) -> impl Json {
    let code = match gender {
        Gender::Female => "F",
        Gender::Male => "M",
    };
    extension!("http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex", "valueCode": code)
}

/// A reference to the member, without the name.
pub fn reference_to(member: &Member) -> Reference {
    link("Patient", &member.id)
}
