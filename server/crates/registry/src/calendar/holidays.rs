//! Federal holidays of the United States (5 U.S.C. 6103).

use jiff::{
    Span,
    civil::{Date, Weekday, date},
};

/// Whether federal offices are closed: the holiday itself, and the weekday on which one that falls on a weekend is
/// observed (Executive Order 11582). Inauguration Day concerns only the capital.
pub(super) fn is_federal(day: Date) -> bool {
    // New Year's Day on a Saturday is observed in the year before.
    [day.year(), day.year() + 1]
        .into_iter()
        .any(|year| of_year(year).into_iter().flatten().any(|holiday| falls_on(holiday, day)))
}

fn falls_on(holiday: Date, day: Date) -> bool {
    let observed = match holiday.weekday() {
        Weekday::Saturday => holiday.checked_sub(Span::new().days(1)),
        Weekday::Sunday => holiday.checked_add(Span::new().days(1)),
        _ => Ok(holiday),
    };
    holiday == day || observed.is_ok_and(|observed| observed == day)
}

fn of_year(year: i16) -> [Option<Date>; 11] {
    // Outside of the calendar's years the date does not exist.
    let fixed = |month, day| Date::new(year, month, day).ok();
    let nth = |month, nth, weekday| fixed(month, 1)?.nth_weekday_of_month(nth, weekday).ok();
    [
        fixed(1, 1),                                         // New Year's Day
        nth(1, 3, Weekday::Monday),                          // Birthday of Martin Luther King, Jr.
        nth(2, 3, Weekday::Monday),                          // Washington's Birthday
        nth(5, -1, Weekday::Monday),                         // Memorial Day
        fixed(6, 19).filter(|&day| date(2021, 1, 1) <= day), // Juneteenth
        fixed(7, 4),                                         // Independence Day
        nth(9, 1, Weekday::Monday),                          // Labor Day
        nth(10, 2, Weekday::Monday),                         // Columbus Day
        fixed(11, 11),                                       // Veterans Day
        nth(11, 4, Weekday::Thursday),                       // Thanksgiving Day
        fixed(12, 25),                                       // Christmas Day
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The days on which federal offices are closed, as the Office of Personnel Management publishes them.
    #[test]
    fn offices_close_on_the_published_days() {
        for (year, days) in [
            (2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25"),
            (2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
            (2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
            (2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
            (2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
            (2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
            (2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
            (2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
            (2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
        ] {
            let weekdays = date(year, 1, 1)
                .series(Span::new().days(1))
                .take_while(|day| day.year() == year)
                .filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
            let closed: Vec<String> =
                weekdays.filter(|&day| is_federal(day)).map(|day| day.strftime("%m-%d").to_string()).collect();
            assert_eq!(closed.join(" "), days, "{year}");
        }
    }
}
