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
    // Outside of the calendar's years there is no such date.
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
