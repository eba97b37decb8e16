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
}

impl Calendar {
    /// Monday to Friday, 9:00 to 16:00 US Central, without federal holidays: for what does not belong to a single program.
    pub fn us_central() -> Self {
        #[expect(clippy::expect_used, reason = "the zone database is part of the binary")]
        let zone = TimeZone::get("America/Chicago").expect("a known time zone");
        let days = vec![Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
        Self { zone, opens: time(9, 0, 0, 0), closes: time(16, 0, 0, 0), days, federal_holidays: true }
    }

    /// Of a program's support.
    pub fn of(hours: &Hours) -> Self {
        Self {
            zone: hours.zone(),
            opens: hours.opens,
            closes: hours.closes,
            days: hours.days.iter().copied().map(Day::weekday).collect(),
            federal_holidays: hours.holidays == Holidays::UsFederal,
        }
    }

    pub fn is_business_day(&self, date: Date) -> bool {
        self.days.contains(&date.weekday()) && !(self.federal_holidays && holidays::is_federal(date))
    }

    /// Whether it is open.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let local = self.local(at);
        self.is_business_day(local.date()) && self.opens <= local.time() && local.time() < self.closes
    }

    /// The same time of day that many business days later. Outside business hours, the time starts at the next opening.
    pub fn add_business_days(&self, from: Timestamp, days: u16) -> Timestamp {
        let start = self.local(self.next_open(from));
        let mut date = start.date();
        for _ in 0..days {
            date = self.next_business_day(date);
        }
        self.at(date, start.time())
    }

    /// The moment when that many business hours have passed.
    pub fn add_business_hours(&self, from: Timestamp, hours: u16) -> Timestamp {
        let mut left = SignedDuration::from_hours(i64::from(hours));
        let mut now = self.next_open(from);
        loop {
            let date = self.local(now).date();
            let today = self.at(date, self.closes).duration_since(now);
            // What ends at closing time ends that day, not the next morning.
            if left <= today {
                return now + left;
            }
            left -= today;
            now = self.at(self.next_business_day(date), self.opens);
        }
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

    /// The business time between two moments, at most a year; zero if `to` is not later.
    pub fn business_time_between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        let last = self.local(to).date();
        let days = self.local(from).date().series(jiff::Span::new().days(1)).take(366);
        days.take_while(|date| *date <= last)
            .filter(|date| self.is_business_day(*date))
            .map(|date| self.at(date, self.closes).min(to).duration_since(self.at(date, self.opens).max(from)))
            .filter(SignedDuration::is_positive)
            .fold(SignedDuration::ZERO, SignedDuration::saturating_add)
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
mod tests {
    use super::*;

    /// Central time, as a clock on the wall of the office shows it.
    fn central(text: &str) -> Timestamp {
        text.parse::<jiff::civil::DateTime>().unwrap().in_tz("America/Chicago").unwrap().timestamp()
    }

    fn check(found: Timestamp, expect: &str, what: &str) {
        let found = found.in_tz("America/Chicago").unwrap().datetime();
        assert_eq!(found, expect.parse().unwrap(), "{what}");
    }

    #[test]
    fn business_time_is_counted_in_open_hours() {
        for (from, to, hours) in [
            ("2026-03-02T10:00", "2026-03-02T12:00", 2),
            ("2026-03-02T15:00", "2026-03-03T10:00", 2),
            // Over a weekend, and from before opening to after closing
            ("2026-03-06T08:00", "2026-03-09T18:00", 14),
            // Thanksgiving
            ("2026-11-25T15:00", "2026-11-27T10:00", 2),
            ("2026-03-07T08:00", "2026-03-08T18:00", 0),
            ("2026-03-03T10:00", "2026-03-02T10:00", 0),
        ] {
            let found = Calendar::us_central().business_time_between(central(from), central(to));
            assert_eq!(found, SignedDuration::from_hours(hours), "{from} to {to}");
        }
    }

    #[test]
    fn business_days_keep_the_time_of_day() {
        let calendar = Calendar::us_central();
        for (from, days, expect) in [
            // Monday to Monday
            ("2026-03-02T11:00", 5, "2026-03-09T11:00"),
            // The clocks change on Sunday, 8 March: the same time on the wall.
            ("2026-03-06T15:59", 1, "2026-03-09T15:59"),
            ("2026-10-30T09:00", 1, "2026-11-02T09:00"),
            // Before and after hours, and at the weekend, it counts from the next opening.
            ("2026-03-02T08:59", 1, "2026-03-03T09:00"),
            ("2026-03-02T16:00", 1, "2026-03-04T09:00"),
            ("2026-03-07T12:00", 1, "2026-03-10T09:00"),
            ("2026-03-02T11:00", 0, "2026-03-02T11:00"),
            // Thanksgiving
            ("2026-11-23T10:00", 5, "2026-12-01T10:00"),
            // Christmas and New Year, both Fridays
            ("2026-12-21T10:00", 5, "2026-12-29T10:00"),
            ("2026-12-28T10:00", 5, "2027-01-05T10:00"),
            // New Year's Day 2028 is a Saturday, so the last day of 2027 is off.
            ("2027-12-30T10:00", 1, "2028-01-03T10:00"),
            // Independence Day 2026 is a Saturday
            ("2026-07-02T10:00", 1, "2026-07-06T10:00"),
        ] {
            check(calendar.add_business_days(central(from), days), expect, from);
        }
    }

    #[test]
    fn business_hours_pass_seven_a_day() {
        let calendar = Calendar::us_central();
        for (from, hours, expect) in [
            ("2026-03-02T09:00", 7, "2026-03-02T16:00"),
            ("2026-03-02T09:00", 8, "2026-03-03T10:00"),
            ("2026-03-02T11:00", 24, "2026-03-05T14:00"),
            ("2026-03-02T11:00", 48, "2026-03-11T10:00"),
            // Over the change of the clocks, both ways
            ("2026-03-06T15:00", 2, "2026-03-09T10:00"),
            ("2026-10-30T15:00", 2, "2026-11-02T10:00"),
            // After hours on Friday
            ("2026-03-06T18:00", 24, "2026-03-12T12:00"),
            ("2026-03-02T16:00", 0, "2026-03-03T09:00"),
            // Across Thanksgiving, and across the year
            ("2026-11-25T15:00", 8, "2026-11-27T16:00"),
            ("2026-12-31T15:30", 1, "2027-01-04T09:30"),
            ("2026-12-31T15:30", 24, "2027-01-07T11:30"),
        ] {
            check(calendar.add_business_hours(central(from), hours), expect, from);
        }
    }

    #[test]
    fn the_office_is_open_from_nine_to_four() {
        let calendar = Calendar::us_central();
        for (at, open) in [
            ("2026-03-02T08:59:59.999", false),
            ("2026-03-02T09:00", true),
            ("2026-03-02T15:59:59.999", true),
            ("2026-03-02T16:00", false),
            ("2026-03-01T12:00", false),
            ("2026-11-26T12:00", false),
        ] {
            assert_eq!(calendar.is_open(central(at)), open, "{at}");
        }
    }
}
