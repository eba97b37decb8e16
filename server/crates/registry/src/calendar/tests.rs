//! Tables of clocks, in Central time.

use super::*;

/// Central time, as a clock on the wall of the office shows it.
fn central(text: &str) -> Timestamp {
    text.parse::<jiff::civil::DateTime>().unwrap().in_tz("America/Chicago").unwrap().timestamp()
}

fn check(found: Timestamp, expect: &str, what: &str) {
    let found = found.in_tz("America/Chicago").unwrap().datetime();
    assert_eq!(found, expect.parse().unwrap(), "{what}");
}

#[test]
fn business_time_is_counted_in_open_hours() {
    for (from, to, hours) in [
        ("2026-03-02T10:00", "2026-03-02T12:00", 2),
        ("2026-03-02T15:00", "2026-03-03T10:00", 2),
        // Over a weekend, and from before opening to after closing
        ("2026-03-06T08:00", "2026-03-09T18:00", 14),
        // Thanksgiving
        ("2026-11-25T15:00", "2026-11-27T10:00", 2),
        ("2026-03-07T08:00", "2026-03-08T18:00", 0),
        ("2026-03-03T10:00", "2026-03-02T10:00", 0),
    ] {
        let found = Calendar::us_central().business_time_between(central(from), central(to));
        assert_eq!(found, SignedDuration::from_hours(hours), "{from} to {to}");
    }
}

#[test]
fn business_days_keep_the_time_of_day() {
    let calendar = Calendar::us_central();
    for (from, days, expect) in [
        // Monday to Monday
        ("2026-03-02T11:00", 5, "2026-03-09T11:00"),
        // The clocks change on Sunday, 8 March: the same time on the wall.
        ("2026-03-06T15:59", 1, "2026-03-09T15:59"),
        ("2026-10-30T09:00", 1, "2026-11-02T09:00"),
        // Before and after hours, and at the weekend, it counts from the next opening.
        ("2026-03-02T08:59", 1, "2026-03-03T09:00"),
        ("2026-03-02T16:00", 1, "2026-03-04T09:00"),
        ("2026-03-07T12:00", 1, "2026-03-10T09:00"),
        ("2026-03-02T11:00", 0, "2026-03-02T11:00"),
        // Thanksgiving
        ("2026-11-23T10:00", 5, "2026-12-01T10:00"),
        // Christmas and New Year, both Fridays
        ("2026-12-21T10:00", 5, "2026-12-29T10:00"),
        ("2026-12-28T10:00", 5, "2027-01-05T10:00"),
        // New Year's Day 2028 is a Saturday, so the last day of 2027 is off.
        ("2027-12-30T10:00", 1, "2028-01-03T10:00"),
        // Independence Day 2026 is a Saturday
        ("2026-07-02T10:00", 1, "2026-07-06T10:00"),
    ] {
        check(calendar.add_business_days(central(from), days), expect, from);
    }
}

#[test]
fn business_hours_pass_seven_a_day() {
    let calendar = Calendar::us_central();
    for (from, hours, expect) in [
        ("2026-03-02T09:00", 7, "2026-03-02T16:00"),
        ("2026-03-02T09:00", 8, "2026-03-03T10:00"),
        ("2026-03-02T11:00", 24, "2026-03-05T14:00"),
        ("2026-03-02T11:00", 48, "2026-03-11T10:00"),
        // Over the change of the clocks, both ways
        ("2026-03-06T15:00", 2, "2026-03-09T10:00"),
        ("2026-10-30T15:00", 2, "2026-11-02T10:00"),
        // After hours on Friday
        ("2026-03-06T18:00", 24, "2026-03-12T12:00"),
        ("2026-03-02T16:00", 0, "2026-03-03T09:00"),
        // Across Thanksgiving, and across the year
        ("2026-11-25T15:00", 8, "2026-11-27T16:00"),
        ("2026-12-31T15:30", 1, "2027-01-04T09:30"),
        ("2026-12-31T15:30", 24, "2027-01-07T11:30"),
    ] {
        check(calendar.add_business_hours(central(from), hours), expect, from);
    }
}

