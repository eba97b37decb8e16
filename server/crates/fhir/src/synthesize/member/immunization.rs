//! Immunization (US Core).

use jiff::civil::{Date, date};

use super::{clinical::profile, patient, person::Member, provenance};
use crate::synthesize::{
    Resource,
    datatypes::{Coding, coding, concept, extension, meta, reference},
    directory::organization,
    json::{At, json},
    world::World,
};

const CVX: &str = "http://hl7.org/fhir/sid/cvx";
const VACCINES: [Coding; 4] = [
    coding(CVX, "140", "Influenza, seasonal, injectable, preservative free"),
    coding(CVX, "115", "tetanus toxoid, reduced diphtheria toxoid, and acellular pertussis vaccine, adsorbed"),
    coding(CVX, "187", "zoster vaccine recombinant"),
    coding(CVX, "33", "pneumococcal polysaccharide vaccine, 23 valent"),
];

/// Up to six vaccinations of the member, and their provenance.
pub fn of(world: &World, member: &Member) -> Vec<Resource> {
    let random = &mut world.random("immunizations", member.number);
    let clinic = world.nearby(member.address.place, 3, random);
    let count = random.below(7);
    let (mut made, targets): (Vec<Resource>, Vec<provenance::Target>) = (1..=count)
        .map(|number| {
            let vaccine = *random.pick(&VACCINES);
            // The newest vaccine here was licensed in October 2017.
            let first = if vaccine.code == "187" { date(2017, 11, 1) } else { member.since };
            let day = random.day(first.max(member.since), member.last_day());
            let given = if random.percent(8) { Given::Declined(clinic) } else { Given::At(clinic) };
            let id = id(member, number);
            (write(world, &id, member, vaccine, day, given), (format!("Immunization/{id}"), day))
        })
        .unzip();
    made.extend(provenance::of_immunizations(world, member, &world.organization(clinic), targets));
    made
}

fn id(member: &Member, number: u32) -> String {
    format!("immunization-{}-{number}", member.id)
}

/// The outcome of a vaccination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Given at the clinic with this number.
    At(u32),
    /// Not given, because the member declined at this clinic.
    Declined(u32),
    /// Given, but neither the place nor the source is known.
    Somewhere,
}

/// An Immunization.
pub fn write(world: &World, id: &str, member: &Member, vaccine: Coding, day: Date, given: Given) -> Resource {
    let reason = coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", "PATOBJ", "patient objection");
    let reason_absent = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    let (status, declined, clinic) = match given {
        Given::At(clinic) => ("completed", None, Some(clinic)),
        Given::Declined(clinic) => ("not-done", Some(reason), Some(clinic)),
        Given::Somewhere => ("completed", None, None),
    };
    let performer = clinic.filter(|_| declined.is_none());
    let performer = performer.map(|number| organization::reference_to(&world.organization(number)));
    let unknown =
        clinic.is_none().then_some(json!({ "extension": [(extension!(reason_absent, "valueCode": "unknown"))] }));
    let place = clinic.map(|number| reference("Location", format_args!("location-{number}-1"), "Main location"));
    Resource::new(
        "Immunization",
        json!({
            "resourceType": "Immunization", "id": id, "meta": (meta(day, profile!("immunization"))),
            "status": status, "statusReason": (declined.map(concept)),
            "vaccineCode": (concept(vaccine)), "patient": (patient::reference_to(member)),
            "occurrenceDateTime": (At(day, "18:00:00")), "primarySource": (clinic.map(|_| true)), "_primarySource": unknown,
            "location": place, "performer": [(performer.map(|actor| json!({ "actor": actor })))],
            "protocolApplied": [{ "doseNumberPositiveInt": 1 }]
        }),
    )
}
