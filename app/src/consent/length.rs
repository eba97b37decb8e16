//! How long an app may have access.

use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use oauth::{consent::ConsentView, grants::Grant};

use crate::{components::time::date, locale::Locale, texts::consent::ask as text};

/// The dates on which the access may end, each with its length, and whether that is longer than what the member chose before.
pub fn ends(asked: &ConsentView, chosen: u16, now: Timestamp, locale: Locale) -> impl IntoView + use<> {
    let option = |days: &u16| {
        let (days, end) = (*days, end(*days, now, asked.basis.until()));
        let (length, end_date) = (length(days, locale), date(end, locale));
        let text = match &asked.earlier {
            Some(earlier) if is_longer(earlier, days, end) => text::ends_later(locale, end_date, length),
            _ => text::ends(locale, end_date, length),
        };
        view! { <option value=days selected={days == chosen}>{text}</option> }
    };
    asked.days.iter().map(option).collect_view()
}

/// By the length, because any new consent ends later than one of the same length from before. By the end, where we do not know
/// the length.
fn is_longer(earlier: &Grant, days: u16, end: Timestamp) -> bool {
    earlier.days.map_or(earlier.expires_at < end, |before| before < days)
}

fn end(days: u16, now: Timestamp, latest: Option<Timestamp>) -> Timestamp {
    let end = now + SignedDuration::from_hours(24 * i64::from(days));
    latest.map_or(end, |latest| end.min(latest))
}

/// The lengths to choose from, each with the day on which it would end; none later than `latest`.
pub fn options(
    choices: &[u16],
    chosen: u16,
    now: Timestamp,
    latest: Option<Timestamp>,
    locale: Locale,
) -> impl IntoView + use<> {
    let option = |days: &u16| {
        let days = *days;
        let end = date(end(days, now, latest), locale);
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
