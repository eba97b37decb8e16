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
    /// Monday to Friday, 9:00 to 16:00 US Central, without federal holidays: for what belongs to no single program.
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

    /// Whether somebody is there.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let local = self.local(at);
        self.is_business_day(local.date()) && self.opens <= local.time() && local.time() < self.closes
    }

    /// The same time of day so many business days later. What comes in outside business hours counts from the next
    /// opening.
    pub fn add_business_days(&self, from: Timestamp, days: u16) -> Timestamp {
        let start = self.local(self.next_open(from));
        let mut date = start.date();
        for _ in 0..days {
            date = self.next_business_day(date);
        }
        self.at(date, start.time())
    }

    /// The moment when so many hours of business have passed.
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

    /// `at` itself within business hours, else the next opening.
    pub fn next_open(&self, at: Timestamp) -> Timestamp {
        if self.is_open(at) {
            return at;
        }
        let local = self.local(at);
        let date = local.date();
        let today = self.is_business_day(date) && local.time() < self.opens;
        self.at(if today { date } else { self.next_business_day(date) }, self.opens)
    }

    fn next_business_day(&self, date: Date) -> Date {
        // The calendar ends in the year 9999; beyond it every day is as good as another.
        date.series(jiff::Span::new().days(1)).skip(1).take(366).find(|&day| self.is_business_day(day)).unwrap_or(date)
    }

    fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }

    /// Clocks change at night, so business hours are there once every day.
    fn at(&self, date: Date, time: Time) -> Timestamp {
        self.zone.to_ambiguous_timestamp(date.to_datetime(time)).compatible().unwrap_or(Timestamp::MAX)
    }
}
