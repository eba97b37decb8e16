//! What the reports are about: a program, an environment, a period that ends today, and a year.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use mail::moment;
use model::partition::{Environment, ProgramId};
use registry::desks::Reach;
use usage::{
    day,
    figures::{Days, Filter},
};

use super::Kind;
use crate::{locale::Locale, texts::admin::figures as text, web::Web};

/// How many days a period has: the word in the address and its name.
pub const PERIODS: [(&str, i32, &str); 3] =
    [("30", 30, text::MONTH), ("90", 90, text::QUARTER), ("365", 365, text::TWELVE_MONTHS)];
/// How many years back there may be transfers to report.
const YEARS: i16 = 10;

#[derive(Clone, Debug)]
pub struct Chosen {
    pub program: Option<ProgramId>,
    pub environment: Option<Environment>,
    /// Of [`PERIODS`].
    pub days: i32,
    pub first: Date,
    pub last: Date,
    /// For the Patient Access metrics.
    pub year: i16,
    zone: TimeZone,
}

impl Chosen {
    /// What the address says, and the names of what we did not understand. A desk that works for some programs sees one of these,
    /// never all programs together.
    pub fn of(web: &Web, now: Timestamp, reach: &Reach) -> (Self, Vec<&'static str>) {
        let mut unknown = Vec::new();
        let asked = |name: &str| web.request.query(name).filter(|text| !text.is_empty());
        let mut note = |name: &'static str, is_known: bool| {
            if asked(name).is_some() && !is_known {
                unknown.push(name);
            }
        };
        let programs = &web.services.programs;
        let program = asked("program").map(ProgramId::new);
        let program = program.filter(|id| programs.get(id).is_some() && reach.covers(id));
        note("program", program.is_some());
        let first = || programs.iter().find(|program| reach.covers(&program.id)).map(|program| program.id.clone());
        let program = if *reach == Reach::All { program } else { program.or_else(first) };
        let environment = asked("environment").and_then(|word| word.parse().ok());
        note("environment", environment.is_some());
        let period = asked("period").and_then(|word| PERIODS.iter().find(|(period, ..)| *period == word));
        note("period", period.is_some());
        let zone = programs.zone(program.iter());
        let last = zone.to_datetime(now).date();
        let year = asked("year").and_then(|year| year.parse().ok());
        let year = year.filter(|year| (last.year() - YEARS..=last.year()).contains(year));
        note("year", year.is_some());
        let days = period.map_or(30, |(_, days, _)| *days);
        let first = last.saturating_sub((days - 1).days());
        let year = year.unwrap_or(last.year());
        (Self { program, environment, days, first, last, year, zone }, unknown)
    }

    pub fn years(&self) -> impl Iterator<Item = i16> + use<> {
        let last = self.last.year();
        (0..=YEARS).map(move |back| last - back)
    }

    pub fn calls(&self) -> Filter {
        Filter { program: self.program.clone(), environment: self.environment }
    }

    pub fn between(&self) -> Days {
        Days { first: day::number(self.first), last: day::number(self.last) }
    }

    /// From midnight to midnight.
    pub fn moments(&self) -> (Timestamp, Timestamp) {
        let midnight = |day: Date| day.to_zoned(self.zone.clone()).map(|zoned| zoned.timestamp());
        let end = self.last.tomorrow().and_then(midnight);
        (midnight(self.first).unwrap_or(Timestamp::MIN), end.unwrap_or(Timestamp::MAX))
    }

    /// `Nov 2, 2026 – Dec 1, 2026`
    pub fn period(&self) -> String {
        text::period(moment::day(self.first, Locale::English), moment::day(self.last, Locale::English))
    }

    /// For the names of files.
    pub fn file_part(&self, kind: Kind) -> String {
        match kind {
            Kind::PatientAccess => self.year.to_string(),
            Kind::Active => self.last.to_string(),
            _ => format!("{}-to-{}", self.first, self.last),
        }
    }

    /// For the address of a file: the same filters.
    pub fn query(&self) -> Vec<(&'static str, String)> {
        vec![
            ("program", self.program.as_ref().map(ToString::to_string).unwrap_or_default()),
            ("environment", self.environment.map(|environment| environment.to_string()).unwrap_or_default()),
            ("period", self.days.to_string()),
            ("year", self.year.to_string()),
        ]
    }
}
