//! How much business time is left.

use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use registry::calendar::Calendar;

use crate::components::time::Time;

/// Hours of a business day (9:00 to 16:00).
const DAY: i64 = 7;

/// `in 3 business days`, or in red `overdue by 2 business hours`, with the moment itself.
#[component]
pub fn Due(at: Timestamp, now: Timestamp) -> impl IntoView {
    let overdue = at < now;
    let class = if overdue { "due overdue" } else { "due" };
    view! { <span class=class><strong>{words(at, now)}</strong><span class="due__at"><Time at /></span></span> }
}

/// The words alone.
pub fn words(at: Timestamp, now: Timestamp) -> String {
    let calendar = Calendar::us_central();
    if at < now {
        format!("Overdue by {}", length(calendar.business_time_between(at, now)))
    } else {
        format!("In {}", length(calendar.business_time_between(now, at)))
    }
}

/// Whole days, below one whole hours.
fn length(time: SignedDuration) -> String {
    let hours = time.as_hours();
    let (count, unit) = match hours {
        0 => return "less than a business hour".to_owned(),
        hours if hours < DAY => (hours, "hour"),
        hours => (hours / DAY, "day"),
    };
    let s = if count == 1 { "" } else { "s" };
    format!("{count} business {unit}{s}")
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
    }
}
