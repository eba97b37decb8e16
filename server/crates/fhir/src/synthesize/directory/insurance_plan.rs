//! Insurance plans: three products for each payer.

use super::{area, endpoint, network};
use crate::synthesize::{
    Payer, Resource,
    datatypes::{Coding, coding, concept, contact, identifier, meta, reference},
    json::{At, json},
    world::{DIRECTORY_DATE, World},
};
use jiff::civil::date;

pub const PROFILES: &[&str] =
    &["http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-InsurancePlan"];
const PRODUCT: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/InsuranceProductTypeCS";
const LEVEL: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/InsurancePlanTypeCS";

/// Name, product and level of each plan.
const PLANS: [(&str, &str, Coding, Coding); 3] = [
    ("ppo", "Choice PPO", coding(PRODUCT, "commppo", "Commercial PPO"), coding(LEVEL, "gold", "Gold-QHP")),
    (
        "hmo",
        "Essential HMO",
        coding(PRODUCT, "commhmo", "Commercial HMO"),
        coding(LEVEL, "lowdeductible", "Low Deductible"),
    ),
    (
        "medicare",
        "Medicare Advantage",
        coding(PRODUCT, "mediadv", "Medicare Advantage"),
        coding(LEVEL, "silver", "Silver-QHP"),
    ),
];

/// The payer's plans.
pub fn of(world: &World, payer: &Payer) -> Vec<Resource> {
    (0_u32..).zip(PLANS).map(|(number, plan)| one(world, payer, number, plan)).collect()
}

fn one(
    world: &World,
    payer: &Payer,
    number: u32,
    (id, title, product, level): (&str, &str, Coding, Coding),
) -> Resource {
    let (name, alias) = (format!("{} {title}", payer.name), format!("{title} ({})", payer.id));
    let (id, value) = (format!("plan-{}-{id}", payer.id), &format!("{}-{id}", payer.id).to_uppercase());
    let kind =
        coding("http://terminology.hl7.org/CodeSystem/v2-0203", "NIIP", "National Insurance Payor Identifier (Payor)");
    let owner = || reference("Organization", &payer.id, &*payer.name);
    let phone = world.input.region.places[0].area_code;
    let phone = format!("({phone}) 555-0100");
    let area = || area::region(world.input.region);
    Resource::new(
        "InsurancePlan",
        json!({
            "resourceType": "InsurancePlan", "id": id, "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "identifier": [{
                "type": { "coding": [kind] }, "system": "https://plans.example.org/id", "value": value, "assigner": (owner())
            }],
            "status": "active", "type": [(concept(product))], "name": name, "alias": [alias],
            "period": { "start": (At(date(2014, 1, 1), "08:00:00")) },
            "ownedBy": (owner()), "administeredBy": (owner()), "coverageArea": [(area())],
            "contact": [{ "name": { "text": "Plan Information" }, "telecom": [(contact("phone", &phone, 1))] }],
            "endpoint": [(endpoint::payers(payer))], "network": [(network::reference_to(payer, number))],
            "plan": [{
                "identifier": [(identifier(kind, "https://plans.example.org/plan", value))],
                "type": (concept(level)), "coverageArea": [(area())]
            }]
        }),
    )
}
