//! Loads as administrators see them: what came, when, how much of it, and what was rejected.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use model::partition::{Partition, ProgramId};
use serde_json::json;
use store::{Ctx, FromRow, Result, Row, sql};

/// How far back we look for the last load of a type. Every feed that is older is late.
const LOOKS_BACK: SignedDuration = SignedDuration::from_hours(62 * 24);
/// Loads on a page.
const SHOWN: i64 = 10;

/// One load that was recorded.
#[derive(Clone, Debug)]
pub struct Load {
    pub number: i64,
    pub partition: Partition,
    /// What was named to be loaded.
    pub sources: Vec<String>,
    pub state: State,
    /// Why it failed.
    pub problem: Option<String>,
    pub started_at: Timestamp,
    /// When it last wrote.
    pub beat_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub rejected: i64,
    /// By type.
    pub counts: Vec<Count>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Running,
    Done,
    Failed,
    Interrupted,
    /// By another version.
    Unknown,
}

/// What a load did to a type.
#[derive(Clone, Debug)]
pub struct Count {
    pub kind: String,
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
    pub deleted: i64,
    pub skipped: i64,
}

/// The newest loads of a partition, the newest first.
pub async fn newest(ctx: &mut Ctx, partition: &Partition) -> Result<Vec<Load>> {
    let mut query = sql(SELECT);
    query.push(" WHERE program = ").push_bind(&partition.program);
    query.push(" AND environment = ").push_bind(partition.environment);
    query.push(" ORDER BY started_at DESC, load DESC").push_limit(SHOWN);
    let mut loads: Vec<Load> = query.fetch_list(&mut ctx.tx).await?;
    if loads.is_empty() {
        return Ok(loads);
    }
    let mut query =
        sql("SELECT load, type, created, updated, unchanged, deleted, skipped FROM fhir_load_count WHERE load IN (");
    for (place, load) in loads.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " }).push_bind(load.number);
    }
    query.push(") ORDER BY load, type");
    for Counted(number, count) in query.fetch_all::<Counted>(&mut ctx.tx).await? {
        if let Some(load) = loads.iter_mut().find(|load| load.number == number) {
            load.counts.push(count);
        }
    }
    Ok(loads)
}

/// When each type last came completely, as far as that is not longer ago than two months.
pub async fn last_by_type(ctx: &mut Ctx, partition: &Partition) -> Result<BTreeMap<String, Timestamp>> {
    let query = sql("SELECT c.type, MAX(l.ended_at) FROM fhir_load l JOIN fhir_load_count c ON c.load = l.load
         WHERE l.program = $1 AND l.environment = $2 AND l.started_at >= $3 AND l.state = 'done'
             AND c.created + c.updated + c.unchanged + c.deleted > 0
         GROUP BY c.type");
    let query = query.bind(&partition.program).bind(partition.environment).bind(ctx.now - LOOKS_BACK);
    let rows: Vec<(String, Option<Timestamp>)> = query.fetch_all(&mut ctx.tx).await?;
    Ok(rows.into_iter().filter_map(|(kind, at)| Some((kind, at?))).collect())
}

/// One load; `None` if there is no such load.
pub async fn find(ctx: &mut Ctx, number: i64) -> Result<Option<Load>> {
    let mut query = sql(SELECT);
    query.push(" WHERE load = ").push_bind(number);
    query.fetch_optional(&mut ctx.tx).await
}

/// The rejects of a load as lines of NDJSON, as in the file that the load wrote: file, line, element and reason.
pub async fn rejects(ctx: &mut Ctx, number: i64) -> Result<String> {
    let query = sql("SELECT path, line, element, reason FROM fhir_load_reject WHERE load = $1 ORDER BY number");
    let mut lines = String::new();
    query
        .bind(number)
        .for_each(&mut ctx.tx, |(path, line, element, reason): (String, i64, Option<String>, String)| {
            let line = json!({ "path": path, "line": line, "element": element, "reason": reason });
            lines.push_str(&line.to_string());
            lines.push('\n');
            Ok(())
        })
        .await?;
    Ok(lines)
}

const SELECT: &str =
    "SELECT load, program, environment, sources, state, problem, started_at, beat_at, ended_at, rejected
    FROM fhir_load";

impl FromRow for Load {
    fn from_row(row: &Row) -> Result<Self> {
        let program: ProgramId = row.get(1)?;
        let (sources, state): (String, String) = (row.get(3)?, row.get(4)?);
        Ok(Self {
            number: row.get(0)?,
            partition: Partition { program, environment: row.get(2)? },
            sources: serde_json::from_str(&sources).unwrap_or_default(),
            state: match state.as_str() {
                "running" => State::Running,
                "done" => State::Done,
                "failed" => State::Failed,
                "interrupted" => State::Interrupted,
                _ => State::Unknown,
            },
            problem: row.get(5)?,
            started_at: row.get(6)?,
            beat_at: row.get(7)?,
            ended_at: row.get(8)?,
            rejected: row.get(9)?,
            counts: Vec::new(),
        })
    }
}

struct Counted(i64, Count);

impl FromRow for Counted {
    fn from_row(row: &Row) -> Result<Self> {
        let count = Count {
            kind: row.get(1)?,
            created: row.get(2)?,
            updated: row.get(3)?,
            unchanged: row.get(4)?,
            deleted: row.get(5)?,
            skipped: row.get(6)?,
        };
        Ok(Self(row.get(0)?, count))
    }
}
