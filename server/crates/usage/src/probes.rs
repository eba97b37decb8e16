//! Whether the sandboxes work, as the server's own probe sees it: what it found each time it was due, and the uptime that follows.
//!
//! Due times are multiples of the interval, so that several processes agree on them without a word. A due time of which there is
//! no row was missed: no process ran. A row without an outcome is of a probe that never ended. Neither passed.

use jiff::{SignedDuration, Timestamp};
use model::{
    id::AccountId,
    partition::ProgramId,
    probe::{Outcome, Step},
};
use store::{Ctx, FromRow, Result, Row, sql};

/// How long results are kept; see [`purge`].
pub const KEPT: SignedDuration = SignedDuration::from_hours(180 * 24);
/// Rows of one transaction.
const BATCH: u32 = 1000;

/// A probe that this process has to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub program: ProgramId,
    pub due_at: Timestamp,
}

/// What a probe found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it failed, and what came back there; `None` if it passed.
    pub failed: Option<(Step, String)>,
    pub took: SignedDuration,
}

/// The row of one due time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    pub program: ProgramId,
    pub due_at: Timestamp,
    /// Zero from the moment on at which probes were switched off.
    pub every: SignedDuration,
    /// `None` while it runs, or if it never ended.
    pub outcome: Option<Outcome>,
    pub step: Option<Step>,
    pub reason: Option<String>,
    pub took: Option<SignedDuration>,
}

impl Probe {
    /// Whether it has ended, or should have: it is due again.
    fn is_over(&self, now: Timestamp) -> bool {
        self.outcome.is_some() || self.due_at + self.every <= now
    }
}

/// The last due time at this moment.
fn last_due(now: Timestamp, every: SignedDuration) -> Timestamp {
    let since = now.as_second().rem_euclid(every.as_secs().max(1));
    now - SignedDuration::from_secs(since) - SignedDuration::from_nanos(now.subsec_nanosecond().into())
}

/// Whether a probe is due that no process has taken, or, where probes are switched off (`None`), whether that is not noted yet. Only
/// reads.
pub async fn is_due(ctx: &mut Ctx, program: &ProgramId, every: Option<SignedDuration>) -> Result<bool> {
    let last = last(ctx, program).await?;
    Ok(match every {
        Some(every) => last.is_none_or(|last| last.due_at < last_due(ctx.now, every)),
        None => last.is_some_and(|last| !last.every.is_zero()),
    })
}

/// Takes the probe that is due now, if no process has taken it. The row counts as not passed until [`finish`].
pub async fn take_turn(ctx: &mut Ctx, program: &ProgramId, every: SignedDuration) -> Result<Option<Turn>> {
    let due_at = last_due(ctx.now, every);
    let taken = sql("INSERT INTO probe (program, due_at, every_ms)
         SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT 1 FROM probe WHERE program = $1 AND due_at >= $2)
         ON CONFLICT (program, due_at) DO NOTHING")
    .bind(program)
    .bind(due_at)
    .bind(milliseconds(every))
    .execute(&mut ctx.tx)
    .await?;
    Ok((taken == 1).then(|| Turn { program: program.clone(), due_at }))
}

/// Notes as which account this probe signs in, so that it is removed even if the process dies.
pub async fn note_account(ctx: &mut Ctx, turn: &Turn, account: &AccountId) -> Result<()> {
    let query = sql("UPDATE probe SET account_id = $1 WHERE program = $2 AND due_at = $3");
    query.bind(account).bind(&turn.program).bind(turn.due_at).execute(&mut ctx.tx).await?;
    Ok(())
}

/// The accounts of probes that were due before this moment and did not remove theirs.
pub async fn left_accounts(ctx: &mut Ctx, before: Timestamp) -> Result<Vec<AccountId>> {
    let query = sql("SELECT account_id FROM probe WHERE account_id IS NOT NULL AND due_at < $1 ORDER BY due_at");
    let found: Vec<(AccountId,)> = query.bind(before).fetch_all(&mut ctx.tx).await?;
    Ok(found.into_iter().map(|(account,)| account).collect())
}

/// Notes that this account was removed.
pub async fn forget_account(ctx: &mut Ctx, account: &AccountId) -> Result<()> {
    let query = sql("UPDATE probe SET account_id = NULL WHERE account_id IS NOT NULL AND account_id = $1");
    query.bind(account).execute(&mut ctx.tx).await?;
    Ok(())
}

