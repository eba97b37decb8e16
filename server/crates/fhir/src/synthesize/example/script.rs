//! What the members of the sandbox have claimed. It is the same in every world, so we can publish it.

use jiff::{
    ToSpan,
    civil::{Date, date},
};

use crate::synthesize::member::{
    edition::Edition,
    terms::{PAID, Terms},
    visit::Kind,
};

/// A planned claim.
#[derive(Clone, Copy)]
pub struct Planned(pub Kind, pub Date, pub Terms);

/// A member's claims in chronological order.
pub enum Script {
    Nothing,
    These(&'static [(Kind, Date)]),
    /// This many, over twelve years.
    Many(u32),
    /// Every kind with every decision that a payer can make.
    EveryDecision,
}

/// A claim of each kind, two before 2016.
pub const ONE_OF_EACH: &[(Kind, Date)] = &[
    (Kind::Professional, date(2014, 5, 20)),
    (Kind::Pharmacy, date(2015, 12, 31)),
    (Kind::Professional, date(2021, 3, 9)),
    (Kind::Outpatient, date(2022, 6, 14)),
    (Kind::Inpatient, date(2023, 11, 2)),
    (Kind::Pharmacy, date(2025, 2, 27)),
    (Kind::Professional, date(2026, 1, 15)),
    (Kind::Outpatient, date(2026, 4, 21)),
];

/// The same, and the kinds that only the later edition has.
pub const ONE_OF_EACH_AND_MORE: &[(Kind, Date)] = &[
    (Kind::Professional, date(2014, 5, 20)),
    (Kind::Pharmacy, date(2015, 12, 31)),
    (Kind::Professional, date(2021, 3, 9)),
    (Kind::Outpatient, date(2022, 6, 14)),
    (Kind::Inpatient, date(2023, 11, 2)),
    (Kind::Ambulance, date(2024, 8, 5)),
    (Kind::Pharmacy, date(2025, 2, 27)),
    (Kind::Oral, date(2025, 9, 18)),
    (Kind::Vision, date(2025, 12, 3)),
    (Kind::Professional, date(2026, 1, 15)),
];

pub const BEFORE_2016: &[(Kind, Date)] = &[
    (Kind::Professional, date(2013, 2, 11)),
    (Kind::Outpatient, date(2014, 7, 8)),
    (Kind::Pharmacy, date(2014, 7, 9)),
    (Kind::Inpatient, date(2015, 10, 26)),
];

const KINDS: [Kind; 7] =
    [Kind::Inpatient, Kind::Outpatient, Kind::Professional, Kind::Pharmacy, Kind::Oral, Kind::Vision, Kind::Ambulance];

impl Script {
    pub fn claims(&self, edition: Edition) -> Vec<Planned> {
        match self {
            Self::Nothing => Vec::new(),
            Self::These(listed) => listed.iter().map(|(kind, day)| Planned(*kind, *day, PAID)).collect(),
            Self::Many(count) => (0..*count).map(many).collect(),
            Self::EveryDecision => every_decision(edition),
        }
    }
}

/// The claim with this number of many; every tenth is denied.
fn many(number: u32) -> Planned {
    const USUAL: [Kind; 6] =
        [Kind::Professional, Kind::Pharmacy, Kind::Professional, Kind::Outpatient, Kind::Pharmacy, Kind::Professional];
    let kind = if number % 20 == 19 { Kind::Inpatient } else { USUAL[number as usize % USUAL.len()] };
    let terms = if number % 10 == 4 { PAID.denied() } else { PAID };
    Planned(kind, date(2014, 2, 3).saturating_add((i64::from(number) * 72).days()), terms)
}

fn every_decision(edition: Edition) -> Vec<Planned> {
    let fates = [PAID, PAID.out_of_network(), PAID.denied(), PAID.in_part(), PAID.correcting()];
    let whole = [PAID.as_a_whole(), PAID.denied().as_a_whole(), PAID.in_part().as_a_whole()];
    let mut claims = Vec::new();
    for kind in KINDS.into_iter().take(edition.choose([4, KINDS.len()])) {
        let institutional = matches!(kind, Kind::Inpatient | Kind::Outpatient);
        let whole = whole.into_iter().filter(move |_| institutional);
        claims.extend(fates.into_iter().chain(whole).map(|terms| (kind, terms)));
    }
    let day = |number: i64| date(2019, 1, 15).saturating_add((number * 60).days());
    (0..).zip(claims).map(|(number, (kind, terms))| Planned(kind, day(number), terms)).collect()
}
