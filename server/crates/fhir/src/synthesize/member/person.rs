//! The identity of a member.

use jiff::{
    ToSpan,
    civil::{Date, date},
};

use super::edition::Edition;
use crate::synthesize::{
    Payer,
    name::{self, Gender},
    place::Address,
    random::Random,
    world::{TODAY, World},
};

/// A member and the facts that other resources need.
pub struct Member {
    pub number: u32,
    /// The Patient's id.
    pub id: String,
    pub family: String,
    /// The family name before the coverage started; some married members had another one.
    pub former_family: Option<&'static str>,
    pub given: Vec<String>,
    pub gender: Gender,
    pub birth_date: Date,
    pub died: Option<Date>,
    pub address: Address,
    /// When the member moved there, if that was after the coverage started.
    pub moved: Option<Date>,
    /// `None` if the payer knows neither the number nor the member's language.
    pub phone: Option<String>,
    pub payer: Payer,
    pub relationship: Relationship,
    /// The number on the card of an earlier policy.
    pub former_number: Option<String>,
    /// The number of the subscriber's policy.
    pub subscriber: String,
    /// When the first coverage started.
    pub since: Date,
    /// How many claims there are.
    pub claims: u32,
    /// Every eighth member has a payer that uses the newer edition.
    pub edition: Edition,
    /// Whether the payer references the version of a practitioner at the time.
    pub keeps_versions: bool,
}

/// The member's relationship to the subscriber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    Oneself,
    Spouse,
    Child,
}

impl Relationship {
    /// Of five members, the first and the third are subscribers; the second is the first's spouse, and the fourth and
    /// the fifth are the third's children.
    fn of(number: u32) -> (Self, u32) {
        match number % 5 {
            1 => (Self::Spouse, number - 1),
            3 => (Self::Child, number - 1),
            4 => (Self::Child, number - 2),
            _ => (Self::Oneself, number),
        }
    }

    /// The code of FHIR's `subscriber-relationship` and its display.
    pub fn code(self) -> (&'static str, &'static str) {
        match self {
            Self::Oneself => ("self", "Self"),
            Self::Spouse => ("spouse", "Spouse"),
            Self::Child => ("child", "Child"),
        }
    }
}

impl Member {
    pub fn of(world: &World, number: u32) -> Self {
        let (relationship, subscriber) = Relationship::of(number);
        // What the family shares depends on the subscriber's number.
        let household = &mut world.random("household", subscriber);
        let family = name::family(household).to_owned();
        let address = Address::near(household.pick(&world.input.region.places), household);
        let since = household.day(date(2012, 1, 1), date(2022, 1, 1)).first_of_month();
        let random = &mut world.random("member", number);
        let gender = Gender::draw(random);
        let birth_date = birth_date(relationship, random);
        let since = since.max(birth_date);
        let member = Self {
            number,
            id: format!("patient-{number}"),
            family,
            former_family: None,
            given: name::given(gender, random).map(str::to_owned).into(),
            gender,
            birth_date,
            died: random.percent(2).then(|| random.day(date(2026, 3, 1), TODAY)),
            phone: Some(address.phone(random)),
            address,
            moved: None,
            payer: world.payer(subscriber).clone(),
            relationship,
            former_number: (number % 10 == 2).then(|| format!("M{:07}01", 3_000_000 + number)),
            subscriber: format!("W{:08}", 10_000_000 + subscriber),
            since,
            claims: claims(number, random),
            edition: if number % 8 == 6 { Edition::Second } else { Edition::First },
            keeps_versions: number % 8 == 5,
        };
        member.with_a_past(random)
    }

    fn with_a_past(self, random: &mut Random) -> Self {
        let renamed = self.relationship == Relationship::Spouse && random.percent(50);
        let former_family = renamed.then(|| name::family(random));
        let moved = random.percent(20).then(|| random.day(self.since, self.last_day()));
        Self { former_family, moved, ..self }
    }

    /// The number on the member's card: the subscriber's number and two digits.
    pub fn member_id(&self) -> String {
        format!("{}{:02}", self.subscriber, self.number % 5 + 1)
    }

    /// The age in whole years on that day.
    pub fn age(&self, day: Date) -> u32 {
        self.birth_date.until((jiff::Unit::Year, day)).map_or(0, |span| span.get_years().max(0).unsigned_abs().into())
    }

    /// The last day for which there can be a claim.
    pub fn last_day(&self) -> Date {
        self.died.unwrap_or(TODAY).saturating_sub(30.days())
    }
}

/// Subscribers and spouses are of working age or retired, children under 24.
fn birth_date(relationship: Relationship, random: &mut Random) -> Date {
    match relationship {
        Relationship::Child => random.day(date(2003, 1, 1), date(2024, 12, 31)),
        _ => random.day(date(1938, 1, 1), date(1985, 12, 31)),
    }
}

/// None, one or many. The first three members are one of each, so that testers find them.
fn claims(number: u32, random: &mut Random) -> u32 {
    match (number, random.below(100)) {
        (0, _) => 60,
        (1, _) => 1,
        (2, _) => 0,
        (_, 0..10) => 0,
        (_, 10..20) => 1,
        (_, 20..90) => random.between(2, 12),
        _ => random.between(13, 40),
    }
}