#[test]
fn the_office_is_open_from_nine_to_four() {
    let calendar = Calendar::us_central();
    for (at, open) in [
        ("2026-03-02T08:59:59.999", false),
        ("2026-03-02T09:00", true),
        ("2026-03-02T15:59:59.999", true),
        ("2026-03-02T16:00", false),
        ("2026-03-01T12:00", false),
        ("2026-11-26T12:00", false),
    ] {
        assert_eq!(calendar.is_open(central(at)), open, "{at}");
    }
}

fn pause(from: &str, until: &str) -> Pause {
    Pause { from: central(from), until: central(until) }
}

#[test]
fn days_that_are_hard_to_count() {
    let calendar = Calendar::us_central();
    for (from, days, expect) in [
        // The last minute of a Friday, into the change of the clocks
        ("2026-03-06T15:59", 5, "2026-03-13T15:59"),
        ("2026-03-06T15:59:59", 5, "2026-03-13T15:59:59"),
        ("2026-03-06T16:00", 5, "2026-03-16T09:00"),
        ("2026-10-30T15:59", 5, "2026-11-06T15:59"),
        // Leap day 2028 is a Tuesday
        ("2028-02-28T10:00", 1, "2028-02-29T10:00"),
        ("2028-02-25T10:00", 5, "2028-03-03T10:00"),
        // Independence Day 2027 is a Sunday, so Monday is off; Juneteenth 2027 is a Saturday, so Friday is
        ("2027-07-02T10:00", 1, "2027-07-06T10:00"),
        ("2027-06-17T10:00", 1, "2027-06-21T10:00"),
        ("2026-11-10T12:00", 1, "2026-11-12T12:00"),
    ] {
        check(calendar.add_business_days(central(from), days), expect, from);
    }
}

#[test]
fn an_outage_moves_what_is_due_by_its_business_time() {
    for (from, days, pauses, expect, what) in [
        ("2026-03-02T11:00", 5, vec![], "2026-03-09T11:00", "none"),
        ("2026-03-02T11:00", 5, vec![("2026-03-03T10:00", "2026-03-03T12:00")], "2026-03-09T13:00", "two hours"),
        ("2026-03-02T11:00", 5, vec![("2026-03-03T16:00", "2026-03-04T09:00")], "2026-03-09T11:00", "at night"),
        ("2026-03-02T11:00", 5, vec![("2026-03-07T00:00", "2026-03-09T00:00")], "2026-03-09T11:00", "on a weekend"),
        // Friday 15:00 to Monday 10:00: one hour of each
        ("2026-03-02T11:00", 5, vec![("2026-03-06T15:00", "2026-03-09T10:00")], "2026-03-09T13:00", "across a weekend"),
        ("2026-03-06T15:59", 1, vec![("2026-03-06T15:59", "2026-03-09T09:00")], "2026-03-09T16:00", "a last minute"),
        ("2026-03-02T11:00", 5, vec![("2026-03-09T11:00", "2026-03-09T15:00")], "2026-03-09T11:00", "as it is due"),
        ("2026-03-02T11:00", 5, vec![("2026-03-09T10:00", "2026-03-10T09:00")], "2026-03-10T10:00", "just before"),
        // What is added falls into another outage
        (
            "2026-03-02T11:00",
            5,
            vec![("2026-03-03T10:00", "2026-03-03T12:00"), ("2026-03-09T12:00", "2026-03-09T14:00")],
            "2026-03-09T15:00",
            "two",
        ),
        (
            "2026-03-02T11:00",
            5,
            vec![("2026-02-20T00:00", "2026-03-02T13:00")],
            "2026-03-09T13:00",
            "before submission",
        ),
        ("2026-03-02T11:00", 5, vec![("2026-02-20T00:00", "2026-03-02T11:00")], "2026-03-09T11:00", "over by then"),
        (
            "2026-03-02T11:00",
            5,
            vec![("2026-03-03T10:00", "2026-03-03T12:00"), ("2026-03-03T11:00", "2026-03-03T13:00")],
            "2026-03-09T14:00",
            "two that overlap count once",
        ),
        (
            "2026-03-02T11:00",
            5,
            vec![("2026-03-03T12:00", "2026-03-03T13:00"), ("2026-03-03T10:00", "2026-03-03T12:00")],
            "2026-03-09T14:00",
            "two that touch",
        ),
        ("2026-03-02T11:00", 5, vec![("2026-03-03T12:00", "2026-03-03T12:00")], "2026-03-09T11:00", "no time at all"),
        // Thanksgiving and the day after the outage
        ("2026-11-23T10:00", 5, vec![("2026-11-25T09:00", "2026-11-27T16:00")], "2026-12-03T10:00", "a holiday"),
        // Both changes of the clocks
        ("2026-03-06T10:00", 1, vec![("2026-03-06T15:00", "2026-03-09T10:00")], "2026-03-09T12:00", "in spring"),
        ("2026-10-30T10:00", 1, vec![("2026-10-30T15:00", "2026-11-02T10:00")], "2026-11-02T12:00", "in autumn"),
        ("2028-02-28T10:00", 1, vec![("2028-02-29T09:00", "2028-02-29T16:00")], "2028-03-01T10:00", "a leap day"),
        ("2026-03-07T12:00", 1, vec![("2026-03-07T00:00", "2026-03-09T10:00")], "2026-03-10T10:00", "before opening"),
    ] {
        let calendar = Calendar::us_central().pausing(pauses.into_iter().map(|(from, until)| pause(from, until)));
        check(calendar.add_business_days(central(from), days), expect, what);
    }
}

