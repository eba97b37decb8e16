//! The parts of a moment: `Mon, Dec 7, 2026, 9:00 AM CST`.

use model::{texts, texts::Text};

texts! {
    JANUARY = "Jan", "enero";
    FEBRUARY = "Feb", "febrero";
    MARCH = "Mar", "marzo";
    APRIL = "Apr", "abril";
    MAY = "May", "mayo";
    JUNE = "Jun", "junio";
    JULY = "Jul", "julio";
    AUGUST = "Aug", "agosto";
    SEPTEMBER = "Sep", "septiembre";
    OCTOBER = "Oct", "octubre";
    NOVEMBER = "Nov", "noviembre";
    DECEMBER = "Dec", "diciembre";

    MONDAY = "Mon", "lunes";
    TUESDAY = "Tue", "martes";
    WEDNESDAY = "Wed", "miércoles";
    THURSDAY = "Thu", "jueves";
    FRIDAY = "Fri", "viernes";
    SATURDAY = "Sat", "sábado";
    SUNDAY = "Sun", "domingo";

    date(month, day, year) = "{month} {day}, {year}", "{day} de {month} de {year}";
    /// For charts, which are in English.
    month_and_day(month, day) = "{month} {day}";
    date_and_time(date, time) = "{date}, {time}", "{date}, {time}";
    with_weekday(weekday, moment) = "{weekday}, {moment}", "{weekday} {moment}";
}

/// In the order of the calendar.
pub(crate) const MONTHS: [Text; 12] =
    [JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER];

/// From Monday on.
pub(crate) const WEEKDAYS: [Text; 7] = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY];
