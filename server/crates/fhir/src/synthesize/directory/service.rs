//! What organizations offer: services in person and, by some groups, remotely.

use super::{area, endpoint, extension, location, network, organization::reference_to};
use crate::synthesize::{
    Resource,
    datatypes::{Reference, coding, concept, concepts, meta, period, reference},
    facility::Facility,
    json::{Json, json},
    world::{DIRECTORY_DATE, Organization, World},
};
use jiff::civil::date;

const PROFILES: &[&str] =
    &["http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/plannet-HealthcareService"];

/// The organization's services.
pub fn of(world: &World, organization: &Organization) -> Vec<Resource> {
    let mut made = vec![write(world, organization, false)];
    if from_a_distance(organization) {
        made.push(write(world, organization, true));
    }
    made
}

fn from_a_distance(organization: &Organization) -> bool {
    matches!(organization.facility, Facility::Group(specialty) if specialty.behavioral || organization.number.is_multiple_of(4))
}

/// A reference to the service in person.
pub fn reference_in(organization: &Organization) -> Reference {
    reference("HealthcareService", format_args!("service-{}", organization.number), &*organization.name)
}

fn write(world: &World, organization: &Organization, distant: bool) -> Resource {
    let Organization { number, facility, name, phone, .. } = organization;
    let id = &if distant { format!("service-{number}-virtual") } else { format!("service-{number}") };
    let name = if distant { format!("{name} by Video") } else { name.clone() };
    let comment = format!("{name}: appointments by telephone");
    let staff = facility.staff();
    let mut specialties = vec![facility.specialty()];
    specialties.extend(staff.iter().map(|specialty| specialty.coding).filter(|coding| *coding != facility.specialty()));
    let types = concepts(&staff.iter().map(|specialty| specialty.service).take(1).collect::<Vec<_>>());
    let kind = coding("http://terminology.hl7.org/CodeSystem/v2-0203", "PRN", "Provider number");
    let locations = if distant { Vec::new() } else { location::all_of(world, organization) };
    let (region, county) = (world.input.region, organization.address.place.county);
    let covered = if distant { area::region(region) } else { area::county(region, county) };
    let network = network::reference_to(world.payer(*number), *number);
    let via = reference_to(organization);
    let holiday = period(date(2026, 12, 25), Some(date(2026, 12, 25)));
    Resource::new(
        "HealthcareService",
        json!({
            "resourceType": "HealthcareService", "id": id, "meta": (meta(DIRECTORY_DATE, PROFILES)),
            "extension": [(extension::new_patients(*number, network)), (distant.then(extension::virtually)), ((!distant).then(extension::in_person))],
            "identifier": [{ "type": { "coding": [kind] }, "system": "https://services.example.org/id", "value": id }],
            "active": true, "providedBy": (reference_to(organization)), "category": [(concept(facility.category()))],
            "type": types, "specialty": (concepts(&specialties)), "location": locations, "name": name, "comment": comment,
            "telecom": [{
                "extension": [(extension::office_hours()), (extension::through(via))], "system": "phone", "value": phone, "use": "work"
            }],
            "coverageArea": [covered], "appointmentRequired": (!facility.always_open()), "availableTime": (times(facility.always_open())),
            "notAvailable": [{ "description": "Christmas Day", "during": holiday }], "availabilityExceptions": "Closed on public holidays",
            "endpoint": [(endpoint::organizations(organization))]
        }),
    )
}

/// The hours of service: always, or office hours.
pub fn times(always: bool) -> Vec<impl Json> {
    let days: &[&str] =
        if always { &["mon", "tue", "wed", "thu", "fri", "sat", "sun"] } else { &["mon", "tue", "wed", "thu", "fri"] };
    let (all_day, start, end) =
        (always.then_some(true), (!always).then_some("08:00:00"), (!always).then_some("17:00:00"));
    vec![json!({ "daysOfWeek": days, "allDay": all_day, "availableStartTime": start, "availableEndTime": end })]
}
