//! Moments and days as people read them, in letters and on pages alike.

use jiff::{Timestamp, Zoned, civil::Date, fmt::strtime, tz::TimeZone};
use model::locale::Locale;

use crate::texts::moment as text;

/// A moment in the zone of what it is about, such as a program. Letters show it with its weekday, because most are due times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When(Zoned);

impl When {
    pub fn new(at: Timestamp, zone: TimeZone) -> Self {
        Self(at.to_zoned(zone))
    }

    /// `Mon, Dec 7, 2026, 9:00 AM CST`
    pub fn of(&self, locale: Locale) -> String {
        let weekday = usize::try_from(self.0.weekday().to_monday_zero_offset()).unwrap_or_default();
        text::with_weekday(locale, text::WEEKDAYS[weekday].of(locale), date_and_time(&self.0, locale))
    }
}

/// `Nov 22, 2026, 3:07 PM CST`
pub fn date_and_time(local: &Zoned, locale: Locale) -> String {
    match strtime::format("%-I:%M %p %Z", local) {
        Ok(time) => text::date_and_time(locale, day(local.date(), locale), time),
        Err(_) => local.timestamp().to_string(),
    }
}

/// A day of the calendar, in no zone: `Sep 2, 2015`.
pub fn day(day: Date, locale: Locale) -> String {
    text::date(locale, month(day, locale), day.day(), day.year())
}

/// The same without its year, in English: `Sep 2`.
pub fn month_and_day(day: Date) -> String {
    text::month_and_day(month(day, Locale::English), day.day())
}

fn month(day: Date, locale: Locale) -> &'static str {
    text::MONTHS[usize::try_from(day.month() - 1).unwrap_or_default()].of(locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_its_weekday_its_zone_and_the_readers_language() {
        fn check(at: &str, zone: &str, locale: Locale, expect: &str) {
            let when = When::new(at.parse().unwrap(), TimeZone::get(zone).unwrap());
            assert_eq!(when.of(locale), expect);
        }
        check("2026-12-07T15:00:00Z", "America/Chicago", Locale::English, "Mon, Dec 7, 2026, 9:00 AM CST");
        check("2026-12-07T15:00:00Z", "America/Boise", Locale::Spanish, "lunes 7 de diciembre de 2026, 8:00 AM MST");
        // Both changes of the clocks, and a leap day.
        check("2026-03-08T07:59:00Z", "America/Chicago", Locale::English, "Sun, Mar 8, 2026, 1:59 AM CST");
        check("2026-03-08T08:00:00Z", "America/Chicago", Locale::English, "Sun, Mar 8, 2026, 3:00 AM CDT");
        check(
            "2026-11-01T07:00:00Z",
            "America/Chicago",
            Locale::Spanish,
            "domingo 1 de noviembre de 2026, 1:00 AM CST",
        );
        check("2028-02-29T18:00:00Z", "America/Los_Angeles", Locale::English, "Tue, Feb 29, 2028, 10:00 AM PST");
    }
}
