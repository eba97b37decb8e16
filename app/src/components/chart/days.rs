//! Bars of days.

use jiff::civil::Date;
use mail::moment::month_and_day;
use usage::{day, figures::Sum};

use super::Bar;

/// A bar for every day from the first to the last, of days without calls too.
pub fn of_days(found: &[Sum<i64>], first: Date, last: Date) -> Vec<Bar> {
    let bar = |day: i64| {
        let sum = found.binary_search_by_key(&day, |sum| sum.of).ok().and_then(|place| found.get(place));
        let label = day::date(day).map(month_and_day).unwrap_or_default();
        Bar { label, value: sum.map_or(0, |sum| sum.calls), part: sum.map_or(0, |sum| sum.errors) }
    };
    day::between(first, last).into_iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_without_calls_have_a_bar_too() {
        let found = [Sum { of: 20_261_130, calls: 5, errors: 2 }];
        let bars = of_days(&found, "2026-11-29".parse().unwrap(), "2026-12-01".parse().unwrap());
        let shown: Vec<_> = bars.iter().map(|bar| (bar.label.as_str(), bar.value, bar.part)).collect();
        assert_eq!(shown, [("Nov 29", 0, 0), ("Nov 30", 5, 2), ("Dec 1", 0, 0)]);
    }
}
