//! What practitioners do, where, for whom and in which networks.

use super::{
    endpoint,
    extension::{self, Licence},
    location, network, organization, practitioner, service,
};
use crate::synthesize::{
    Resource,
    datatypes::{Coding, coding, concept, concepts, contact, meta, period},
    json::json,
    world::{DIRECTORY_DATE, Organization, Practitioner, World},
};
use jiff::civil::date;

pub const PROFILES: &[&str] =
    &["http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-PractitionerRole"];
const ADMITTING: Coding =
    coding("http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/ProviderRoleCS", "ap", "Admitting Privileges");

/// The practitioner's roles: with the employer and, for every fourth practitioner, at a hospital nearby.
pub fn of(world: &World, practitioner: &Practitioner) -> Vec<Resource> {
    let employer = world.organization(practitioner.employer);
    let mut made = vec![one(world, practitioner, &employer, 1, practitioner.specialty.role)];
    let random = &mut world.random("second role", practitioner.number);
    if random.percent(25) {
        let hospital = world.organization(world.nearby(employer.address.place, 0, random));
        made.push(one(world, practitioner, &hospital, 2, ADMITTING));
    }
    made
}

fn one(world: &World, practitioner: &Practitioner, organization: &Organization, number: u32, role: Coding) -> Resource {
    let id = &format!("role-{}-{number}", practitioner.number);
    let network = || network::reference_to(world.payer(practitioner.number), practitioner.number);
    let site = (practitioner.number + number) % world.locations(organization.number);
    let location = location::reference_in(organization, &location::address_of(world, organization, site), site);
    let licence = Licence {
        system: "https://licences.example.org/practitioner",
        number: &practitioner.npi,
        code: practitioner.specialty.coding,
        issuer: Some(organization::reference_to(organization)),
        since: date(2014, 1, 1),
        state: organization::state(world.input.region),
    };
    let via = organization::reference_to(organization);
    let kind = coding("http://terminology.hl7.org/CodeSystem/v2-0203", "PRN", "Provider number");
    let holiday = period(date(2026, 12, 25), Some(date(2026, 12, 25)));
    Resource::new(
        "PractitionerRole",
        json!({
            "resourceType": "PractitionerRole", "id": id, "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "extension": [
                (extension::new_patients(practitioner.number, network())), (extension::network(network())), (extension::licence(licence))
            ],
            "identifier": [{ "type": { "coding": [kind] }, "system": "https://roles.example.org/id", "value": id }],
            "active": true, "period": (period(date(2014, 1, 1), None)), "practitioner": (practitioner::reference_to(practitioner)),
            "organization": (organization::reference_to(organization)), "code": [(concept(role))],
            "specialty": (concepts(&[practitioner.specialty.coding])), "location": [location],
            "healthcareService": [(service::reference_in(organization))],
            "telecom": [
                {
                    "extension": [(extension::office_hours()), (extension::through(via))],
                    "system": "phone", "value": (&organization.phone), "use": "work", "rank": 1
                },
                (contact("fax", &organization.fax, 2)),
            ],
            "availableTime": (service::times(organization.facility.always_open())),
            "notAvailable": [{ "description": "Christmas Day", "during": holiday }],
            "endpoint": [(endpoint::organizations(organization))]
        }),
    )
}
