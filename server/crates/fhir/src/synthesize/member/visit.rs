//! When and where members were treated: the skeleton of a claim.

use jiff::{ToSpan, civil::Date};

use super::{edition::Edition, person::Member, terms::Terms};
use crate::synthesize::{
    facility::{CYCLE, DENTISTS, Facility, OPTOMETRISTS},
    name::Gender,
    random::Random,
    specialty::{OBSTETRICS, PEDIATRICS, Specialty},
    world::World,
};

/// The kinds of claims in CARIN Blue Button; the last three since 2.0.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Inpatient,
    Outpatient,
    Professional,
    Pharmacy,
    Oral,
    Vision,
    Ambulance,
}

impl Kind {
    /// The name of such a claim.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inpatient => "inpatient",
            Self::Outpatient => "outpatient",
            Self::Professional => "professional",
            Self::Pharmacy => "pharmacy",
            Self::Oral => "oral",
            Self::Vision => "vision",
            Self::Ambulance => "ambulance",
        }
    }

    fn draw(edition: Edition, random: &mut Random) -> Self {
        // Cumulative shares of the kinds, in percent.
        let shares = edition.choose([[8, 22, 72, 100, 100, 100], [6, 18, 54, 76, 88, 97]]);
        let drawn = random.below(100);
        let kinds = [Self::Inpatient, Self::Outpatient, Self::Professional, Self::Pharmacy, Self::Oral, Self::Vision];
        kinds.into_iter().zip(shares).find(|(_, end)| drawn < *end).map_or(Self::Ambulance, |(kind, _)| kind)
    }
}

/// One occasion.
pub struct Visit {
    /// Counts the member's visits from 1, in chronological order.
    pub number: u32,
    pub kind: Kind,
    pub day: Date,
    /// The organization that was visited.
    pub organization: u32,
    /// The practitioner who treated the member or prescribed.
    pub practitioner: u32,
    pub terms: Terms,
}

/// The member's visits in chronological order, one for each claim.
pub fn of(world: &World, member: &Member) -> Vec<Visit> {
    let random = &mut world.random("visits", member.number);
    let mut days: Vec<Date> = (0..member.claims).map(|_| random.day(member.since, member.last_day())).collect();
    days.sort_unstable();
    (1..).zip(days).map(|(number, day)| one(world, member, number, day, random)).collect()
}

fn one(world: &World, member: &Member, number: u32, day: Date, random: &mut Random) -> Visit {
    let kind = Kind::draw(member.edition, random);
    let place = member.address.place;
    let doctor = practice(world, member, day, random);
    let organization = match kind {
        Kind::Inpatient | Kind::Outpatient | Kind::Ambulance => world.nearby(place, 0, random),
        Kind::Pharmacy => world.nearby(place, 1, random),
        Kind::Professional => doctor,
        Kind::Oral => world.nearby_of(place, DENTISTS, CYCLE, random),
        Kind::Vision => world.nearby_of(place, OPTOMETRISTS, CYCLE, random),
    };
    // A pharmacy dispenses what someone else prescribed.
    let treats = if kind == Kind::Pharmacy { doctor } else { organization };
    let practitioner = world.someone_of(treats, random);
    Visit { number, kind, day, organization, practitioner, terms: Terms::draw(number, random) }
}

/// A practice that suits the member, or a clinic if none is found soon.
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
    if !specialty.is_medical() {
        false
    } else if std::ptr::eq(specialty, &PEDIATRICS) {
        child
    } else if std::ptr::eq(specialty, &OBSTETRICS) {
        member.gender == Gender::Female && !child
    } else {
        true
    }
}

impl Visit {
    /// The random numbers for the rest of the claim.
    pub fn random(&self, world: &World, member: &Member) -> Random {
        Random::of(world.input.seed, "claim", (u64::from(member.number) << 16) + u64::from(self.number))
    }

    /// The date this many days later.
    pub fn after(&self, days: u32) -> Date {
        self.day.saturating_add(i64::from(days).days())
    }
}
