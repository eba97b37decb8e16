//! Practitioners, who also appear in claims.

use super::{
    extension,
    organization::{npi_of, state, tax_of},
};
use crate::synthesize::{
    Resource,
    datatypes::{Reference, coding, concept, contact, meta, period, reference},
    json::{Json, json},
    place::Address,
    world::{DIRECTORY_DATE, Practitioner, World},
};
use jiff::civil::date;

pub const PROFILES: &[&str] = &[
    "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-Practitioner",
    "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-Practitioner|1.1.0",
    "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-Practitioner|2.0.0",
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-practitioner",
];

const LANGUAGES: [(&str, &str); 6] = [
    ("es", "Spanish"),
    ("zh", "Chinese"),
    ("vi", "Vietnamese"),
    ("tl", "Tagalog"),
    ("fa", "Persian"),
    ("ru", "Russian"),
];

/// The practitioner, at the employer's address.
pub fn resource(world: &World, practitioner: &Practitioner) -> Resource {
    let employer = world.organization(practitioner.employer);
    let random = &mut world.random("languages", practitioner.number);
    let second = random.percent(30).then(|| *random.pick(&LANGUAGES));
    write(world, practitioner, &practitioner.id, &employer.address, &employer.phone, second)
}

/// The practitioner with this id.
pub fn write(
    world: &World,
    practitioner: &Practitioner,
    id: &str,
    office: &Address,
    phone: &str,
    second: Option<(&'static str, &'static str)>,
) -> Resource {
    let Practitioner { family, given, gender, specialty, npi, number, .. } = practitioner;
    let (kind, state) = (
        coding("http://terminology.hl7.org/CodeSystem/v2-0203", "MD", "Medical License number"),
        state(world.input.region),
    );
    let licence = format!("{}{:06}", world.input.region.state, number % 1_000_000);
    let since = date(i16::try_from(1990 + number % 30).unwrap_or(2000), 7, 1);
    // Practitioners with a practice of their own bill under their own tax number.
    let own_tax = number.is_multiple_of(4).then(|| format!("00-{:07}", 5_000_000 + number % 4_000_000));
    let board = format!("{} licensing board", world.input.region.name);
    let languages: Vec<_> = [Some((("en", "English"), true)), second.map(|second| (second, false))]
        .into_iter()
        .flatten()
        .map(spoken)
        .collect();
    Resource::new(
        "Practitioner",
        json!({
            "resourceType": "Practitioner", "id": id, "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "identifier": [(npi_of(npi)), (own_tax.as_deref().map(tax_of))], "active": true,
            "name": [{ "use": "official", "text": (practitioner.name()), "family": family, "given": (given.as_slice()), "suffix": [(specialty.suffix)] }],
            "telecom": [(contact("phone", phone, 1))],
            "address": [{
                "extension": [(extension::geolocation(office))], "use": "work", "type": "both", "text": (office.text()), "line": [(&office.line)],
                "city": (office.place.city), "state": (office.place.state), "postalCode": (office.postal_code()), "country": "US"
            }],
            "gender": (gender.code()),
            "qualification": [{
                "extension": [(extension::valid_in(state))],
                "identifier": [{ "type": { "coding": [kind] }, "system": "https://licences.example.org/practitioner", "value": licence }],
                "code": (concept(specialty.coding)), "period": (period(since, None)), "issuer": { "display": board }
            }],
            "communication": languages
        }),
    )
}

fn spoken(((code, name), native): ((&'static str, &'static str), bool)) -> impl Json {
    let language = coding("urn:ietf:bcp:47", code, name);
    json!({ "extension": [(extension::proficiency(native))], "coding": [language], "text": name })
}

/// A reference to the practitioner.
pub fn reference_to(practitioner: &Practitioner) -> Reference {
    reference("Practitioner", &practitioner.id, practitioner.name())
}
