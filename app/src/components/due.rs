//! How much business time is left.

use jiff::Timestamp;
use leptos::prelude::*;
use registry::calendar::Calendar;

use crate::{components::time::Time, texts::components as text};

/// Hours of a business day (9:00 to 16:00).
const DAY: i64 = 7;

/// `in 3 business days`, or in red `overdue by 2 business hours`, with the moment itself.
#[component]
pub fn Due(at: Timestamp, now: Timestamp) -> impl IntoView {
    let overdue = at < now;
    let class = if overdue { "due overdue" } else { "due" };
    view! { <span class=class><strong>{words(at, now)}</strong><span class="due__at"><Time at /></span></span> }
}

/// The words alone: whole days, below one whole hours.
pub fn words(at: Timestamp, now: Timestamp) -> String {
    let calendar = Calendar::us_central();
    if at < now {
        let hours = calendar.business_time_between(at, now).as_hours();
        return match (hours / DAY, hours) {
            (0, 0) => text::LATE_BY_LESS_THAN_AN_HOUR.to_owned(),
            (0, 1) => text::LATE_BY_AN_HOUR.to_owned(),
            (0, hours) => text::late_by_hours(hours),
            (1, _) => text::LATE_BY_A_DAY.to_owned(),
            (days, _) => text::late_by_days(days),
        };
    }
    let hours = calendar.business_time_between(now, at).as_hours();
    match (hours / DAY, hours) {
        (0, 0) => text::IN_LESS_THAN_AN_HOUR.to_owned(),
        (0, 1) => text::IN_AN_HOUR.to_owned(),
        (0, hours) => text::in_hours(hours),
        (1, _) => text::IN_A_DAY.to_owned(),
        (days, _) => text::in_days(days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told_in_business_time() {
        fn check(at: &str, now: &str, expect: &str) {
            assert_eq!(words(at.parse().unwrap(), now.parse().unwrap()), expect);
        }
        check("2026-11-23T16:00:00Z", "2026-11-22T12:00:00Z", "In 1 business hour");
        check("2026-12-01T15:00:00Z", "2026-11-23T15:00:00Z", "In 5 business days");
        check("2026-11-23T16:00:00Z", "2026-11-23T18:30:00Z", "Overdue by 2 business hours");
        check("2026-11-23T16:00:00Z", "2026-11-23T16:10:00Z", "Overdue by less than a business hour");
        check("2026-11-23T16:10:00Z", "2026-11-23T16:00:00Z", "In less than a business hour");
        check("2026-11-23T18:30:00Z", "2026-11-23T16:00:00Z", "In 2 business hours");
        check("2026-11-24T16:00:00Z", "2026-11-23T16:00:00Z", "In 1 business day");
        check("2026-11-23T16:00:00Z", "2026-11-23T17:30:00Z", "Overdue by 1 business hour");
        check("2026-11-23T16:00:00Z", "2026-11-24T16:00:00Z", "Overdue by 1 business day");
        check("2026-11-23T16:00:00Z", "2026-11-25T16:00:00Z", "Overdue by 2 business days");
    }
}
