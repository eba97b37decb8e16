//! Traces of attacks: wrong passwords and codes, stolen codes and tokens, other people's ids. The attacker decides how many
//! there are. So a worker adds them up in memory and writes them every few moments: one row of the log for each attacker and
//! victim every ten minutes, and at most [`MOST_ROWS`] of a kind in an hour. Attempts without a row are counted.
//!
//! The log is kept for ever and cannot be changed, so addresses are stored beside it and wiped after [`ADDRESSES`].

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use model::id::{AccountId, AuditId, ClientId};
use store::{Ctx, Result, Store, sql};

use crate::{
    action::Action,
    event::{Actor, Event},
    log,
};

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    PasswordWrong,
    /// A second factor.
    CodeWrong,
    /// Refused unseen, because too many attempts came before it.
    SlowedDown,
    ClientRefused,
    AuthorizationCodeReused,
    RefreshTokenReused,
    /// A person claims to be a member and does not know what is on the card, or the code that was sent.
    CardWrong,
    IdNotTheirs,
    RoleRefused,
    /// Callers cannot be distinguished, because the settings do not name a proxy that is in front of us.
    AddressUnknown,
}

impl Kind {
    const ALL: [Self; 10] = [
        Self::PasswordWrong,
        Self::CodeWrong,
        Self::SlowedDown,
        Self::ClientRefused,
        Self::AuthorizationCodeReused,
        Self::RefreshTokenReused,
        Self::CardWrong,
        Self::IdNotTheirs,
        Self::RoleRefused,
        Self::AddressUnknown,
    ];

    /// The log's word for it.
    pub fn action(self) -> Action {
        match self {
            Self::PasswordWrong => Action::SecurityPasswordWrong,
            Self::CodeWrong => Action::SecurityCodeWrong,
            Self::SlowedDown => Action::SecuritySlowedDown,
            Self::ClientRefused => Action::SecurityClientRefused,
            Self::AuthorizationCodeReused => Action::SecurityAuthorizationCodeReused,
            Self::RefreshTokenReused => Action::SecurityRefreshTokenReused,
            Self::CardWrong => Action::SecurityCardWrong,
            Self::IdNotTheirs => Action::SecurityIdNotTheirs,
            Self::RoleRefused => Action::SecurityRoleRefused,
            Self::AddressUnknown => Action::SecurityAddressUnknown,
        }
    }
}

/// One attempt. Nothing that was typed belongs in it: a password may have been typed as a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Trace {
    kind: Kind,
    by: By,
    /// Kind and id of what it was aimed at.
    subject: (&'static str, String),
    address: Option<IpAddr>,
}

/// Who tried, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum By {
    Unknown,
    Account(AccountId),
    Client(ClientId),
}

impl Trace {
    /// Aimed at this thing; `id` is empty where it does not exist.
    pub fn of(kind: Kind, subject_kind: &'static str, id: &str) -> Self {
        let id = if id.is_empty() { "unknown" } else { id };
        Self { kind, by: By::Unknown, subject: (subject_kind, id.to_owned()), address: None }
    }

    #[must_use]
    pub fn by_account(mut self, account: &AccountId) -> Self {
        self.by = By::Account(account.clone());
        self
    }

    #[must_use]
    pub fn by_client(mut self, client: &ClientId) -> Self {
        self.by = By::Client(client.clone());
        self
    }

    #[must_use]
    pub fn at(mut self, address: Option<IpAddr>) -> Self {
        self.address = address.map(|address| address.to_canonical());
        self
    }

    fn event(&self, row: &Row) -> Event {
        let actor = match &self.by {
            By::Unknown => Actor::System,
            By::Account(id) => Actor::Account(id.clone()),
            By::Client(id) => Actor::Client(id.clone()),
        };
        let (kind, id) = &self.subject;
        let event = Event::new(actor, self.kind.action(), kind, id).with("times", row.times);
        if row.is_last { event.with("more", "counted only until the hour ends") } else { event }
    }
}

/// Rows of a kind in an hour.
pub const MOST_ROWS: u32 = 60;
/// The shortest time between two rows of the same attacker and victim.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);
/// Pairs of attacker and victim of one kind that are kept apart at a time, so that a flood of one kind cannot hide another.
const MOST_TRACES: usize = 200;
/// How long the address of an attack is kept.
pub const ADDRESSES: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long the counts are kept.
const COUNTS: SignedDuration = SignedDuration::from_hours(400 * 24);
const HOUR_IN_SECONDS: i64 = 3600;

/// Takes note of attacks. Cheap to clone; all clones share their notes.
#[derive(Clone, Default)]
pub struct Watch(Arc<Mutex<Notes>>);

#[derive(Default)]
struct Notes {
    traces: HashMap<Kind, HashMap<Trace, Tally>>,
    /// Since they were last written.
    counts: HashMap<Kind, i64>,
    hour: i64,
    /// Rows in this hour.
    rows: HashMap<Kind, u32>,
}

#[derive(Default)]
struct Tally {
    waiting: i64,
    written_at: Option<Timestamp>,
}

/// A row of the log that is due.
struct Row {
    trace: Trace,
    times: i64,
    /// Of its kind in this hour.
    is_last: bool,
}

impl Watch {
    /// Costs a lookup in memory.
    pub fn note(&self, trace: Trace) {
        let mut notes = self.notes();
        *notes.counts.entry(trace.kind).or_default() += 1;
        let traces = notes.traces.entry(trace.kind).or_default();
        if traces.len() < MOST_TRACES || traces.contains_key(&trace) {
            traces.entry(trace).or_default().waiting += 1;
        }
    }

