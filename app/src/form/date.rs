//! Dates that people type in three boxes. A form has one struct for each date, because each has inputs of its own.

use jiff::civil::Date;
use model::form::Code;

/// The date in these boxes. [`Code::Required`] if all are empty.
pub fn read(month: &str, day: &str, year: &str) -> Result<Date, Code> {
    if [month, day, year].iter().all(|text| text.trim().is_empty()) {
        return Err(Code::Required);
    }
    let part = |text: &str| text.trim().parse::<i8>().ok();
    let year = Some(year.trim()).filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
    let date = || Date::new(year?, part(month)?, part(day)?).ok();
    date().ok_or(Code::DateInvalid)
}

/// Declares the three boxes of a date, `{name}_month`, `{name}_day` and `{name}_year`. With `kept`, they are shown again after a
/// refusal.
macro_rules! date_boxes {
    ($(#[$meta:meta])* $name:ident { $month:ident $day:ident $year:ident }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $name {
            #[serde(skip_serializing)]
            $month: String,
            #[serde(skip_serializing)]
            $day: String,
            #[serde(skip_serializing)]
            $year: String,
        }

        $crate::form::date::date_boxes!(@read $name { $month $day $year });
    };
    ($(#[$meta:meta])* kept $name:ident { $month:ident $day:ident $year:ident }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $name {
            $month: String,
            $day: String,
            $year: String,
        }

        $crate::form::date::date_boxes!(@read $name { $month $day $year });
    };
    (@read $name:ident { $month:ident $day:ident $year:ident }) => {
        impl $name {
            pub fn read(&self) -> Result<jiff::civil::Date, model::form::Code> {
                $crate::form::date::read(&self.$month, &self.$day, &self.$year)
            }
        }
    };
}

pub(crate) use date_boxes;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_a_month_a_day_and_four_digits_of_year() {
        fn check(month: &str, day: &str, year: &str, expect: Option<Code>) {
            assert_eq!(read(month, day, year).err(), expect, "{month}/{day}/{year}");
        }
        check("2", "29", "2000", None);
        check(" 07 ", "04", "1976", None);
        check("2", "29", "2001", Some(Code::DateInvalid));
        check("13", "1", "1990", Some(Code::DateInvalid));
        check("1", "1", "90", Some(Code::DateInvalid));
        check("1", "", "1990", Some(Code::DateInvalid));
        check("", " ", "", Some(Code::Required));
    }
}
