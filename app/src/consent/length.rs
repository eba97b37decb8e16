//! How long an app may have access.

use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;

use crate::{components::time::day_text, locale::Locale};

/// The lengths to choose from, each with the day on which it would end.
pub fn options(choices: &[u16], chosen: u16, now: Timestamp, locale: Locale) -> impl IntoView + use<> {
    let option = |days: &u16| {
        let days = *days;
        let end = day_text(now + SignedDuration::from_hours(24 * i64::from(days)), locale);
        let length = days_text(days, locale);
        let text = match locale {
            Locale::English => format!("{length}, until {end}"),
            Locale::Spanish => format!("{length}, hasta el {end}"),
        };
        view! { <option value=days selected={days == chosen}>{text}</option> }
    };
    choices.iter().map(option).collect_view()
}

/// `90 days`, `1 year`
fn days_text(days: u16, locale: Locale) -> String {
    match (days, locale) {
        (1, Locale::English) => "1 day".to_owned(),
        (1, Locale::Spanish) => "1 día".to_owned(),
        (365, Locale::English) => "1 year".to_owned(),
        (365, Locale::Spanish) => "1 año".to_owned(),
        (days, Locale::English) => format!("{days} days"),
        (days, Locale::Spanish) => format!("{days} días"),
    }
}
