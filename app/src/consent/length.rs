//! How long an app may have access.

use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;

use crate::{components::time::date, locale::Locale, texts::consent::ask as text};

/// The lengths to choose from, each with the day on which it would end.
pub fn options(choices: &[u16], chosen: u16, now: Timestamp, locale: Locale) -> impl IntoView + use<> {
    let option = |days: &u16| {
        let days = *days;
        let end = date(now + SignedDuration::from_hours(24 * i64::from(days)), locale);
        view! { <option value=days selected={days == chosen}>{text::until(locale, length(days, locale), end)}</option> }
    };
    choices.iter().map(option).collect_view()
}

/// `90 days`, `1 year`
fn length(days: u16, locale: Locale) -> String {
    match days {
        1 => text::DAY.of(locale).to_owned(),
        365 => text::YEAR.of(locale).to_owned(),
        days => text::days(locale, days),
    }
}
