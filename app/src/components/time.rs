//! Moments as people read them.

use jiff::{Timestamp, tz::TimeZone};
use leptos::prelude::*;
use mail::moment;
use model::partition::ProgramId;
use programs::Programs;

use crate::locale::Locale;

/// The zone of the times that follow on the page.
#[derive(Clone)]
struct Zone(TimeZone);

/// From here on the page shows times in the zone of these programs; of all where none is named.
pub fn show_in<'p>(programs: &Programs, of: impl IntoIterator<Item = &'p ProgramId>) {
    provide_context(Zone(programs.zone(of)));
}

fn zone() -> TimeZone {
    use_context::<Zone>().map_or(TimeZone::UTC, |zone| zone.0)
}

/// Date and time with the zone's name, and the exact moment for machines.
#[component]
pub fn Time(at: Timestamp, #[prop(optional)] locale: Locale) -> impl IntoView {
    view! { <time datetime=at.to_string()>{date_and_time(at, locale)}</time> }
}

/// The date alone.
#[component]
pub fn Day(at: Timestamp, #[prop(optional)] locale: Locale) -> impl IntoView {
    view! { <time datetime=at.to_string()>{date(at, locale)}</time> }
}

/// `Nov 22, 2026, 3:07 PM CST`, in the zone of the page.
pub fn date_and_time(at: Timestamp, locale: Locale) -> String {
    moment::date_and_time(&at.to_zoned(zone()), locale)
}

/// `Nov 22, 2026`, in the zone of the page.
pub fn date(at: Timestamp, locale: Locale) -> String {
    moment::day(at.to_zoned(zone()).date(), locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_shown_in_a_zone_with_its_name() {
        fn check(zone: &str, locale: Locale, expect: &str) {
            let at: Timestamp = "2026-11-22T05:07:00Z".parse().unwrap();
            assert_eq!(moment::date_and_time(&at.to_zoned(TimeZone::get(zone).unwrap()), locale), expect);
        }
        check("America/Chicago", Locale::English, "Nov 21, 2026, 11:07 PM CST");
        check("America/Los_Angeles", Locale::English, "Nov 21, 2026, 9:07 PM PST");
        check("America/Boise", Locale::Spanish, "21 de noviembre de 2026, 10:07 PM MST");
        check("UTC", Locale::English, "Nov 22, 2026, 5:07 AM UTC");
    }
}
