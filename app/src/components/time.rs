//! Moments as people read them.

use jiff::{Timestamp, fmt::strtime};
use leptos::prelude::*;

use crate::locale::Locale;

/// The zone of the support hours; every page names it.
const ZONE: &str = "America/Chicago";

/// Date and time in US Central time, with the exact moment for machines.
#[component]
pub fn Time(at: Timestamp, #[prop(optional)] locale: Locale) -> impl IntoView {
    view! { <time datetime=at.to_string()>{date_and_time(at, locale)}</time> }
}

/// The date alone.
#[component]
pub fn Day(at: Timestamp, #[prop(optional)] locale: Locale) -> impl IntoView {
    view! { <time datetime=at.to_string()>{date(at, locale)}</time> }
}

/// `Nov 22, 2026, 3:07 PM CST`
pub fn date_and_time(at: Timestamp, locale: Locale) -> String {
    let local = at.in_tz(ZONE).map(|local| (date(at, locale), strtime::format("%-I:%M %p %Z", &local)));
    match local {
        Ok((day, Ok(time))) => format!("{day}, {time}"),
        _ => at.to_string(),
    }
}

/// `Nov 22, 2026`
pub fn date(at: Timestamp, locale: Locale) -> String {
    let Ok(local) = at.in_tz(ZONE) else { return at.to_string() };
    let month = usize::try_from(local.month() - 1).unwrap_or_default();
    match locale {
        Locale::English => format!("{} {}, {}", ENGLISH[month], local.day(), local.year()),
        Locale::Spanish => format!("{} de {} de {}", local.day(), SPANISH[month], local.year()),
    }
}

const ENGLISH: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_shown_in_central_time() {
        let at: Timestamp = "2026-11-22T21:07:00Z".parse().unwrap();
        assert_eq!(date_and_time(at, Locale::English), "Nov 22, 2026, 3:07 PM CST");
        assert_eq!(date_and_time(at, Locale::Spanish), "22 de noviembre de 2026, 3:07 PM CST");
    }
}
