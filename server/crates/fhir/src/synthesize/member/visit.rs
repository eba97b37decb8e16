//! When members were treated, and where: the skeleton of a claim.

use jiff::{ToSpan, civil::Date};

use super::person::Member;
use crate::synthesize::{
    facility::Facility,
    name::Gender,
    random::Random,
    specialty::{OBSTETRICS, PEDIATRICS, Specialty},
    world::World,
};

/// The kinds of claims of CARIN Blue Button 1.1.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Inpatient,
    Outpatient,
    Professional,
    Pharmacy,
}

/// One occasion.
pub struct Visit {
    /// Counted from 1 within the member's, in order of time.
    pub number: u32,
    pub kind: Kind,
    pub day: Date,
    /// The organization that was visited.
    pub organization: u32,
    /// Who treated the member, or prescribed.
    pub practitioner: u32,
}

/// The member's visits in order of time, as many as they have claims.
pub fn of(world: &World, member: &Member) -> Vec<Visit> {
    let random = &mut world.random("visits", member.number);
    let mut days: Vec<Date> = (0..member.claims).map(|_| random.day(member.since, member.last_day())).collect();
    days.sort_unstable();
    (1..).zip(days).map(|(number, day)| one(world, member, number, day, random)).collect()
}

fn one(world: &World, member: &Member, number: u32, day: Date, random: &mut Random) -> Visit {
    let kind = match random.below(100) {
        0..8 => Kind::Inpatient,
        8..22 => Kind::Outpatient,
        22..72 => Kind::Professional,
        _ => Kind::Pharmacy,
    };
    let place = member.address.place;
    let doctor = practice(world, member, day, random);
    let organization = match kind {
        Kind::Inpatient | Kind::Outpatient => world.nearby(place, 0, random),
        Kind::Pharmacy => world.nearby(place, 1, random),
        Kind::Professional => doctor,
    };
    // A pharmacy dispenses what someone else prescribed.
    let treats = if kind == Kind::Pharmacy { doctor } else { organization };
    Visit { number, kind, day, organization, practitioner: world.someone_of(treats, random) }
}

/// A practice that suits the member; a clinic if none is found soon.
fn practice(world: &World, member: &Member, day: Date, random: &mut Random) -> u32 {
    for _ in 0..3 {
        let digit = random.between(4, 9);
        let organization = world.nearby(member.address.place, digit, random);
        if matches!(Facility::of(organization), Facility::Group(specialty) if suits(specialty, member, day)) {
            return organization;
        }
    }
    world.nearby(member.address.place, 3, random)
}

fn suits(specialty: &Specialty, member: &Member, day: Date) -> bool {
    let child = member.age(day) < 18;
    if std::ptr::eq(specialty, &PEDIATRICS) {
        child
    } else if std::ptr::eq(specialty, &OBSTETRICS) {
        member.gender == Gender::Female && !child
    } else {
        true
    }
}

impl Visit {
    /// Chance for the rest of the claim.
    pub fn random(&self, world: &World, member: &Member) -> Random {
        Random::of(world.input.seed, "claim", (u64::from(member.number) << 16) + u64::from(self.number))
    }

    /// The day so many days later.
    pub fn after(&self, days: u32) -> Date {
        self.day.saturating_add(i64::from(days).days())
    }
}
