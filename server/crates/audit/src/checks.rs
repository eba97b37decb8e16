//! The checks of the log that were made, and whose turn it is to make the next.
//!
//! Once a day one of the processes that share a database checks the rows that are new since the last intact check, and once a
//! week all of them. [`finish`] keeps the result.

use jiff::{SignedDuration, Timestamp};
use store::{Ctx, FromRow, Result, Row, Store, sql};

use crate::verify::{self, Fault, Outcome, Seal};

/// Who checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The daily check of a server.
    Worker,
    /// `flex check-audit`
    Command,
    /// Another version wrote what this one does not know.
    Unknown,
}

impl By {
    fn as_str(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Command => "command",
            Self::Unknown => "unknown",
        }
    }
}

/// A check as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub at: Timestamp,
    pub by: By,
    /// The process that made it: host and number.
    pub process: String,
    pub after: i64,
    pub rows: i64,
    pub head: Seal,
    pub faults: i64,
    /// The first of them, and the row where it begins.
    pub first: Option<Fault>,
}

const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// A process that ends within its turn leaves it to the others after this time.
const TURN: SignedDuration = SignedDuration::from_hours(1);
/// All rows are checked this often.
const ALL_EVERY: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long checks are kept; the newest stays.
const KEPT: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Takes the daily turn, if it is due and no other process has it. Commit before the check begins.
pub async fn take_turn(ctx: &mut Ctx) -> Result<bool> {
    let taken = sql("UPDATE audit_turn SET due_at = $1 WHERE id = 1 AND due_at <= $2")
        .bind(ctx.now + TURN)
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await?;
    Ok(taken == 1)
}

/// The daily check: of what is new, and once a week of everything.
pub async fn daily(store: &Store) -> Result<Outcome> {
    let mut ctx = store.read().await?;
    let since = ctx.now - ALL_EVERY;
    let full: Option<(Timestamp,)> =
        sql("SELECT at FROM audit_check WHERE after_sequence = 0 AND at > $1 ORDER BY at DESC LIMIT 1")
            .bind(since)
            .fetch_optional(&mut ctx.tx)
            .await?;
    let last = last_intact(&mut ctx).await?;
    drop(ctx);
    match last {
        Some(seal) if full.is_some() => verify::run(store, Some(&seal), &[]).await,
        last => verify::run(store, None, &Vec::from_iter(last)).await,
    }
}

/// The head that the last check found intact.
pub async fn last_intact(ctx: &mut Ctx) -> Result<Option<Seal>> {
    sql("SELECT head_sequence, head_hash FROM audit_check WHERE faults = 0 ORDER BY at DESC, id DESC LIMIT 1")
        .fetch_optional(&mut ctx.tx)
        .await
}

/// The heads of all intact checks that are kept.
pub async fn kept(ctx: &mut Ctx) -> Result<Vec<Seal>> {
    sql("SELECT DISTINCT head_sequence, head_hash FROM audit_check WHERE faults = 0").fetch_all(&mut ctx.tx).await
}

/// The newest check, if there was one.
pub async fn last(ctx: &mut Ctx) -> Result<Option<Check>> {
    sql("SELECT at, checked_by, process, after_sequence, row_count, head_sequence, head_hash, faults, fault, fault_from, fault_to
         FROM audit_check ORDER BY at DESC, id DESC LIMIT 1")
    .fetch_optional(&mut ctx.tx)
    .await
}

/// Keeps what a check found, and removes checks that are too old. After the daily check the next turn is in a day.
pub async fn finish(ctx: &mut Ctx, by: By, process: &str, outcome: &Outcome) -> Result<()> {
    let first = outcome.faults.first().map(|fault| words(*fault));
    sql("INSERT INTO audit_check (id, at, checked_by, process, after_sequence, row_count, head_sequence, head_hash, faults,
             fault, fault_from, fault_to)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(ctx.random_id())
    .bind(ctx.now)
    .bind(by.as_str())
    .bind(process)
    .bind(outcome.after)
    .bind(outcome.rows)
    .bind(outcome.head.sequence)
    .bind(&outcome.head.hash)
    .bind(i64::try_from(outcome.count).unwrap_or(i64::MAX))
    .bind(first.map(|(word, ..)| word))
    .bind(first.map(|(_, from, _)| from))
    .bind(first.map(|(.., to)| to))
    .execute(&mut ctx.tx)
    .await?;
    sql("DELETE FROM audit_check WHERE at <= $1").bind(ctx.now - KEPT).execute(&mut ctx.tx).await?;
    if by == By::Worker {
        sql("UPDATE audit_turn SET due_at = $1 WHERE id = 1").bind(ctx.now + EVERY).execute(&mut ctx.tx).await?;
    }
    Ok(())
}

/// The word of a fault, and its rows.
fn words(fault: Fault) -> (&'static str, i64, i64) {
    match fault {
        Fault::Changed { sequence } => ("changed", sequence, sequence),
        Fault::Missing { from, to } => ("missing", from, to),
        Fault::CutOff { from, to } => ("cut_off", from, to),
        Fault::Added { from } => ("added", from, from),
        Fault::Head { sequence } => ("head", sequence, sequence),
        Fault::Rewritten { sequence } => ("rewritten", sequence, sequence),
    }
}

fn fault(word: &str, from: i64, to: i64) -> Fault {
    match word {
        "missing" => Fault::Missing { from, to },
        "cut_off" => Fault::CutOff { from, to },
        "added" => Fault::Added { from },
        "head" => Fault::Head { sequence: from },
        "rewritten" => Fault::Rewritten { sequence: from },
        // `changed`, and what only another version knows.
        _ => Fault::Changed { sequence: from },
    }
}

impl FromRow for Check {
    fn from_row(row: &Row) -> Result<Self> {
        let by = match row.get::<String>(1)?.as_str() {
            "worker" => By::Worker,
            "command" => By::Command,
            _ => By::Unknown,
        };
        let first: (Option<String>, Option<i64>, Option<i64>) = (row.get(8)?, row.get(9)?, row.get(10)?);
        let first = match first {
            (Some(word), Some(from), Some(to)) => Some(fault(&word, from, to)),
            _ => None,
        };
        Ok(Self {
            at: row.get(0)?,
            by,
            process: row.get(2)?,
            after: row.get(3)?,
            rows: row.get(4)?,
            head: Seal { sequence: row.get(5)?, hash: row.get(6)? },
            faults: row.get(7)?,
            first,
        })
    }
}
