//! RelatedPerson (C4BB-RelatedPerson, since 2.0.0): the parent through whom a child is insured.

use super::{
    edition::Edition,
    patient,
    person::{Member, Relationship},
};
use crate::synthesize::{
    Resource,
    datatypes::{coding, concept, meta},
    json::json,
    name::{self, Gender},
    world::{DIRECTORY_DATE, World},
};

const PROFILES: &[&str] = &["http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-RelatedPerson|2.0.0"];

/// The child's parent, at the same address; `None` for other members and if the payer uses 1.1.0.
pub fn of(world: &World, member: &Member) -> Option<Resource> {
    let is_known = member.relationship == Relationship::Child && member.edition == Edition::Second;
    (is_known && world.makes("RelatedPerson")).then(|| parent(world, member))
}

fn parent(world: &World, member: &Member) -> Resource {
    let random = &mut world.random("parent of", member.number);
    let gender = Gender::draw(random);
    let given = name::given(gender, random);
    let (code, display) = if gender == Gender::Female { ("MTH", "mother") } else { ("FTH", "father") };
    let kind = coding("http://terminology.hl7.org/CodeSystem/v3-RoleCode", code, display);
    let language = coding("urn:ietf:bcp:47", "en", "English");
    let place = &member.address;
    Resource::new(
        "RelatedPerson",
        json!({
            "resourceType": "RelatedPerson", "id": (format!("parent-{}", member.id)), "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "active": true, "patient": (patient::reference_to(member)), "relationship": [(concept(kind))],
            "name": [{ "use": "official", "family": (&member.family), "given": (given.as_slice()) }],
            "telecom": [{ "system": "phone", "value": (member.phone.as_deref()), "use": "home" }],
            "gender": (gender.code()),
            "address": [{
                "use": "home", "line": [(&place.line)], "city": (place.place.city), "state": (place.place.state),
                "postalCode": (place.postal_code()), "country": "US"
            }],
            "communication": [{ "language": (concept(language)), "preferred": true }]
        }),
    )
}