#[test]
fn business_hours_do_not_pass_in_an_outage() {
    for (from, hours, pauses, expect) in [
        ("2026-03-02T09:00", 7, vec![("2026-03-02T10:00", "2026-03-02T11:00")], "2026-03-03T10:00"),
        ("2026-03-02T09:00", 6, vec![("2026-03-02T10:00", "2026-03-02T11:00")], "2026-03-02T16:00"),
        ("2026-03-02T10:30", 1, vec![("2026-03-02T10:00", "2026-03-02T11:00")], "2026-03-02T12:00"),
        ("2026-03-02T10:30", 0, vec![("2026-03-02T10:00", "2026-03-02T11:00")], "2026-03-02T11:00"),
        ("2026-03-06T15:00", 2, vec![("2026-03-06T15:30", "2026-03-09T09:30")], "2026-03-09T11:00"),
        ("2026-03-02T11:00", 24, vec![("2026-03-03T00:00", "2026-03-05T00:00")], "2026-03-09T14:00"),
    ] {
        let calendar = Calendar::us_central().pausing(pauses.into_iter().map(|(from, until)| pause(from, until)));
        check(calendar.add_business_hours(central(from), hours), expect, from);
    }
}

#[test]
fn an_outage_without_an_end_does_not_run_for_ever() {
    let calendar = Calendar::us_central().pausing([Pause { from: central("2026-03-03T10:00"), until: Timestamp::MAX }]);
    assert_eq!(calendar.add_business_hours(central("2026-03-03T09:00"), 24), Timestamp::MAX);
    assert_eq!(calendar.add_business_days(central("2026-03-03T09:00"), 5), Timestamp::MAX);
}

#[test]
fn business_time_leaves_out_pauses() {
    let calendar = Calendar::us_central().pausing([pause("2026-03-06T15:00", "2026-03-09T10:00")]);
    let found = calendar.business_time_between(central("2026-03-06T08:00"), central("2026-03-09T18:00"));
    assert_eq!(found, SignedDuration::from_hours(12));
}
