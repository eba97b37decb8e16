//! The weekly letter to the staff about what is late: on Monday morning in the zone of the reader's programs, once a week, and only
//! if something is late that the reader's desk reaches and the reader's role works on. Counts and links alone.
//!
//! A row for each person says of which week they have had it, so that neither a restart nor a second node writes again.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Weekday, tz::TimeZone};
use mail::{
    messages::digest::{Late, weekly},
    moment::When,
    outbox,
};
use model::{account::Role, history::Side, partition::ProgramId};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    Registry, conversations,
    desks::{self, Reach},
    error::Result,
    notices::{PERSON, Person},
    reviews, tickets,
};

/// From this hour of Monday on.
const HOUR: i8 = 8;
/// A server that was down on Monday writes when it is back, but not later than this many days after.
const DAYS: i32 = 2;
/// People in one transaction.
const STEP: usize = 20;

/// How many data feeds are late, by program. Who calls this knows them.
pub type Feeds = BTreeMap<ProgramId, usize>;

/// Whether someone is due. A read: so an idle worker takes no write lock.
pub async fn is_due(ctx: &mut Ctx, registry: &Registry) -> Result<bool> {
    Ok(!due(ctx, registry).await?.is_empty())
}

/// Writes to some of those who are due, or takes note that nothing is late for them; returns how many. Call again while it returns
/// more than 0.
pub async fn write(ctx: &mut Ctx, registry: &Registry, feeds: &Feeds) -> Result<usize> {
    let mut looked_at = 0;
    for Due { person, roles, reach, week, zone } in due(ctx, registry).await?.into_iter().take(STEP) {
        looked_at += 1;
        // Of several nodes, one finds that the week is still to come.
        let first = sql("INSERT INTO staff_digest (account_id, week, written_at) VALUES ($1, $2, $3)
             ON CONFLICT (account_id) DO UPDATE SET week = excluded.week, written_at = excluded.written_at
             WHERE staff_digest.week < excluded.week");
        if first.bind(&person.account).bind(&week).bind(ctx.now).execute(&mut ctx.tx).await? != 1 {
            continue;
        }
        let late = late(ctx, &roles, &reach, feeds).await?;
        if !late.is_empty() {
            let as_of = When::new(ctx.now, zone);
            let message = weekly(&registry.site, person.reader(), &late, &as_of);
            outbox::enqueue(ctx, &format!("weekly-digest:{week}:{}", person.account), &message).await?;
        }
    }
    Ok(looked_at)
}

/// Someone whose letter of this week is due.
struct Due {
    person: Person,
    roles: Vec<Role>,
    reach: Reach,
    /// The Monday, `2026-12-07`.
    week: String,
    zone: TimeZone,
}

/// Those of the staff who work on what can be late, and had no letter this week.
async fn due(ctx: &mut Ctx, registry: &Registry) -> Result<Vec<Due>> {
    // Most of the week no one is due, and nothing is read.
    let Some(newest) = monday_anywhere(registry, ctx.now) else { return Ok(Vec::new()) };
    let mut query = sql(PERSON);
    query.push(
        ", (SELECT string_agg(r.role, ' ') FROM account_role r WHERE r.account_id = a.id), d.week
        FROM account a LEFT JOIN staff_digest d ON d.account_id = a.id
        WHERE EXISTS (SELECT 1 FROM account_role r WHERE r.account_id = a.id AND r.role IN (",
    );
    for (place, role) in [Role::Administrator, Role::Reviewer, Role::Support].into_iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " }).push_bind(role.as_str());
    }
    query.push(")) ORDER BY a.id");
    let staff: Vec<Worker> = query.fetch_list(&mut ctx.tx).await?;
    let mut due = Vec::new();
    for Worker { person, roles, had } in staff {
        if had.as_ref().is_some_and(|had| newest <= *had) {
            continue;
        }
        let limited = !roles.contains(&Role::Administrator);
        let reach = if limited { desks::of(ctx, &person.account).await? } else { Reach::All };
        let zone = zone(registry, &reach);
        if let Some(week) = monday(ctx.now, &zone).filter(|week| had.as_ref().is_none_or(|had| had < week)) {
            due.push(Due { person, roles, reach, week, zone });
        }
    }
    Ok(due)
}

/// The zone of the desk's programs.
fn zone(registry: &Registry, reach: &Reach) -> TimeZone {
    match reach {
        Reach::All => registry.programs.zone(registry.programs.iter().map(|program| &program.id)),
        Reach::Of(programs) => registry.programs.zone(programs.keys()),
    }
}

/// The Monday whose letter is due now in this zone.
fn monday(now: Timestamp, zone: &TimeZone) -> Option<String> {
    let local = now.to_zoned(zone.clone());
    let monday = local.date().nth_weekday(-1, Weekday::Monday).ok()?;
    let monday = if local.date().weekday() == Weekday::Monday { local.date() } else { monday };
    let days = monday.until(local.date()).ok()?.get_days();
    let is_time = match days {
        0 => HOUR <= local.hour(),
        days => days < DAYS || days == DAYS && local.hour() < HOUR,
    };
    is_time.then(|| monday.to_string())
}

/// The newest Monday that is due in the zone of any program.
fn monday_anywhere(registry: &Registry, now: Timestamp) -> Option<String> {
    let zones = registry.programs.iter().map(|program| program.zone());
    zones.chain([registry.programs.zone([])]).filter_map(|zone| monday(now, &zone)).max()
}

/// What is late for someone with these roles and this desk; nothing that is zero.
async fn late(ctx: &mut Ctx, roles: &[Role], reach: &Reach, feeds: &Feeds) -> Result<Vec<(Late, usize)>> {
    let has = |role| roles.contains(&Role::Administrator) || roles.contains(&role);
    let mut late = Vec::new();
    for what in Late::ALL {
        let is_theirs = match what {
            Late::Tickets => has(Role::Support),
            Late::Feeds => has(Role::Administrator),
            _ => has(Role::Reviewer),
        };
        let count = if is_theirs { count(ctx, what, reach, feeds).await? } else { 0 };
        if 0 < count {
            late.push((what, count));
        }
    }
    Ok(late)
}

async fn count(ctx: &mut Ctx, what: Late, reach: &Reach, feeds: &Feeds) -> Result<usize> {
    let reach = reach.clone();
    let which = match what {
        Late::Organizations => reviews::Which::Organizations,
        Late::Applications => reviews::Which::Applications,
        Late::Changes => reviews::Which::Changes,
        Late::Appeals => reviews::Which::Appeals,
        Late::Tickets => {
            return tickets::count_open(ctx, &tickets::Filter { reach, overdue: true, ..tickets::Filter::default() })
                .await;
        }
        Late::Comments | Late::Silent => {
            let silent = what == Late::Silent;
            let turn = Some(if silent { Side::Vendor } else { Side::Administration });
            let filter =
                conversations::Filter { reach, turn, overdue: true, beside_reviews: !silent, organization: None };
            return conversations::count(ctx, &filter).await;
        }
        Late::Feeds => {
            return Ok(feeds.iter().filter(|(program, _)| reach.covers(program)).map(|(_, late)| late).sum());
        }
    };
    let filter = reviews::Filter { which: Some(which), reach, overdue: true, ..reviews::Filter::default() };
    reviews::count(ctx, &filter).await
}

struct Worker {
    person: Person,
    roles: Vec<Role>,
    /// The week of the newest letter.
    had: Option<String>,
}

impl FromRow for Worker {
    fn from_row(row: &Row) -> store::Result<Self> {
        let roles: String = row.get(4)?;
        let roles = roles.split(' ').filter_map(|role| role.parse().ok()).collect();
        Ok(Self { person: Person::from_row(row)?, roles, had: row.get(5)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_is_due_from_monday_morning_to_wednesday_morning_in_its_zone() {
        fn check(at: &str, zone: &str, expect: Option<&str>) {
            let zone = TimeZone::get(zone).unwrap();
            let now = at.parse::<jiff::civil::DateTime>().unwrap().to_zoned(zone.clone()).unwrap().timestamp();
            assert_eq!(monday(now, &zone).as_deref(), expect, "{at}");
        }
        let (central, pacific) = ("America/Chicago", "America/Los_Angeles");
        check("2026-12-06T23:59", central, None);
        check("2026-12-07T07:59", central, None);
        check("2026-12-07T08:00", central, Some("2026-12-07"));
        check("2026-12-07T08:00", pacific, Some("2026-12-07"));
        check("2026-12-08T23:00", central, Some("2026-12-07"));
        check("2026-12-09T07:59", central, Some("2026-12-07"));
        check("2026-12-09T08:00", central, None);
        check("2026-12-13T12:00", central, None);
        // The days after both changes of the clocks, a leap day, and the turn of the year.
        check("2026-03-09T08:00", central, Some("2026-03-09"));
        check("2026-11-02T08:00", central, Some("2026-11-02"));
        check("2028-02-29T09:00", central, Some("2028-02-28"));
        check("2025-12-30T09:00", central, Some("2025-12-29"));
        check("2027-01-01T09:00", central, None);
    }
}
