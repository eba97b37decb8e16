//! Where organizations see patients.

use super::{area, extension, network, organization::reference_to};
use crate::synthesize::{
    Resource,
    datatypes::{Reference, address, coding, concept, contact, meta, reference},
    facility::HOSPITAL_UNIT,
    json::{Json, json},
    place::Address,
    world::{DIRECTORY_DATE, Organization, World},
};

/// The organization's location at this position in its list, counted from 0; the first is its main address.
pub fn resource(world: &World, organization: &Organization, place: u32) -> Resource {
    let Organization { number, facility, phone, .. } = organization;
    let site = address_of(world, organization, place);
    let id = &format!("location-{number}-{}", place + 1);
    let name = name_of(&organization.name, &site, place);
    let kind = coding("http://terminology.hl7.org/CodeSystem/v2-0203", "PRN", "Provider number");
    let part_of = (0 < place).then(|| reference_in(organization, &site, 0));
    let network = network::reference_to(world.payer(*number), *number);
    let type_ = if facility.always_open() { HOSPITAL_UNIT } else { facility.place() };
    let about = format!("{} at {}", facility.title(), site.line);
    let via = reference_to(organization);
    Resource::new(
        "Location",
        json!({
            "resourceType": "Location", "id": id, "meta": (meta(DIRECTORY_DATE, area::PROFILES)),
            "extension": [(extension::new_patients(*number, network)), (extension::accessibility(number + place))],
            "identifier": [{ "type": { "coding": [kind] }, "system": "https://locations.example.org/id", "value": id }],
            "status": "active", "name": name, "alias": [(site.place.city)], "description": about, "type": [(concept(type_))],
            "telecom": [
                {
                    "extension": [(extension::office_hours()), (extension::through(via))],
                    "system": "phone", "value": phone, "use": "work", "rank": 1
                },
                (contact("fax", &organization.fax, 2)),
            ],
            "address": (address(&site)), "position": { "longitude": (site.longitude), "latitude": (site.latitude) },
            "managingOrganization": (reference_to(organization)), "partOf": part_of,
            "hoursOfOperation": (hours(facility.always_open())), "availabilityExceptions": "Closed on public holidays",
            "endpoint": [(super::endpoint::organizations(organization))]
        }),
    )
}

fn hours(always: bool) -> Vec<impl Json> {
    let days: &[&str] =
        if always { &["mon", "tue", "wed", "thu", "fri", "sat", "sun"] } else { &["mon", "tue", "wed", "thu", "fri"] };
    let (opens, closes) = ((!always).then_some("08:00:00"), (!always).then_some("17:00:00"));
    vec![json!({ "daysOfWeek": days, "allDay": always, "openingTime": opens, "closingTime": closes })]
}

/// The organization's main address, or another one in the same or another city.
pub fn address_of(world: &World, organization: &Organization, place: u32) -> Address {
    if place == 0 {
        return organization.address.clone();
    }
    let random = &mut world.random("second location", organization.number);
    let city = if random.percent(60) { organization.address.place } else { random.pick(&world.input.region.places) };
    Address::near(city, random)
}

fn name_of(organization: &str, site: &Address, place: u32) -> String {
    if place == 0 { organization.to_owned() } else { format!("{organization} at {}", site.place.city) }
}

/// A reference to one of the organization's locations.
pub fn reference_in(organization: &Organization, site: &Address, place: u32) -> Reference {
    let id = format!("location-{}-{}", organization.number, place + 1);
    reference("Location", id, name_of(&organization.name, site, place))
}

/// References to all of the organization's locations.
pub fn all_of(world: &World, organization: &Organization) -> Vec<Reference> {
    let places = 0..world.locations(organization.number);
    places.map(|place| reference_in(organization, &address_of(world, organization, place), place)).collect()
}
