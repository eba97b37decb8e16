//! Who belongs to whom: organizations to a payer's network, and groups to a hospital.

use super::{endpoint, location, network, organization::reference_to, service};
use crate::synthesize::{
    Resource,
    datatypes::{Coding, Reference, coding, concept, concepts, contact, meta, period, reference},
    facility::{Facility, MEMBER_OF},
    json::json,
    world::{DIRECTORY_DATE, Organization, World},
};
use jiff::civil::date;

const PROFILES: &[&str] =
    &["http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-OrganizationAffiliation"];

/// FHIR's own role for an organization that treats patients.
pub const PROVIDER: Coding = coding("http://hl7.org/fhir/organization-role", "provider", "Provider");

/// The organization's affiliations.
pub fn of(world: &World, organization: &Organization) -> Vec<Resource> {
    let payer = world.payer(organization.number);
    let owner = reference("Organization", &payer.id, &*payer.name);
    let networks = vec![network::reference_to(payer, 0), network::reference_to(payer, 1)];
    let mut made =
        vec![write(world, organization, "network", owner, networks, &[PROVIDER, organization.facility.affiliation()])];
    if matches!(organization.facility, Facility::Group(_)) && organization.number.is_multiple_of(3) {
        let random = &mut world.random("hospital", organization.number);
        let hospital = world.organization(world.nearby(organization.address.place, 0, random));
        made.push(write(world, organization, "hospital", reference_to(&hospital), Vec::new(), &[MEMBER_OF]));
    }
    made
}

fn write(
    world: &World,
    organization: &Organization,
    with: &str,
    owner: Reference,
    networks: Vec<Reference>,
    roles: &[Coding],
) -> Resource {
    let id = &format!("affiliation-{}-{with}", organization.number);
    let kind = coding("http://terminology.hl7.org/CodeSystem/v2-0203", "PRN", "Provider number");
    Resource::new(
        "OrganizationAffiliation",
        json!({
            "resourceType": "OrganizationAffiliation", "id": id, "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "identifier": [{ "type": { "coding": [kind] }, "system": "https://affiliations.example.org/id", "value": id }],
            "active": true, "period": (period(date(2014, 1, 1), None)), "organization": owner,
            "participatingOrganization": (reference_to(organization)), "network": networks, "code": (concepts(roles)),
            "specialty": [(concept(organization.facility.specialty()))], "location": (location::all_of(world, organization)),
            "healthcareService": [(service::reference_in(organization))], "telecom": [(contact("phone", &organization.phone, 1))],
            "endpoint": [(endpoint::organizations(organization))]
        }),
    )
}
