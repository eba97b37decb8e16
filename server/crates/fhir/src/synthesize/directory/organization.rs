//! Provider organizations: hospitals, pharmacies, clinics and groups. They also appear in claims.

use jiff::civil::date;

use super::{
    endpoint,
    extension::{self, Licence},
    payer::PROFILES,
};
use crate::synthesize::{
    Resource,
    datatypes::{Coding, Reference, coding, concept, contact, meta, reference},
    facility::Facility,
    json::{Json, json},
    region::Region,
    world::{DIRECTORY_DATE, Organization, World},
};

const IDENTIFIER: &str = "http://terminology.hl7.org/CodeSystem/v2-0203";

/// The organization.
pub fn resource(world: &World, organization: &Organization) -> Resource {
    let Organization { id, name, npi, tax, phone, fax, domain, facility, number, .. } = organization;
    let page = format!("https://{domain}");
    let about = format!(
        "{} in {}, {}",
        facility.specialty().display.unwrap_or_default(),
        organization.address.place.city,
        world.input.region.name
    );
    let licence = Licence {
        system: "https://licences.example.org/facility",
        number: npi,
        code: facility.specialty(),
        issuer: None,
        since: date(2012, 1, 1),
        state: state(world.input.region),
    };
    let location = reference("Location", format_args!("location-{number}-1"), name);
    let purpose = coding("http://terminology.hl7.org/CodeSystem/contactentity-type", "ADMIN", "Administrative");
    Resource::new(
        "Organization",
        json!({
            "resourceType": "Organization", "id": id, "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "extension": [(extension::licence(licence)), (extension::description(about))],
            "identifier": [(npi_of(npi)), (tax_of(tax))],
            "active": true, "type": [(concept(facility.kind()))], "name": name,
            "telecom": [
                {
                    "extension": [(extension::office_hours()), (extension::through(location))],
                    "system": "phone", "value": phone, "use": "work", "rank": 1
                },
                (contact("fax", fax, 2)), (contact("url", &page, 3)),
            ],
            "address": [(located(organization))], "partOf": (parent(world, organization)),
            "contact": [{ "purpose": (concept(purpose)), "name": { "text": "Front Desk" }, "telecom": [(contact("phone", phone, 1))] }],
            "endpoint": [(endpoint::organizations(organization))]
        }),
    )
}

/// Urgent care belongs to a hospital nearby.
fn parent(world: &World, organization: &Organization) -> Option<Reference> {
    let random = &mut world.random("parent", organization.number);
    let part = matches!(organization.facility, Facility::UrgentCare);
    part.then(|| reference_to(&world.organization(world.nearby(organization.address.place, 0, random))))
}

/// The address with its coordinates.
fn located(organization: &Organization) -> impl Json + '_ {
    let place = &organization.address;
    json!({
        "extension": [(extension::geolocation(place))], "use": "work", "type": "both", "text": (place.text()), "line": [(&place.line)],
        "city": (place.place.city), "district": (place.place.county), "state": (place.place.state),
        "postalCode": (place.postal_code()), "country": "US"
    })
}

/// A provider number as both editions of CARIN BB label it.
pub fn npi_of(npi: &str) -> impl Json + '_ {
    let carin =
        coding("http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType", "npi", "National Provider Identifier");
    let general = coding(IDENTIFIER, "NPI", "National provider identifier");
    json!({ "type": { "coding": [carin, general] }, "system": "http://hl7.org/fhir/sid/us-npi", "value": npi })
}

pub fn tax_of(tax: &str) -> impl Json + '_ {
    json!({ "type": { "coding": [(coding(IDENTIFIER, "TAX", "Tax ID number"))] }, "system": "urn:oid:2.16.840.1.113883.4.4", "value": tax })
}

/// The state as a code of the postal service.
pub fn state(region: &Region) -> Coding {
    coding("https://www.usps.com/", region.state, region.name)
}

/// A reference to the organization.
pub fn reference_to(organization: &Organization) -> Reference {
    reference("Organization", &organization.id, &*organization.name)
}
