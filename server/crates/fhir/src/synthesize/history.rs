//! Earlier versions of some resources, so that developers can read something by version.

use jiff::civil::{Date, date};

use super::{
    Input, Resource,
    datatypes::Reference,
    directory::{organization, practitioner},
    example,
    place::Address,
    world::{Practitioner, World},
};

/// The day on which those with an earlier version moved their offices.
const CHANGED: Date = date(2024, 3, 1);

/// For this many organizations, the first practitioner of each has an earlier version.
const ORGANIZATIONS: u32 = 10;

/// Earlier versions of resources. Load them before the current ones, into a store that contains neither.
pub fn versions(input: &Input) -> Vec<Resource> {
    if input.providers == 0 {
        return Vec::new();
    }
    let world = &World::new(input.clone());
    let mut made: Vec<Resource> =
        (0..ORGANIZATIONS.min(world.organizations)).map(|one| earlier_practitioner(world, one)).collect();
    made.extend((0..3).map(|number| earlier_organization(world, number)));
    if 0 < input.members {
        made.extend(example::earlier(world));
    }
    made.retain(|resource| world.makes(resource.kind));
    // Where almost no one practises, one practitioner is the first of several organizations.
    made.sort_by(|one, other| one.json.cmp(&other.json));
    made.dedup_by(|one, other| one.json == other.json);
    made
}

/// A reference to the practitioner's version on that day; without a day, to the current one.
pub fn practitioner_on(world: &World, practitioner: &Practitioner, day: Option<Date>) -> Reference {
    let mut reference = practitioner::reference_to(practitioner);
    let has_past =
        practitioner.employer < ORGANIZATIONS && world.first_of(practitioner.employer) == practitioner.number;
    if has_past && day.is_some_and(|day| day < CHANGED) {
        reference.target.push_str("/_history/1");
    }
    reference
}

/// The practitioner in another office.
fn earlier_practitioner(world: &World, organization: u32) -> Resource {
    let practitioner = world.practitioner(world.first_of(organization));
    let random = &mut world.random("former office", practitioner.number);
    let office = Address::near(world.organization_place(practitioner.employer), random);
    practitioner::write(world, &practitioner, &practitioner.id, &office, &office.phone(random), None)
}

/// The organization with another telephone number.
fn earlier_organization(world: &World, number: u32) -> Resource {
    let mut organization = world.organization(number);
    let random = &mut world.random("former number", number);
    organization.phone = organization.address.phone(random);
    organization.fax = organization.address.phone(random);
    organization::resource(world, &organization)
}
