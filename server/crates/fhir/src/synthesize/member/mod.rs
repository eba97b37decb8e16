//! Members: who they are, their coverage, their claims (CARIN Blue Button 1.1.0 and 2.0.0) and, if a program offers
//! them, their clinical records (US Core 3.1.1).

mod adjudication;
mod ambulance;
pub mod claim;
pub mod clinical;
pub mod condition;
pub mod cost;
pub mod coverage;
mod drug;
pub mod edition;
mod encounter;
pub mod explanation;
mod fullness;
mod hospital;
pub mod immunization;
mod inpatient;
mod oral;
mod outpatient;
pub mod patient;
pub mod person;
mod pharmacy;
mod professional;
pub mod provenance;
pub mod related_person;
pub mod terms;
mod vision;
pub mod visit;

use std::sync::Arc;

use self::{clinical::Record, person::Member};
use super::{Resource, example, world::World};

/// All members, the examples first, each followed by all of their resources.
pub fn resources(world: World) -> impl Iterator<Item = Resource> + Send {
    let count = world.input.members;
    let world = Arc::new(world);
    let examples = if count == 0 { Vec::new() } else { example::members(&world) };
    examples.into_iter().chain((0..count).flat_map(move |number| everything_of(&world, &Member::of(&world, number))))
}

/// Patient and Coverages; then, for each claim, the ExplanationOfBenefit and its clinical part; then the provenance of
/// all these.
pub fn everything_of(world: &World, member: &Member) -> Vec<Resource> {
    let mut made = vec![patient::resource(world, member)];
    made.extend(related_person::of(world, member));
    made.extend(coverage::of(member));
    let clinical = world.makes("Condition") || world.makes("Encounter") || world.makes("Immunization");
    let (mut record, mut claims) = (Record::default(), Vec::new());
    for visit in visit::of(world, member) {
        let claim = claim::of(world, member, &visit);
        if clinical {
            made.extend(clinical::of(world, member, &visit, &claim, &mut record));
        }
        made.push(explanation::resource(&claim));
        claims.push(claim);
    }
    if clinical {
        made.extend(immunization::of(world, member));
    }
    made.extend(provenance::of_enrollment(world, member, &coverage::ids(member)));
    made.extend(provenance::of_claims(world, member, &claims));
    made
}