/// Saves what a probe found.
pub async fn finish(ctx: &mut Ctx, turn: &Turn, found: &Found) -> Result<()> {
    let outcome = if found.failed.is_some() { Outcome::Failed } else { Outcome::Passed };
    let (step, reason) = found.failed.as_ref().map(|(step, reason)| (step.as_str(), reason.as_str())).unzip();
    sql("UPDATE probe SET outcome = $1, step = $2, reason = $3, took_ms = $4 WHERE program = $5 AND due_at = $6")
        .bind(outcome.as_str())
        .bind(step.map(str::to_owned))
        .bind(reason.map(str::to_owned))
        .bind(milliseconds(found.took))
        .bind(&turn.program)
        .bind(turn.due_at)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

/// Notes that no probe is due from now on, so that the time until the next one counts as nothing.
pub async fn switch_off(ctx: &mut Ctx, program: &ProgramId) -> Result<()> {
    sql("INSERT INTO probe (program, due_at, every_ms)
         SELECT $1, $2, 0 WHERE EXISTS (SELECT 1 FROM probe p WHERE p.program = $1 AND p.every_ms > 0
             AND p.due_at = (SELECT MAX(q.due_at) FROM probe q WHERE q.program = $1 AND q.due_at < $2))
         ON CONFLICT (program, due_at) DO NOTHING")
    .bind(program)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// How many probes passed of those that were due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uptime {
    pub passed: i64,
    pub due: i64,
    /// When the first of them was due.
    pub since: Timestamp,
}

/// From this moment until now; `None` if none was due. One that still runs does not count yet.
pub async fn uptime(ctx: &mut Ctx, program: &ProgramId, from: Timestamp) -> Result<Option<Uptime>> {
    // The last one before, because those that it was to be followed by may be missing.
    let first = sql("SELECT COALESCE((SELECT MAX(due_at) FROM probe WHERE program = $1 AND due_at < $2), $2)");
    let (first,): (Timestamp,) = first.bind(program).bind(from).fetch_one(&mut ctx.tx).await?;
    // Of each row that another follows: how many were due from it, or from the beginning on, until the other. Where the interval
    // changed in between, the rest of an interval is none.
    let query =
        sql("SELECT CAST(COALESCE(SUM(CASE WHEN due_at >= $3 AND outcome = 'passed' THEN 1 ELSE 0 END), 0) AS BIGINT),
             CAST(COALESCE(SUM(CASE WHEN every_ms = 0 THEN 0
                 WHEN due_at < $3 THEN (next_at - $3) / every_ms
                 WHEN next_at - due_at < every_ms THEN 1
                 ELSE (next_at - due_at) / every_ms END), 0) AS BIGINT)
         FROM (SELECT due_at, every_ms, outcome, LEAD(due_at) OVER (ORDER BY due_at) AS next_at
               FROM probe WHERE program = $1 AND due_at >= $2 AND due_at <= $4) rows WHERE next_at IS NOT NULL");
    let query = query.bind(program).bind(first).bind(from).bind(ctx.now);
    let (mut passed, mut due): (i64, i64) = query.fetch_one(&mut ctx.tx).await?;
    let Some(last) = last(ctx, program).await? else { return Ok(None) };
    let (after, own) = since_last(&last, from, ctx.now);
    due += after + i64::from(own);
    passed += i64::from(own && last.outcome == Some(Outcome::Passed));
    let begun = sql("SELECT MIN(due_at) FROM probe WHERE program = $1 AND due_at >= $2 AND every_ms > 0");
    let (begun,): (Option<Timestamp>,) = begun.bind(program).bind(first).fetch_one(&mut ctx.tx).await?;
    let since = begun.map_or(from, |begun| begun.max(from));
    Ok((0 < due).then_some(Uptime { passed, due, since }))
}

/// How many were missed after the last row, and whether the row itself counts.
fn since_last(last: &Probe, from: Timestamp, now: Timestamp) -> (i64, bool) {
    let every = milliseconds(last.every);
    if every == 0 {
        return (0, false);
    }
    let since = |later: Timestamp| milliseconds(later.duration_since(last.due_at)).max(0);
    // Those whose time is over: the next is due already.
    let over = (since(now) / every - 1).max(0);
    let before = (since(from).saturating_sub(1) / every).max(0);
    ((over - before).max(0), from <= last.due_at && last.is_over(now))
}

/// The newest row of the program, if there is any.
pub async fn last(ctx: &mut Ctx, program: &ProgramId) -> Result<Option<Probe>> {
    let mut query = sql(SELECT);
    query.push(" WHERE program = ").push_bind(program).push(" AND due_at <= ").push_bind(ctx.now);
    query.push(" ORDER BY due_at DESC").push_limit(1);
    query.fetch_optional(&mut ctx.tx).await
}

/// The newest probe of the program that failed since then, if one did: one that ended so, or that never ended.
pub async fn last_failed(ctx: &mut Ctx, program: &ProgramId, since: Timestamp) -> Result<Option<Probe>> {
    let mut query = sql(SELECT);
    // From the newest row back: a page that is rarely opened needs no index for this, and SQLite would not use one.
    query.push(" WHERE COALESCE(outcome, '') <> 'passed' AND program = ").push_bind(program);
    query.push(" AND due_at >= ").push_bind(since);
    query.push(" AND every_ms > 0 AND (outcome IS NOT NULL OR due_at + every_ms <= ");
    query.push_bind(ctx.now).push(") ORDER BY due_at DESC").push_limit(1);
    query.fetch_optional(&mut ctx.tx).await
}

const SELECT: &str = "SELECT program, due_at, every_ms, outcome, step, reason, took_ms FROM probe";

/// Deletes some of what is older than [`KEPT`]; returns how many rows. Of each program it keeps the newest of these, from which
/// the uptime knows what should have followed.
pub(crate) async fn purge(ctx: &mut Ctx) -> Result<u64> {
    sql("DELETE FROM probe WHERE (program, due_at) IN
             (SELECT p.program, p.due_at FROM probe p WHERE p.due_at < $1
              AND p.due_at < (SELECT MAX(q.due_at) FROM probe q WHERE q.program = p.program AND q.due_at < $1)
              LIMIT 0 + $2)")
    .bind(ctx.now - KEPT)
    .bind(BATCH)
    .execute(&mut ctx.tx)
    .await
}

fn milliseconds(time: SignedDuration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

impl FromRow for Probe {
    fn from_row(row: &Row) -> Result<Self> {
        let took: Option<i64> = row.get(6)?;
        Ok(Self {
            program: row.get(0)?,
            due_at: row.get(1)?,
            every: SignedDuration::from_millis(row.get(2)?),
            outcome: row.word_optional(3)?,
            step: row.word_optional(4)?,
            reason: row.get(5)?,
            took: took.map(SignedDuration::from_millis),
        })
    }
}
