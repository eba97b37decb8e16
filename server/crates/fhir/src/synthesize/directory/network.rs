//! Networks: Organizations of the type `ntwk`, two for each payer.

use super::{area, endpoint, extension};
use crate::synthesize::{
    Payer, Resource,
    datatypes::{Reference, address, coding, concept, contact, identifier, meta, reference},
    facility::NETWORK,
    json::json,
    place::Address,
    world::{DIRECTORY_DATE, World},
};

const PROFILES: &[&str] = &["http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-Network"];
const TIERS: [(&str, &str); 2] = [("preferred", "Preferred Network"), ("select", "Select Network")];

/// The payer's networks.
pub fn of(world: &World, payer: &Payer) -> Vec<Resource> {
    TIERS.map(|(tier, title)| one(world, payer, tier, title)).into()
}

/// A reference to one of the payer's networks; the number chooses which.
pub fn reference_to(payer: &Payer, number: u32) -> Reference {
    let (tier, title) = TIERS[number as usize % TIERS.len()];
    reference("Organization", format_args!("network-{}-{tier}", payer.id), format!("{} {title}", payer.name))
}

fn one(world: &World, payer: &Payer, tier: &str, title: &str) -> Resource {
    let region = world.input.region;
    let random = &mut world.random("network", u32::try_from(payer.id.len() + tier.len()).unwrap_or_default());
    let office = Address::near(random.pick(&region.places), random);
    let name = format!("{} {title}", payer.name);
    let owner = reference("Organization", &payer.id, &*payer.name);
    write(
        &format!("network-{}-{tier}", payer.id),
        &name,
        &office,
        &office.phone(random),
        owner,
        area::region(region),
        Some(endpoint::payers(payer)),
    )
}

/// A network with an office, owned by a payer and available in an area.
pub fn write(
    id: &str,
    name: &str,
    office: &Address,
    phone: &str,
    owner: Reference,
    area: Reference,
    endpoint: Option<Reference>,
) -> Resource {
    let number = id.to_uppercase();
    let kind =
        coding("http://terminology.hl7.org/CodeSystem/v2-0203", "NIIP", "National Insurance Payor Identifier (Payor)");
    let purpose = coding("http://terminology.hl7.org/CodeSystem/contactentity-type", "ADMIN", "Administrative");
    Resource::new(
        "Organization",
        json!({
            "resourceType": "Organization", "id": id, "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "extension": [(extension::available_in(area))],
            "identifier": [(identifier(kind, "https://networks.example.org/id", &number))],
            "active": true, "type": [(concept(NETWORK))], "name": name, "address": [(address(office))], "partOf": owner,
            "contact": [{
                "purpose": (concept(purpose)), "name": { "text": "Provider Relations" }, "telecom": [(contact("phone", phone, 1))]
            }],
            "endpoint": [endpoint]
        }),
    )
}
