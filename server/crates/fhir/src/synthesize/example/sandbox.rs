//! The members that every sandbox has: two that the documents print, and one for each case that developers must handle.

use jiff::civil::{Date, date};

use super::script::{BEFORE_2016, ONE_OF_EACH, ONE_OF_EACH_AND_MORE, Script};
use crate::synthesize::{
    member::{
        edition::Edition,
        person::{Member, Relationship},
        visit::Kind,
    },
    name::Gender,
    place::Address,
    world::World,
};

/// The members' numbers start here, above all others.
const FIRST: u32 = 90_000_000;

/// A member as planned.
pub struct Planned {
    pub id: &'static str,
    pub family: &'static str,
    pub given: &'static str,
    pub gender: Gender,
    pub born: Date,
    pub edition: Edition,
    pub script: Script,
    /// The case that the member is an example of.
    pub purpose: &'static str,
}

const fn one(
    (id, given, family, gender): (&'static str, &'static str, &'static str, Gender),
    born: Date,
    edition: Edition,
    script: Script,
    purpose: &'static str,
) -> Planned {
    Planned { id, family, given, gender, born, edition, script, purpose }
}

pub const DEPENDENT: &str = "sandbox-child";
pub const UNSTATED: &str = "sandbox-gaps";
pub const MANY: &str = "sandbox-many";

use Edition::{First, Second};
use Gender::{Female, Male};

/// Ordered by number. A child's number follows its parent's.
pub static MEMBERS: &[Planned] = &[
    one(("123", "Alex", "Morgan", Male), date(1971, 4, 18), First, Script::These(ONE_OF_EACH), "A claim of each kind"),
    one(
        ("1291938", "Jordan", "Rivera", Female),
        date(1984, 9, 2),
        Second,
        Script::These(ONE_OF_EACH_AND_MORE),
        "A claim of each kind, including dental, vision and ambulance, in CARIN Blue Button 2.0.0",
    ),
    one(("sandbox-none", "Taylor", "Brooks", Female), date(1990, 1, 30), First, Script::Nothing, "No claims"),
    one(
        ("sandbox-one", "Sam", "Jensen", Male),
        date(1988, 6, 12),
        First,
        Script::These(&[(Kind::Professional, date(2025, 5, 6))]),
        "One claim",
    ),
    one(
        (MANY, "Kim", "Nguyen", Female),
        date(1956, 11, 21),
        First,
        Script::Many(60),
        "More claims than a page holds; earlier versions and references to them",
    ),
    one(
        ("sandbox-decisions", "Robin", "Ellis", Male),
        date(1962, 8, 9),
        First,
        Script::EveryDecision,
        "Paid, partly paid, denied and corrected claims, by line and as a whole",
    ),
    one(
        ("sandbox-next-decisions", "Dana", "Reyes", Female),
        date(1975, 3, 14),
        Second,
        Script::EveryDecision,
        "The same in CARIN Blue Button 2.0.0",
    ),
    one(
        ("sandbox-old-claims", "Pat", "Howard", Male),
        date(1949, 12, 5),
        First,
        Script::These(BEFORE_2016),
        "Only claims from long ago",
    ),
    one(
        (DEPENDENT, "Remy", "Rivera", Female),
        date(2017, 10, 27),
        Second,
        Script::These(&[(Kind::Outpatient, date(2024, 9, 3)), (Kind::Oral, date(2025, 8, 19))]),
        "A child on a parent's policy",
    ),
    one(
        (UNSTATED, "Lou", "Tanaka", Male),
        date(1938, 2, 2),
        Second,
        Script::These(&[(Kind::Pharmacy, date(2026, 2, 10))]),
        "Deceased; phone number and language are unknown",
    ),
];

impl Planned {
    /// The member in a world.
    pub fn member(&self, world: &World) -> Member {
        let place = MEMBERS.iter().position(|one| one.id == self.id).unwrap_or_default();
        let number = FIRST + u32::try_from(place).unwrap_or_default() * 5;
        let random = &mut world.random("example", number);
        let address = Address::near(&world.input.region.places[0], random);
        let phone = address.phone(random);
        let (has_past, unstated) = (self.id == MANY, self.id == UNSTATED);
        let of_parent = self.id == DEPENDENT;
        let is_printed = self.id.bytes().all(|byte| byte.is_ascii_digit());
        let policy = if of_parent { MEMBERS[1].id.to_owned() } else { self.id.to_owned() };
        Member {
            // A dependent's number belongs to the family's range.
            number: if of_parent { number + 3 } else { number },
            id: self.id.to_owned(),
            family: self.family.to_owned(),
            former_family: has_past.then_some("Tran"),
            given: vec![self.given.to_owned()],
            gender: self.gender,
            birth_date: self.born,
            died: unstated.then_some(date(2026, 5, 2)),
            address,
            moved: has_past.then_some(date(2024, 3, 1)),
            phone: (!unstated).then_some(phone),
            payer: world.payer(if of_parent { 1 } else { u32::try_from(place).unwrap_or_default() }).clone(),
            relationship: if of_parent { Relationship::Child } else { Relationship::Oneself },
            former_number: unstated.then(|| "M300000001".to_owned()),
            subscriber: if is_printed || of_parent { format!("W{policy:0>8}") } else { format!("W{number}") },
            since: date(2013, 1, 1).max(self.born),
            claims: 0,
            edition: self.edition,
            keeps_versions: has_past,
        }
    }
}
