//! Loads as administrators see them: what was loaded, when and from where, and how fresh the data is.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use store::{FromRow, Query, Row, Scoped, sql};

use crate::error::Result;

/// A load that claims to be running but wrote nothing for this long was killed.
const SILENCE: SignedDuration = SignedDuration::from_mins(5);

/// One load.
#[derive(Clone, Debug)]
pub struct Load {
    pub number: i64,
    /// The sources that were named for the load.
    pub sources: Vec<String>,
    pub state: State,
    /// Why it failed.
    pub problem: Option<String>,
    pub started_at: Timestamp,
    /// When it last wrote.
    pub beat_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub rejected: u64,
    /// By type.
    pub counts: BTreeMap<String, Counts>,
    /// What it brought that no one can ever see: the reason, the type and the count.
    pub unseen: Vec<(String, String, u64)>,
}

/// What a load did to a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub deleted: u64,
    /// Was to be deleted but did not exist.
    pub absent: u64,
    /// The program does not offer the type.
    pub skipped: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Running,
    Done,
    /// The same command resumes it.
    Failed,
    /// Stopped or killed; the same command resumes it.
    Interrupted,
}

impl State {
    fn of(text: &str, beat_at: Timestamp, now: Timestamp) -> std::result::Result<Self, String> {
        match text {
            "running" if now.duration_since(beat_at) < SILENCE => Ok(Self::Running),
            "running" | "interrupted" => Ok(Self::Interrupted),
            "done" => Ok(Self::Done),
            "failed" => Ok(Self::Failed),
            _ => Err(format!("`{text}` is not a state of a load")),
        }
    }
}

/// A row of `fhir_load`. Its state still depends on the current time.
struct Kept {
    load: Load,
    state: String,
}

impl FromRow for Kept {
    fn from_row(row: &Row) -> store::Result<Self> {
        let sources: String = row.get(1)?;
        let rejected: i64 = row.get(7)?;
        let load = Load {
            number: row.get(0)?,
            sources: serde_json::from_str(&sources)
                .map_err(|error| store::Error::Column { index: 1, reason: error.to_string() })?,
            state: State::Running,
            problem: row.get(3)?,
            started_at: row.get(4)?,
            beat_at: row.get(5)?,
            ended_at: row.get(6)?,
            rejected: rejected.unsigned_abs(),
            counts: BTreeMap::new(),
            unseen: Vec::new(),
        };
        Ok(Self { load, state: row.get(2)? })
    }
}

/// The partition's loads, the newest first, at most `limit`.
pub async fn list(ctx: &mut Scoped, limit: u32) -> Result<Vec<Load>> {
    let query = sql("SELECT load, sources, state, problem, started_at, beat_at, ended_at, rejected FROM fhir_load \
         WHERE program = $1 AND environment = $2 ORDER BY started_at DESC, load DESC LIMIT 0 + $3");
    let kept: Vec<Kept> = within(query, ctx).bind(i64::from(limit)).fetch_all(&mut ctx.tx).await?;
    let mut loads = Vec::with_capacity(kept.len());
    for Kept { mut load, state } in kept {
        load.state = State::of(&state, load.beat_at, ctx.now).map_err(|reason| store::Error::Corrupt {
            table: "fhir_load",
            column: "state",
            id: load.number.to_string(),
            reason,
        })?;
        load.counts = counts(ctx, load.number).await?;
        load.unseen = unseen(ctx, load.number).await?;
        loads.push(load);
    }
    Ok(loads)
}

/// By type, when the last successful load that brought any of it ended, whether the resources were new or not.
pub async fn fresh(ctx: &mut Scoped) -> Result<BTreeMap<String, Timestamp>> {
    let query = sql("SELECT c.type, MAX(l.ended_at) FROM fhir_load l JOIN fhir_load_count c ON c.load = l.load \
         WHERE l.program = $1 AND l.environment = $2 AND l.state = 'done' AND 0 < c.created + c.updated + c.unchanged \
         GROUP BY c.type");
    let found: Vec<(String, Timestamp)> = within(query, ctx).fetch_all(&mut ctx.tx).await?;
    Ok(found.into_iter().collect())
}

fn within(query: Query, ctx: &Scoped) -> Query {
    query.bind(&ctx.partition.program).bind(ctx.partition.environment)
}

async fn unseen(ctx: &mut Scoped, load: i64) -> Result<Vec<(String, String, u64)>> {
    let query =
        sql("SELECT u.reason, u.type, u.resources FROM fhir_load l JOIN fhir_load_unseen u ON u.load = l.load \
         WHERE l.program = $1 AND l.environment = $2 AND l.load = $3 ORDER BY u.reason, u.type");
    let rows: Vec<(String, String, i64)> = within(query, ctx).bind(load).fetch_all(&mut ctx.tx).await?;
    Ok(rows.into_iter().map(|(reason, kind, count)| (reason, kind, count.unsigned_abs())).collect())
}

async fn counts(ctx: &mut Scoped, load: i64) -> Result<BTreeMap<String, Counts>> {
    type Columns = (String, i64, i64, i64, i64, i64, i64);
    let rows: Vec<Columns> = sql("SELECT c.type, c.created, c.updated, c.unchanged, c.deleted, c.absent, c.skipped \
         FROM fhir_load l JOIN fhir_load_count c ON c.load = l.load \
         WHERE l.program = $1 AND l.environment = $2 AND l.load = $3")
    .bind(&ctx.partition.program)
    .bind(ctx.partition.environment)
    .bind(load)
    .fetch_all(&mut ctx.tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(kind, created, updated, unchanged, deleted, absent, skipped)| {
            let [created, updated, unchanged, deleted, absent, skipped] =
                [created, updated, unchanged, deleted, absent, skipped].map(i64::unsigned_abs);
            (kind, Counts { created, updated, unchanged, deleted, absent, skipped })
        })
        .collect())
}
