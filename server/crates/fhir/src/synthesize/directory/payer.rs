//! Payers: Organizations that own networks and plans, and insure the members.

use super::endpoint;
use crate::synthesize::{
    Payer, Resource,
    datatypes::{address, bare, coding, concept, contact, identifier, meta},
    facility::PAYER,
    json::json,
    place::Address,
    world::{DIRECTORY_DATE, World},
};

/// An Organization that is also an insurer of claims.
pub const PROFILES: &[&str] = &[
    "http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-Organization",
    "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-Organization|1.1.0",
    "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-Organization|2.0.0",
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-organization",
];

const IDENTIFIER_TYPE: &str = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType";

/// The payer, whose office is in the region's first place.
pub fn organization(world: &World, payer: &Payer) -> Resource {
    let serial = world.input.payers.iter().position(|other| other.id == payer.id).unwrap_or_default();
    let random = &mut world.random("payer", u32::try_from(serial).unwrap_or_default());
    let office = Address::near(random.pick(&world.input.region.places), random);
    organization_at(payer, serial, &office, &office.phone(random))
}

/// The payer at an address; `serial` makes its identifiers differ from the other payers'.
pub fn organization_at(payer: &Payer, serial: usize, office: &Address, phone: &str) -> Resource {
    let Payer { id, name } = payer;
    let (number, naic) = (format!("{:05}", 90_001 + serial), format!("{:05}", 99_001 + serial));
    let (mail, page) =
        (format!("members@{id}.example.org").to_lowercase(), format!("https://{id}.example.org").to_lowercase());
    let (payer_id, naic_code) = (coding(IDENTIFIER_TYPE, "payerid", "Payer ID"), bare(IDENTIFIER_TYPE, "naiccode"));
    let purpose = coding("http://terminology.hl7.org/CodeSystem/contactentity-type", "PAYOR", "Payor");
    Resource::new(
        "Organization",
        json!({
            "resourceType": "Organization", "id": id, "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "identifier": [
                (identifier(payer_id, "urn:oid:2.16.840.1.113883.3.221.5", &number)),
                (identifier(naic_code, "urn:oid:2.16.840.1.113883.6.300", &naic)),
            ],
            "active": true, "type": [(concept(PAYER))], "name": name,
            "telecom": [(contact("phone", phone, 1)), (contact("email", &mail, 2)), (contact("url", &page, 3))],
            "address": [(address(office))],
            "contact": [{ "purpose": (concept(purpose)), "name": { "text": "Member Services" }, "telecom": [(contact("phone", phone, 1))] }],
            "endpoint": [(endpoint::payers(payer))]
        }),
    )
}
