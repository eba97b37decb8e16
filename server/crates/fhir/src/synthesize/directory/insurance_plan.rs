//! Insurance plans: the products of each payer.

use super::{area, endpoint, network};
use crate::synthesize::{
    Payer, Resource,
    datatypes::{Coding, coding, concept, contact, identifier, meta, reference},
    json::{At, Cents, json},
    world::{DIRECTORY_DATE, World},
};
use jiff::civil::date;

pub const PROFILES: &[&str] =
    &["http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-InsurancePlan"];
const PRODUCT: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/InsuranceProductTypeCS";
const LEVEL: &str = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/InsurancePlanTypeCS";

/// A product and its plan.
struct Product {
    id: &'static str,
    title: &'static str,
    kind: Coding,
    level: Coding,
    /// The copay of a visit, in cents, and the kind of visit.
    copay: i64,
    service: &'static str,
}

const fn product(
    (id, title): (&'static str, &'static str),
    kind: Coding,
    level: Coding,
    copay: i64,
    service: &'static str,
) -> Product {
    Product { id, title, kind, level, copay, service }
}

const PRODUCTS: [Product; 6] = [
    product(
        ("ppo", "Choice PPO"),
        coding(PRODUCT, "commppo", "Commercial PPO"),
        coding(LEVEL, "gold", "Gold-QHP"),
        2_000,
        "Primary care visit",
    ),
    product(
        ("hmo", "Essential HMO"),
        coding(PRODUCT, "commhmo", "Commercial HMO"),
        coding(LEVEL, "lowdeductible", "Low Deductible"),
        1_500,
        "Primary care visit",
    ),
    product(
        ("medicare", "Medicare Advantage"),
        coding(PRODUCT, "mediadv", "Medicare Advantage"),
        coding(LEVEL, "silver", "Silver-QHP"),
        0,
        "Primary care visit",
    ),
    product(
        ("hdhp", "Saver HDHP"),
        coding(PRODUCT, "commhdhp", "Commercial HDHP"),
        coding(LEVEL, "highdeductible", "High Deductible"),
        4_500,
        "Primary care visit",
    ),
    product(
        ("dental", "Dental"),
        coding(PRODUCT, "dent", "Dental Plan"),
        coding(LEVEL, "lowdeductible", "Low Deductible"),
        1_000,
        "Dental cleaning",
    ),
    product(
        ("vision", "Vision"),
        coding(PRODUCT, "vis", "Vision Plan"),
        coding(LEVEL, "lowdeductible", "Low Deductible"),
        1_000,
        "Eye examination",
    ),
];

const COPAY: Coding = coding("http://terminology.hl7.org/CodeSystem/benefit-type", "copay", "Copayment per service");

/// The payer's plans.
pub fn of(world: &World, payer: &Payer) -> Vec<Resource> {
    (0_u32..).zip(&PRODUCTS).map(|(number, product)| one(world, payer, number, product)).collect()
}

fn one(world: &World, payer: &Payer, number: u32, product: &Product) -> Resource {
    let Product { id, title, kind: product_kind, level, copay, service } = product;
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
            "status": "active", "type": [(concept(*product_kind))], "name": name, "alias": [alias],
            "period": { "start": (At(date(2014, 1, 1), "08:00:00")) },
            "ownedBy": (owner()), "administeredBy": (owner()), "coverageArea": [(area())],
            "contact": [{ "name": { "text": "Plan Information" }, "telecom": [(contact("phone", &phone, 1))] }],
            "endpoint": [(endpoint::payers(payer))], "network": [(network::reference_to(payer, number))],
            "coverage": [{ "type": { "text": title }, "benefit": [{ "type": { "text": service } }] }],
            "plan": [{
                "identifier": [(identifier(kind, "https://plans.example.org/plan", value))],
                "type": (concept(*level)), "coverageArea": [(area())],
                "specificCost": [{
                    "category": { "text": title },
                    "benefit": [{
                        "type": { "text": service },
                        "cost": [{ "type": (concept(COPAY)), "value": { "value": (Cents(*copay)), "unit": "USD" } }]
                    }]
                }]
            }]
        }),
    )
}
