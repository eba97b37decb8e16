//! Whether data is as fresh as its program promises.

use std::collections::BTreeMap;

use ::programs::{program::Program, support::DataFeed};
use fhir::feeds;
use jiff::{SignedDuration, Timestamp};
use model::partition::{Environment, Partition};
use registry::calendar::Calendar;
use store::Ctx;

/// How fresh one kind of data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It came, and the next is due by then.
    Fresh { due: Timestamp },
    /// The next was due then.
    Late { since: Timestamp },
    /// It did not come lately, or never.
    Missing,
    /// The program names no limit, or it does not apply here.
    NoLimit,
}

/// By when the next must have come, if a limit is named.
fn due(feed: &DataFeed, calendar: &Calendar, last: Timestamp) -> Option<Timestamp> {
    match (feed.business_days, feed.calendar_days) {
        (Some(days), _) => Some(calendar.add_business_days(last, days)),
        (None, Some(days)) => Some(last + SignedDuration::from_hours(24 * i64::from(days))),
        (None, None) => None,
    }
}

pub fn of(feed: &DataFeed, calendar: &Calendar, last: Option<Timestamp>, now: Timestamp) -> Freshness {
    if feed.business_days.is_none() && feed.calendar_days.is_none() {
        return Freshness::NoLimit;
    }
    match last.and_then(|last| due(feed, calendar, last)) {
        None => Freshness::Missing,
        Some(due) if due < now => Freshness::Late { since: due },
        Some(due) => Freshness::Fresh { due },
    }
}

/// When a kind of data last came: the newest of the types that the feed brings.
pub fn last(feed: &DataFeed, by_type: &BTreeMap<String, Timestamp>) -> Option<Timestamp> {
    feed.kinds.iter().filter_map(|kind| by_type.get(kind)).max().copied()
}

/// How many feeds of the program's production are late. A program into which nothing was ever loaded has none.
pub async fn late(ctx: &mut Ctx, program: &Program) -> store::Result<usize> {
    if !program.serves(Environment::Production) {
        return Ok(0);
    }
    let partition = Partition::new(&program.id, Environment::Production);
    let by_type = feeds::last_by_type(ctx, &partition).await?;
    if by_type.is_empty() && feeds::newest(ctx, &partition).await?.is_empty() {
        return Ok(0);
    }
    let calendar = Calendar::of(&program.support.hours);
    let is_late = |feed: &&DataFeed| {
        matches!(of(feed, &calendar, last(feed, &by_type), ctx.now), Freshness::Late { .. } | Freshness::Missing)
    };
    Ok(program.data_feeds.iter().filter(is_late).count())
}

#[cfg(test)]
mod tests {
    use ::programs::Programs;
    use model::partition::ProgramId;

    use super::*;

    /// Central time, as a clock on the wall of the office shows it.
    fn central(text: &str) -> Timestamp {
        text.parse::<jiff::civil::DateTime>().unwrap().in_tz("America/Chicago").unwrap().timestamp()
    }

    #[test]
    fn each_kind_of_data_is_late_when_its_promise_is_over() {
        let programs = Programs::embedded().unwrap();
        let program = programs.get(&ProgramId::new("idaho")).unwrap();
        let calendar = Calendar::of(&program.support.hours);
        let feed = |name: &str| program.data_feeds.iter().find(|feed| feed.name == name).unwrap();
        let check = |name: &str, last: &str, now: &str, expect: Option<&str>| {
            let found = of(feed(name), &calendar, Some(central(last)), central(now));
            let expect = match expect {
                None => Freshness::Late { since: due(feed(name), &calendar, central(last)).unwrap() },
                Some(due) => Freshness::Fresh { due: central(due) },
            };
            assert_eq!(found, expect, "{name} of {last} at {now}");
        };
        // From Thursday to Friday, and over the weekend to Monday.
        check("Claims", "2026-11-19T10:00", "2026-11-20T09:59", Some("2026-11-20T10:00"));
        check("Claims", "2026-11-19T10:00", "2026-11-20T10:01", None);
        check("Claims", "2026-11-20T15:59", "2026-11-23T15:58", Some("2026-11-23T15:59"));
        check("Claims", "2026-11-20T15:59", "2026-11-23T16:00", None);
        // What comes at night counts from the next opening; Thanksgiving is not a business day.
        check("Encounter data", "2026-11-25T02:00", "2026-11-27T08:00", Some("2026-11-27T09:00"));
        check("Clinical data", "2026-11-25T02:00", "2026-11-27T09:01", None);
        // Over both changes of the clocks.
        check("Claims", "2026-10-30T15:00", "2026-11-02T14:59", Some("2026-11-02T15:00"));
        check("Claims", "2026-03-06T15:00", "2026-03-09T14:59", Some("2026-03-09T15:00"));
        // The directory counts calendar days.
        check("Provider Directory", "2028-02-10T12:00", "2028-03-11T11:59", Some("2028-03-11T12:00"));
        check("Provider Directory", "2026-06-01T12:00", "2026-07-01T12:01", None);
        assert_eq!(of(feed("Claims"), &calendar, None, central("2026-11-20T12:00")), Freshness::Missing);
        let without = DataFeed { business_days: None, calendar_days: None, ..feed("Claims").clone() };
        assert_eq!(of(&without, &calendar, None, central("2026-11-20T12:00")), Freshness::NoLimit);
    }

    #[test]
    fn every_program_promises_what_its_document_prints() {
        for program in Programs::embedded().unwrap().iter() {
            let limits: Vec<_> = program
                .data_feeds
                .iter()
                .map(|feed| (feed.name.as_str(), feed.business_days, feed.calendar_days))
                .collect();
            assert_eq!(
                limits,
                [
                    ("Claims", Some(1), None),
                    ("Encounter data", Some(1), None),
                    ("Clinical data", Some(1), None),
                    ("Provider Directory", None, Some(30)),
                ],
                "{}",
                program.id
            );
        }
    }
}