    /// Writes what was noted since the last time, to the log and to the process's own. What cannot be written is kept for
    /// the next time.
    pub async fn flush(&self, store: &Store) -> Result<()> {
        let (rows, counts) = self.notes().take(store.now());
        if counts.is_empty() && rows.is_empty() {
            return Ok(());
        }
        let written = write(store, &rows, &counts).await;
        match &written {
            Ok(()) => announce(&rows, &counts),
            Err(_) => self.notes().put_back(rows, &counts),
        }
        written
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Notes {
    fn take(&mut self, now: Timestamp) -> (Vec<Row>, Vec<(Kind, i64)>) {
        let hour = hour(now);
        if self.hour != hour {
            self.hour = hour;
            self.rows.clear();
        }
        let is_due = |tally: &Tally| tally.written_at.is_none_or(|at| at + AGAIN <= now);
        self.traces.values_mut().for_each(|traces| traces.retain(|_, tally| 0 < tally.waiting || !is_due(tally)));
        let all = self.traces.values_mut().flatten();
        let mut due: Vec<_> = all.filter(|(_, tally)| 0 < tally.waiting && is_due(tally)).collect();
        due.sort_by_key(|(_, tally)| -tally.waiting);
        let mut rows = Vec::new();
        for (trace, tally) in due {
            let times = std::mem::take(&mut tally.waiting);
            tally.written_at = Some(now);
            let written = self.rows.entry(trace.kind).or_default();
            if *written < MOST_ROWS {
                *written += 1;
                rows.push(Row { trace: trace.clone(), times, is_last: *written == MOST_ROWS });
            }
        }
        // In one order, so that two nodes that write the same rows do not wait for each other.
        let counts = Kind::ALL.into_iter().filter_map(|kind| Some((kind, self.counts.remove(&kind)?))).collect();
        (rows, counts)
    }

    fn put_back(&mut self, rows: Vec<Row>, counts: &[(Kind, i64)]) {
        for Row { trace, times, .. } in rows {
            let written = self.rows.entry(trace.kind).or_default();
            *written = written.saturating_sub(1);
            let tally = self.traces.entry(trace.kind).or_default().entry(trace).or_default();
            tally.waiting += times;
            tally.written_at = None;
        }
        for (kind, count) in counts {
            *self.counts.entry(*kind).or_default() += count;
        }
    }
}

fn hour(at: Timestamp) -> i64 {
    at.as_second().div_euclid(HOUR_IN_SECONDS)
}

async fn write(store: &Store, rows: &[Row], counts: &[(Kind, i64)]) -> Result<()> {
    let mut ctx = store.write().await?;
    let hour = hour(ctx.now) * HOUR_IN_SECONDS * 1000;
    for (kind, count) in counts {
        sql("INSERT INTO security_count (action, hour_at, seen) VALUES ($1, $2, $3)
             ON CONFLICT (action, hour_at) DO UPDATE SET seen = security_count.seen + excluded.seen")
        .bind(kind.action().as_str())
        .bind(hour)
        .bind(*count)
        .execute(&mut ctx.tx)
        .await?;
    }
    for row in rows {
        let id = log::append(&mut ctx, &row.trace.event(row)).await?;
        if let Some(address) = row.trace.address {
            sql("INSERT INTO security_address (audit_id, address, noted_at) VALUES ($1, $2, $3)")
                .bind(id)
                .bind(address.to_string())
                .bind(ctx.now)
                .execute(&mut ctx.tx)
                .await?;
        }
    }
    ctx.commit().await
}

/// For operators who watch the process's log. Without addresses, because they would never be wiped there.
fn announce(rows: &[Row], counts: &[(Kind, i64)]) {
    for Row { trace, times, .. } in rows {
        let (kind, id) = &trace.subject;
        tracing::warn!(target: "security", action = trace.kind.action().as_str(), subject = kind, id, times, "an attack, or a mistake");
    }
    for (kind, count) in counts {
        tracing::info!(target: "security", action = kind.action().as_str(), count, "counted");
    }
}

/// How often each kind was seen in each hour since then, the newest hour first.
pub async fn counts(ctx: &mut Ctx, since: Timestamp) -> Result<Vec<(Timestamp, String, i64)>> {
    sql("SELECT hour_at, action, seen FROM security_count WHERE $1 < hour_at + 3600000 ORDER BY hour_at DESC, action")
        .bind(since)
        .fetch_all(&mut ctx.tx)
        .await
}

/// Where these events came from, as far as it is still known.
pub async fn addresses(ctx: &mut Ctx, events: &[AuditId]) -> Result<HashMap<AuditId, String>> {
    if events.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = sql("SELECT audit_id, address FROM security_address WHERE audit_id IN (");
    for (place, event) in events.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " }).push_bind(event);
    }
    query.push(")");
    Ok(query.fetch_all(&mut ctx.tx).await?.into_iter().collect())
}

/// Wipes old addresses and counts; returns how many rows. Short: call again while it returns more than 0.
pub async fn purge(ctx: &mut Ctx) -> Result<u64> {
    let addresses = sql("DELETE FROM security_address WHERE audit_id IN
         (SELECT audit_id FROM security_address WHERE noted_at <= $1 LIMIT 2000)")
    .bind(ctx.now - ADDRESSES)
    .execute(&mut ctx.tx)
    .await?;
    let counts =
        sql("DELETE FROM security_count WHERE hour_at <= $1").bind(ctx.now - COUNTS).execute(&mut ctx.tx).await?;
    Ok(addresses + counts)
}
