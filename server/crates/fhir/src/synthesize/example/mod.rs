//! A small fixed part that answers the example requests exactly as the programs' documents print them, so that a
//! developer's first call finds something.

mod member;
mod sandbox;
mod script;

use serde_json::Value;

use super::Resource;

pub use member::{earlier, members, vaccinations};
pub use sandbox::Planned;

/// The members that exist in every world.
pub fn planned() -> &'static [Planned] {
    sandbox::MEMBERS
}

/// Providers, payers and places, whatever the world's region.
pub fn directory() -> Vec<Resource> {
    let files = [include_str!("organizations.json"), include_str!("practitioners.json")];
    files.into_iter().flat_map(read).collect()
}

/// The resources of a file. A malformed file has none, which the tests would notice.
fn read(file: &str) -> Vec<Resource> {
    let resources: Vec<Value> = serde_json::from_str(file).unwrap_or_default();
    resources
        .iter()
        .filter_map(|resource| Some(Resource { kind: known(resource)?, json: resource.to_string() }))
        .collect()
}

fn known(resource: &Value) -> Option<&'static str> {
    const KINDS: [&str; 7] = [
        "HealthcareService",
        "InsurancePlan",
        "Location",
        "Organization",
        "OrganizationAffiliation",
        "Practitioner",
        "PractitionerRole",
    ];
    KINDS.into_iter().find(|kind| resource["resourceType"] == **kind)
}
