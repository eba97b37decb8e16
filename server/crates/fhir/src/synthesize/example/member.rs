//! Everything that the members of the sandbox have.

use jiff::civil::{Date, date};

use super::{
    sandbox::{DEPENDENT, MANY, MEMBERS, Planned},
    script,
};
use crate::synthesize::{
    Resource,
    datatypes::{Coding, coding},
    member::{
        claim::{self, Claim},
        clinical::{self, Record},
        condition, coverage, explanation,
        immunization::{self, Given},
        patient,
        person::Member,
        provenance, related_person,
        visit::{Kind, Visit},
    },
    place::Address,
    world::World,
};

/// All resources of all these members.
pub fn members(world: &World) -> Vec<Resource> {
    MEMBERS.iter().flat_map(|planned| everything_of(world, planned)).collect()
}

/// Earlier versions of some resources: the former home and coverage of the member with many claims, and a claim before
/// her appeal.
pub fn earlier(world: &World) -> Vec<Resource> {
    let Some(planned) = MEMBERS.iter().find(|planned| planned.id == MANY) else { return Vec::new() };
    let mut member = planned.member(world);
    let appealed = visits(world, planned, &member).pop().map(|visit| {
        let claim = claim_of(world, &member, &Visit { terms: visit.terms.denied(), ..visit });
        explanation::resource(&claim)
    });
    let places = &world.input.region.places;
    member.address = Address::near(&places[places.len() - 1], &mut world.random("former home", member.number));
    member.moved = None;
    let mut made = vec![patient::resource(world, &member), coverage::write(&member, MANY, date(2012, 1, 1), None)];
    made.extend(appealed);
    made
}

fn everything_of(world: &World, planned: &Planned) -> Vec<Resource> {
    let member = planned.member(world);
    let mut made = vec![patient::resource(world, &member), coverage::write(&member, &member.id, member.since, None)];
    made.extend(related_person::of(world, &member));
    let (mut record, mut claims) = (Record::default(), Vec::new());
    for visit in visits(world, planned, &member) {
        let claim = claim_of(world, &member, &visit);
        made.extend(clinical::of(world, &member, &visit, &claim, &mut record));
        made.push(explanation::resource(&claim));
        claims.push(claim);
    }
    made.extend(record_of(world, &member));
    made.extend(provenance::of_enrollment(world, &member, std::slice::from_ref(&member.id)));
    made.extend(provenance::of_claims(world, &member, &claims));
    made
}

/// The member's visits: to the first organization of each kind and the first practitioner there.
fn visits(world: &World, planned: &Planned, member: &Member) -> Vec<Visit> {
    let one = |(number, script::Planned(kind, day, terms))| {
        let organization = match kind {
            Kind::Inpatient | Kind::Outpatient | Kind::Ambulance => 0,
            Kind::Pharmacy => 1,
            Kind::Professional => 4,
            Kind::Oral => 5,
            Kind::Vision => 6,
        };
        let practitioner = world.first_of(if kind == Kind::Pharmacy { 4 } else { organization });
        Visit { number, kind, day, organization, practitioner, terms }
    };
    (1..).zip(planned.script.claims(member.edition)).map(one).collect()
}

/// The claim for a visit; the third one of the first member has the id that the documents print.
fn claim_of(world: &World, member: &Member, visit: &Visit) -> Claim {
    let mut claim = claim::of(world, member, visit);
    if (member.id.as_str(), visit.number) == ("123", 3) {
        claim.id = "219".to_owned();
    }
    claim.coverage.clone_from(&member.id);
    claim
}

const CVX: &str = "http://hl7.org/fhir/sid/cvx";
const FLU: Coding = coding(CVX, "140", "Influenza, seasonal, injectable, preservative free");

/// The vaccine, the day and the outcome.
pub type Vaccination = (Coding, Date, Given);

/// The clinic that vaccinates these members.
const AT_CLINIC: Given = Given::At(3);

const OF_ADULTS: &[Vaccination] = &[
    (FLU, date(2015, 10, 5), AT_CLINIC),
    (FLU, date(2022, 10, 11), Given::Somewhere),
    (FLU, date(2023, 10, 16), Given::Declined(3)),
];
const OF_CHILDREN: &[Vaccination] = &[
    (coding(CVX, "20", "diphtheria, tetanus toxoids and acellular pertussis vaccine"), date(2018, 1, 8), AT_CLINIC),
    (coding(CVX, "03", "measles, mumps and rubella virus vaccine"), date(2018, 11, 5), AT_CLINIC),
    (coding(CVX, "21", "varicella virus vaccine"), date(2018, 11, 5), AT_CLINIC),
    (FLU, date(2025, 10, 9), AT_CLINIC),
];

/// Vaccinations of the member.
pub fn vaccinations(id: &str) -> &'static [Vaccination] {
    match id {
        "123" | "1291938" => OF_ADULTS,
        DEPENDENT => OF_CHILDREN,
        _ => &[],
    }
}

/// Vaccinations, one without a source, and an unnamed condition, so that missing data is marked as missing.
fn record_of(world: &World, member: &Member) -> Vec<Resource> {
    let given = vaccinations(&member.id);
    let mut made = Vec::new();
    if given.is_empty() {
        return made;
    }
    let id = |number: u32| format!("immunization-{}-{number}", member.id);
    let unnamed = format!("condition-{}-unnamed", member.id);
    let mut targets = vec![(format!("Condition/{unnamed}"), member.since)];
    for (number, (vaccine, day, given)) in (1..).zip(given) {
        made.push(immunization::write(world, &id(number), member, *vaccine, *day, *given));
        targets.push((format!("Immunization/{}", id(number)), *day));
    }
    made.push(condition::unknown(&unnamed, member));
    let source = provenance::captured(member, "enrollment");
    made.extend(provenance::write(
        world,
        &format!("provenance-{}-record", member.id),
        date(2022, 10, 11),
        targets,
        source,
        &member.payer,
    ));
    made
}
