//! Large-scale outages of one program or of all. The pages announce an outage while it lasts, and all our clocks stand still.
//!
//! What is due is always its start and what we promised, counted in a calendar that leaves out the outages. So when one
//! begins, ends, or is corrected, [`recompute`] counts again for everything that is open, and the order of events does not matter.

use audit::{
    action::Action,
    event::{Actor, Event},
};
use jiff::{SignedDuration, Timestamp};
use model::{id::AccountId, partition::ProgramId, text::Paragraph};
use store::{Ctx, FromRow, Part, Row, sql};

use crate::{
    Registry,
    calendar::{Calendar, Pause},
    conversations,
    error::{Error, Result},
    outage_letters::{self, Dues, What},
    reviews::rounds,
};

/// An outage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    pub id: String,
    /// `None`: of all programs.
    pub program: Option<ProgramId>,
    pub begins_at: Timestamp,
    /// `None` while no one knows.
    pub ends_at: Option<Timestamp>,
    /// For our staff.
    pub reason: String,
    /// Counts the changes, so that two administrators do not overwrite each other.
    pub version: i64,
    pub begun_by: AccountId,
    pub begun_by_name: Option<String>,
}

impl Outage {
    pub fn is_on(&self, now: Timestamp) -> bool {
        self.begins_at <= now && self.ends_at.is_none_or(|end| now < end)
    }
}

/// What an administrator says about one.
#[derive(Clone, Debug)]
pub struct Times {
    pub begins_at: Timestamp,
    pub ends_at: Option<Timestamp>,
    pub reason: Paragraph,
}

const SELECT: &str = "SELECT o.id, o.program, o.begins_at, o.ends_at, o.reason, o.version, o.begun_by, a.name
    FROM outage o LEFT JOIN account a ON a.id = o.begun_by";
