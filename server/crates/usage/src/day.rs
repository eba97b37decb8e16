//! Days of the calendar as numbers that read and sort like dates: `20261201`.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// The day in this zone.
pub fn at(time: Timestamp, zone: &TimeZone) -> i64 {
    number(zone.to_datetime(time).date())
}

pub fn number(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// The date behind the number, if there is one.
pub fn date(day: i64) -> Option<Date> {
    let part = |number: i64| i8::try_from(number % 100).ok();
    Date::new(i16::try_from(day / 10_000).ok()?, part(day / 100)?, part(day)?).ok()
}

/// The year of a day.
pub fn year(day: i64) -> i64 {
    day / 10_000
}

/// The days from the first to the last, both included.
pub fn between(first: Date, last: Date) -> Vec<i64> {
    first.series(1.day()).take_while(|date| *date <= last).map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_calendars_of_its_zone() {
        fn check(time: &str, zone: &str, expect: i64) {
            let day = at(time.parse().unwrap(), &TimeZone::get(zone).unwrap());
            assert_eq!((day, date(day).map(number)), (expect, Some(expect)), "{time} {zone}");
        }
        check("2026-12-01T05:59:59Z", "America/Chicago", 20_261_130);
        check("2026-12-01T06:00:00Z", "America/Chicago", 20_261_201);
        check("2027-01-01T05:30:00Z", "America/Chicago", 20_261_231);
        // Both changes of the clocks.
        check("2026-03-08T07:59:59Z", "America/Chicago", 20_260_308);
        check("2026-11-02T05:59:59Z", "America/Chicago", 20_261_101);
        check("2028-02-29T12:00:00Z", "America/Los_Angeles", 20_280_229);
    }

    #[test]
    fn days_between_cross_months_and_leap_days() {
        let days = between("2028-02-28".parse().unwrap(), "2028-03-01".parse().unwrap());
        assert_eq!(days, [20_280_228, 20_280_229, 20_280_301]);
        assert_eq!(date(20_260_230), None);
    }
}
