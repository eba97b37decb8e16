//! The members whose ids the documents print.

use jiff::civil::{Date, date};

use crate::synthesize::{
    Resource,
    datatypes::coding,
    member::{
        claim::{self, Claim},
        clinical::{self, Record},
        condition, coverage, explanation, immunization, patient,
        person::{Member, Relationship},
        provenance,
        visit::{Kind, Visit},
    },
    name::Gender,
    place::Address,
    world::World,
};

/// Where the members' numbers begin: beyond all others.
const FIRST: u32 = 90_000_000;

/// `Patient/123` with `Coverage/123` and `ExplanationOfBenefit/219`; and `Patient/1291938`, who has a clinical record.
pub fn members(world: &World) -> Vec<Resource> {
    let alex = member(world, 0, "123", "Morgan", "Alex", Gender::Male, date(1971, 4, 18));
    let jordan = member(world, 1, "1291938", "Rivera", "Jordan", Gender::Female, date(1984, 9, 2));
    let mut made = everything_of(world, &alex);
    made.extend(everything_of(world, &jordan));
    made
}

fn member(world: &World, place: u32, id: &str, family: &str, given: &str, gender: Gender, birth_date: Date) -> Member {
    let number = FIRST + place * 5;
    let random = &mut world.random("example", number);
    let address = Address::near(&world.input.region.places[0], random);
    Member {
        number,
        id: id.to_owned(),
        family: family.to_owned(),
        given: vec![given.to_owned()],
        gender,
        birth_date,
        died: None,
        phone: address.phone(random),
        address,
        payer: world.payer(place).clone(),
        relationship: Relationship::Oneself,
        subscriber: format!("W{id:0>8}"),
        since: date(2013, 1, 1),
        claims: 0,
    }
}

/// One claim of each kind, two of them before 2016; the third has the printed id.
fn everything_of(world: &World, member: &Member) -> Vec<Resource> {
    let visits = [
        (Kind::Professional, date(2014, 5, 20), 4),
        (Kind::Pharmacy, date(2015, 12, 31), 1),
        (Kind::Professional, date(2021, 3, 9), 4),
        (Kind::Outpatient, date(2022, 6, 14), 0),
        (Kind::Inpatient, date(2023, 11, 2), 0),
        (Kind::Pharmacy, date(2025, 2, 27), 1),
        (Kind::Professional, date(2026, 1, 15), 3),
    ];
    let mut made = vec![patient::resource(world, member), coverage::write(member, &member.id, member.since, None)];
    let mut record = Record::default();
    for (number, (kind, day, organization)) in (1..).zip(visits) {
        let practitioner = world
            .someone_of(if kind == Kind::Pharmacy { 4 } else { organization }, &mut world.random("example", number));
        let visit = Visit { number, kind, day, organization, practitioner };
        let mut claim = claim::of(world, member, &visit);
        if (member.id.as_str(), number) == ("123", 3) {
            claim.id = "219".to_owned();
        }
        claim.coverage.clone_from(&member.id);
        made.extend(clinical::of(world, member, &visit, &claim, &mut record));
        made.push(explanation::resource(&claim));
        if number == 7 {
            made.push(explanation::resource(&oral(claim)));
        }
    }
    made.extend(record_of(member));
    made
}

/// The Idaho document asks for oral claims. CARIN Blue Button 1.1.0 has no profile for them, so it names none.
fn oral(mut claim: Claim) -> Claim {
    claim.id.push_str("-oral");
    claim.number.push('D');
    claim.kind = coding("http://terminology.hl7.org/CodeSystem/claim-type", "oral", "Oral");
    claim.profile = &[];
    for line in &mut claim.lines {
        line.code = coding("http://www.ada.org/cdt", "D1110", "Prophylaxis - adult");
    }
    claim
}

/// Vaccinations, one without a source, and a condition that nobody named: what is missing is said to be.
fn record_of(member: &Member) -> Vec<Resource> {
    let flu = coding("http://hl7.org/fhir/sid/cvx", "140", "Influenza, seasonal, injectable, preservative free");
    let id = |kind: &str, word: &str| format!("{kind}-{}-{word}", member.id);
    let targets = vec![
        format!("Immunization/{}", id("immunization", "1")),
        format!("Immunization/{}", id("immunization", "2")),
        format!("Condition/{}", id("condition", "unnamed")),
    ];
    let payer = &member.payer;
    let author = crate::synthesize::datatypes::reference("Organization", &payer.id, &*payer.name);
    vec![
        immunization::write(&id("immunization", "1"), member, flu, date(2015, 10, 5), false, Some(3)),
        immunization::write(&id("immunization", "2"), member, flu, date(2022, 10, 11), false, None),
        condition::unknown(&id("condition", "unnamed"), member),
        provenance::write(&id("provenance", "record"), date(2022, 10, 11), targets, author, None, payer),
        provenance::of_patient(member),
    ]
}
