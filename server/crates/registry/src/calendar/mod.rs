//! Business time: what "5 business days" and "24 business hours" mean.

mod holidays;

use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::{Date, Time, Weekday, time},
    tz::TimeZone,
};
use programs::support::{Day, Holidays, Hours};

/// Business days and hours in one time zone.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    opens: Time,
    closes: Time,
    days: Vec<Weekday>,
    federal_holidays: bool,
    /// In order, and apart.
    pauses: Vec<Pause>,
}

/// A time in which clocks stand still: a large-scale outage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    pub from: Timestamp,
    pub until: Timestamp,
}

/// From one moment to another.
type Part = (Timestamp, Timestamp);

/// Longer than any clock runs, pauses included.
const MOST_DAYS: usize = 366 * 20;

impl Calendar {
    /// Monday to Friday, 9:00 to 16:00 US Central, without federal holidays: for what does not belong to a single program.
    pub fn us_central() -> Self {
        #[expect(clippy::expect_used, reason = "the zone database is part of the binary")]
        let zone = TimeZone::get("America/Chicago").expect("a known time zone");
        let days = vec![Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
        Self {
            zone,
            opens: time(9, 0, 0, 0),
            closes: time(16, 0, 0, 0),
            days,
            federal_holidays: true,
            pauses: Vec::new(),
        }
    }

    /// Of a program's support.
    pub fn of(hours: &Hours) -> Self {
        Self {
            zone: hours.zone(),
            opens: hours.opens,
            closes: hours.closes,
            days: hours.days.iter().copied().map(Day::weekday).collect(),
            federal_holidays: hours.holidays == Holidays::UsFederal,
            pauses: Vec::new(),
        }
    }

    /// The same with these pauses, which may overlap and touch.
    #[must_use]
    pub fn pausing(mut self, pauses: impl IntoIterator<Item = Pause>) -> Self {
        let mut all: Vec<Pause> =
            self.pauses.drain(..).chain(pauses).filter(|pause| pause.from < pause.until).collect();
        all.sort_by_key(|pause| pause.from);
        for pause in all {
            match self.pauses.last_mut() {
                Some(last) if pause.from <= last.until => last.until = last.until.max(pause.until),
                _ => self.pauses.push(pause),
            }
        }
        self
    }

    pub fn is_business_day(&self, date: Date) -> bool {
        self.days.contains(&date.weekday()) && !(self.federal_holidays && holidays::is_federal(date))
    }

    /// Whether it is open.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let local = self.local(at);
        self.is_business_day(local.date()) && self.opens <= local.time() && local.time() < self.closes
    }

    /// The same time of day that many business days later. Outside business hours, the time starts at the next opening. If the
    /// clock paused meanwhile, the business time of the pauses is added.
    pub fn add_business_days(&self, from: Timestamp, days: u16) -> Timestamp {
        let start = self.local(self.next_open(from));
        let mut date = start.date();
        for _ in 0..days {
            date = self.next_business_day(date);
        }
        let due = self.at(date, start.time());
        let paused = self.open_time(from, due).saturating_sub(self.business_time_between(from, due));
        if paused.is_positive() { self.after(due, paused) } else { due }
    }

    /// The moment when that many business hours have passed.
    pub fn add_business_hours(&self, from: Timestamp, hours: u16) -> Timestamp {
        self.after(from, SignedDuration::from_hours(i64::from(hours)))
    }

    /// The moment when this much business time has passed. What ends at closing time ends that day, not the next morning.
    fn after(&self, from: Timestamp, mut left: SignedDuration) -> Timestamp {
        for (starts, ends) in self.days_from(from).flat_map(|day| self.running(day)) {
            let starts = starts.max(from);
            let passes = ends.duration_since(starts);
            if passes.is_positive() && left <= passes {
                return starts + left;
            }
            left -= passes.max(SignedDuration::ZERO);
        }
        Timestamp::MAX
    }

    /// `at` itself within business hours, otherwise the next opening.
    pub fn next_open(&self, at: Timestamp) -> Timestamp {
        if self.is_open(at) {
            return at;
        }
        let local = self.local(at);
        let date = local.date();
        let today = self.is_business_day(date) && local.time() < self.opens;
        self.at(if today { date } else { self.next_business_day(date) }, self.opens)
    }

    /// The business time between two moments, at most a year, without pauses; zero if `to` is not later.
    pub fn business_time_between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        self.between(from, to, |day| self.running(day))
    }

    /// The same with the pauses in it.
    fn open_time(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        self.between(from, to, |day| vec![day])
    }

    fn between(&self, from: Timestamp, to: Timestamp, parts: impl Fn(Part) -> Vec<Part>) -> SignedDuration {
        self.days_from(from)
            .take_while(|(opens, _)| *opens < to)
            .take(366)
            .flat_map(parts)
            .map(|(starts, ends)| ends.min(to).duration_since(starts.max(from)))
            .filter(SignedDuration::is_positive)
            .fold(SignedDuration::ZERO, SignedDuration::saturating_add)
    }

    /// The business hours of each business day, from that day on.
    fn days_from(&self, from: Timestamp) -> impl Iterator<Item = Part> {
        let days = self.local(from).date().series(jiff::Span::new().days(1)).take(MOST_DAYS);
        let days = days.filter(|date| self.is_business_day(*date));
        days.map(|date| (self.at(date, self.opens), self.at(date, self.closes)))
    }

    /// The parts of a day's business hours in which the clock runs.
    fn running(&self, (opens, closes): Part) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut starts = opens;
        for pause in self.pauses.iter().filter(|pause| pause.from < closes && opens < pause.until) {
            if starts < pause.from {
                parts.push((starts, pause.from));
            }
            starts = starts.max(pause.until);
        }
        if starts < closes {
            parts.push((starts, closes));
        }
        parts
    }

    fn next_business_day(&self, date: Date) -> Date {
        // The calendar ends in the year 9999. After that, any day will do.
        date.series(jiff::Span::new().days(1)).skip(1).take(366).find(|&day| self.is_business_day(day)).unwrap_or(date)
    }

    fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }

    /// Clocks change at night, so each business hour occurs once a day.
    fn at(&self, date: Date, time: Time) -> Timestamp {
        self.zone.to_ambiguous_timestamp(date.to_datetime(time)).compatible().unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests;