/// Nothing that is open is older.
const LONGEST: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Begins an outage, now or at a stated time; returns its id, and how many times moved.
pub async fn begin(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    program: Option<&ProgramId>,
    times: &Times,
) -> Result<(String, u64)> {
    let before = Dues::read(ctx).await?;
    let id = ctx.random_id();
    sql("INSERT INTO outage (id, program, begins_at, ends_at, reason, version, begun_by, begun_at)
         VALUES ($1, $2, $3, $4, $5, 1, $6, $7)")
    .bind(&id)
    .bind(program.map(ProgramId::as_str))
    .bind(times.begins_at)
    .bind(times.ends_at)
    .bind(times.reason.as_str())
    .bind(by)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    let moved = recompute(ctx, registry).await?;
    let outage = get(ctx, &id).await?;
    // Of one that was recorded when it was over, only those hear whose times moved.
    let is_over = outage.ends_at.is_some_and(|end| end <= ctx.now);
    let what = if is_over { What::Corrected } else { What::Begun };
    outage_letters::write(ctx, registry, what, &outage, &before).await?;
    record(ctx, event(by, Action::OutageBegun, &outage).with("begins", said(Some(times.begins_at)))).await?;
    Ok((id, moved))
}

/// Ends it now; returns how many times moved. [`Error::Stale`] if it is over, or was changed meanwhile.
pub async fn end(ctx: &mut Ctx, registry: &Registry, by: &AccountId, id: &str, version: i64) -> Result<u64> {
    let (before, dues) = (get(ctx, id).await?, Dues::read(ctx).await?);
    let ended = sql("UPDATE outage SET ends_at = $1, begins_at = CASE WHEN $1 < begins_at THEN $1 ELSE begins_at END,
             version = version + 1
         WHERE id = $2 AND version = $3 AND (ends_at IS NULL OR $1 < ends_at)")
    .bind(ctx.now)
    .bind(id)
    .bind(version)
    .execute(&mut ctx.tx)
    .await?;
    if ended == 0 {
        return Err(Error::Stale);
    }
    let moved = recompute(ctx, registry).await?;
    let outage = get(ctx, id).await?;
    outage_letters::write(ctx, registry, What::Ended, &outage, &dues).await?;
    let ends = (said(before.ends_at), said(Some(ctx.now)));
    record(ctx, event(by, Action::OutageEnded, &before).changed("ends", ends.0, ends.1)).await?;
    Ok(moved)
}

/// Corrects its times and its reason; returns how many times moved. [`Error::Stale`] if it was changed meanwhile.
pub async fn correct(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    id: &str,
    version: i64,
    times: &Times,
) -> Result<u64> {
    let (before, dues) = (get(ctx, id).await?, Dues::read(ctx).await?);
    let corrected = sql("UPDATE outage SET begins_at = $1, ends_at = $2, reason = $3, version = version + 1
         WHERE id = $4 AND version = $5")
    .bind(times.begins_at)
    .bind(times.ends_at)
    .bind(times.reason.as_str())
    .bind(id)
    .bind(version)
    .execute(&mut ctx.tx)
    .await?;
    if corrected == 0 {
        return Err(Error::Stale);
    }
    let moved = recompute(ctx, registry).await?;
    let outage = get(ctx, id).await?;
    let has_ended = before.is_on(ctx.now) && !outage.is_on(ctx.now) && outage.begins_at <= ctx.now;
    let what = if has_ended { What::Ended } else { What::Corrected };
    outage_letters::write(ctx, registry, what, &outage, &dues).await?;
    let event = event(by, Action::OutageCorrected, &before)
        .changed("begins", said(Some(before.begins_at)), said(Some(times.begins_at)))
        .changed("ends", said(before.ends_at), said(times.ends_at));
    record(ctx, event).await?;
    Ok(moved)
}

fn event(by: &AccountId, action: Action, outage: &Outage) -> Event {
    let scope = outage.program.as_ref().map_or("all programs", ProgramId::as_str);
    Event::new(Actor::Account(by.clone()), action, "outage", &outage.id).with("scope", scope)
}

async fn record(ctx: &mut Ctx, event: Event) -> Result<()> {
    Ok(audit::log::record(ctx, &event).await?)
}

/// A moment in the log.
fn said(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| at.to_string())
}

pub async fn get(ctx: &mut Ctx, id: &str) -> Result<Outage> {
    let mut query = sql(SELECT);
    query.push(" WHERE o.id = ").push_bind(id);
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// Those that are on now, the one that began last first.
pub async fn current(ctx: &mut Ctx) -> store::Result<Vec<Outage>> {
    let now = ctx.now;
    let mut query = sql(SELECT);
    push_ends_after(&mut query, now);
    query.push(" AND o.begins_at <= ").push_bind(now).push(" ORDER BY o.begins_at DESC, o.id");
    query.fetch_list(&mut ctx.tx).await
}

/// Those that were on at some time since then.
pub async fn since(ctx: &mut Ctx, since: Timestamp) -> store::Result<Vec<Outage>> {
    let now = ctx.now;
    let mut query = sql(SELECT);
    push_ends_after(&mut query, since);
    query.push(" AND o.begins_at <= ").push_bind(now).push(" AND o.begins_at < COALESCE(o.ends_at, o.begins_at + 1)");
    query.push(" ORDER BY o.begins_at DESC, o.id");
    query.fetch_list(&mut ctx.tx).await
}

/// A part of all of them, the newest first.
pub async fn list(ctx: &mut Ctx, part: Part) -> Result<Vec<Outage>> {
    let mut query = sql(SELECT);
    query.push(" ORDER BY o.begins_at DESC, o.id").push_part(part);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// How many there are: one row for each time that an administrator used the switch.
pub async fn count(ctx: &mut Ctx) -> Result<usize> {
    let (count,): (i64,) = sql("SELECT COUNT(*) FROM outage").fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

fn push_ends_after(query: &mut store::Query, at: Timestamp) {
    // As in the index.
    query.push(" WHERE COALESCE(o.ends_at, 9223372036854775807) > ").push_bind(at);
}

/// The outages that may concern what is open now.
#[derive(Clone, Debug, Default)]
pub struct Pauses {
    all: Vec<(Option<ProgramId>, Pause)>,
}

impl Pauses {
    /// An outage of which no one knows the end counts until now: what is due moves when it ends.
    pub async fn load(ctx: &mut Ctx) -> store::Result<Self> {
        let now = ctx.now;
        let mut query = sql("SELECT o.program, o.begins_at, o.ends_at FROM outage o");
        push_ends_after(&mut query, now - LONGEST);
        let found: Vec<(Option<ProgramId>, Timestamp, Option<Timestamp>)> = query.fetch_all(&mut ctx.tx).await?;
        let pause = |(program, from, until): (_, _, Option<_>)| (program, Pause { from, until: until.unwrap_or(now) });
        Ok(Self { all: found.into_iter().map(pause).collect() })
    }

    /// Those of these programs, and of all.
    fn of(&self, programs: &[ProgramId]) -> impl Iterator<Item = Pause> {
        let concerns = |of: &Option<ProgramId>| of.as_ref().is_none_or(|program| programs.contains(program));
        self.all.iter().filter(move |(of, _)| concerns(of)).map(|(_, pause)| *pause)
    }

    /// The calendar of reviews and appeals of an app of these programs; of an organization without any.
    pub fn calendar(&self, programs: &[ProgramId]) -> Calendar {
        self.pause(Calendar::us_central(), programs)
    }

    /// Another calendar, such as that of a program's support, without the outages of these programs.
    pub fn pause(&self, calendar: Calendar, programs: &[ProgramId]) -> Calendar {
        calendar.pausing(self.of(programs))
    }
}

/// Counts again when everything that is open is due; returns how many times moved.
pub async fn recompute(ctx: &mut Ctx, registry: &Registry) -> Result<u64> {
    let pauses = Pauses::load(ctx).await?;
    let reviews = rounds::recompute(ctx, &pauses).await?;
    Ok(reviews + conversations::recompute(ctx, registry, &pauses).await?)
}

impl FromRow for Outage {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            program: row.get(1)?,
            begins_at: row.get(2)?,
            ends_at: row.get(3)?,
            reason: row.get(4)?,
            version: row.get(5)?,
            begun_by: row.get(6)?,
            begun_by_name: row.get(7)?,
        })
    }
}
