//! Which app read what kind of data, and when: for the member. A worker adds up calls in memory and writes them every few
//! moments, one row for each grant, resource type, and hour. A crash loses those moments at most; an orderly shutdown loses
//! nothing.
//!
//! A grant belongs to one program and environment: callers have already found the grant within them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use model::id::GrantId;
use store::{Ctx, FromRow, Part, Query, Result, Row, Store, sql};

/// Takes note of calls. Cheap to clone; all clones share their notes.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Notes>>);

type Notes = HashMap<Key, Count>;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    grant: GrantId,
    resource_type: Arc<str>,
    hour: i64,
}

#[derive(Clone, Copy)]
struct Count {
    reads: i64,
    first: Timestamp,
    last: Timestamp,
}

const HOUR_IN_SECONDS: i64 = 3600;
/// Rows of one transaction, so that other writers of SQLite need not wait long.
const BATCH: usize = 500;

impl Recorder {
    /// One successful call that gave out this kind of data. Costs a lookup in memory.
    pub fn record(&self, grant: &GrantId, resource_type: &Arc<str>, at: Timestamp) {
        let hour = at.as_second().div_euclid(HOUR_IN_SECONDS);
        let key = Key { grant: grant.clone(), resource_type: resource_type.clone(), hour };
        add(&mut self.notes(), key, Count { reads: 1, first: at, last: at });
    }

    /// Writes what was noted since the last time. What cannot be written is kept for the next.
    pub async fn flush(&self, store: &Store) -> Result<()> {
        let mut waiting: Vec<(Key, Count)> = std::mem::take(&mut *self.notes()).into_iter().collect();
        // In one order, so that two nodes that write the same rows do not wait for each other.
        waiting.sort_unstable_by(|(a, _), (b, _)| {
            (&a.grant, a.hour, &a.resource_type).cmp(&(&b.grant, b.hour, &b.resource_type))
        });
        let mut written = 0;
        let mut result = Ok(());
        for batch in waiting.chunks(BATCH) {
            result = write(store, batch).await;
            if result.is_err() {
                break;
            }
            written += batch.len();
        }
        let mut notes = self.notes();
        for (key, count) in waiting.drain(written..) {
            add(&mut notes, key, count);
        }
        result
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn add(notes: &mut Notes, key: Key, count: Count) {
    let sum = notes.entry(key).or_insert(Count { reads: 0, ..count });
    sum.reads += count.reads;
    sum.first = sum.first.min(count.first);
    sum.last = sum.last.max(count.last);
}

async fn write(store: &Store, batch: &[(Key, Count)]) -> Result<()> {
    let mut ctx = store.write().await?;
    for (key, count) in batch {
        sql("INSERT INTO access (grant_id, hour_at, resource_type, reads, first_at, last_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (grant_id, hour_at, resource_type) DO UPDATE SET
                 reads = access.reads + excluded.reads,
                 first_at = CASE WHEN excluded.first_at < access.first_at THEN excluded.first_at ELSE access.first_at END,
                 last_at = CASE WHEN access.last_at < excluded.last_at THEN excluded.last_at ELSE access.last_at END")
        .bind(&key.grant)
        .bind(key.hour * HOUR_IN_SECONDS * 1000)
        .bind(&*key.resource_type)
        .bind(count.reads)
        .bind(count.first)
        .bind(count.last)
        .execute(&mut ctx.tx)
        .await?;
    }
    ctx.commit().await
}

/// When each of the grants was last used; those never used are left out. Reads one entry of the index for each grant, however long
/// their histories are.
pub async fn last_access(ctx: &mut Ctx, grants: &[GrantId]) -> Result<HashMap<GrantId, Timestamp>> {
    if grants.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = sql("SELECT g.column1, (SELECT a.last_at FROM access a WHERE a.grant_id = g.column1
         ORDER BY a.hour_at DESC, a.last_at DESC LIMIT 1) FROM ");
    push_list(&mut query, grants);
    let found: Vec<(GrantId, Option<Timestamp>)> = query.fetch_all(&mut ctx.tx).await?;
    Ok(found.into_iter().filter_map(|(grant, at)| Some((grant, at?))).collect())
}

/// What one grant read of one kind of data within one hour: a row of the history over several apps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hour {
    pub grant: GrantId,
    /// The start of the hour.
    pub at: Timestamp,
    pub resource_type: String,
    pub reads: i64,
}

/// The hours from `from` on and before `to`, the newest first.
pub async fn hours(ctx: &mut Ctx, grants: &[GrantId], from: Timestamp, to: Timestamp) -> Result<Vec<Hour>> {
    if grants.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sql("SELECT grant_id, hour_at, resource_type, reads FROM access");
    push_grants(&mut query, grants);
    query.push(" AND hour_at >= ").push_bind(from).push(" AND hour_at < ").push_bind(to);
    query.push(" ORDER BY hour_at DESC, grant_id, resource_type");
    query.fetch_all(&mut ctx.tx).await
}

/// The start of the newest hour before this time in which any of the grants was used.
pub async fn newest_before(ctx: &mut Ctx, grants: &[GrantId], before: Timestamp) -> Result<Option<Timestamp>> {
    end_of_history(ctx, grants, "MAX", "<", before).await
}

/// The start of the oldest hour from this time on in which any of the grants was used.
pub async fn oldest_since(ctx: &mut Ctx, grants: &[GrantId], since: Timestamp) -> Result<Option<Timestamp>> {
    end_of_history(ctx, grants, "MIN", ">=", since).await
}

/// Asks the index once for each grant, because its first column is the grant.
async fn end_of_history(
    ctx: &mut Ctx,
    grants: &[GrantId],
    which: &str,
    compare: &str,
    with: Timestamp,
) -> Result<Option<Timestamp>> {
    if grants.is_empty() {
        return Ok(None);
    }
    let mut query = sql("SELECT ");
    query.push(which).push("((SELECT ").push(which);
    query.push("(a.hour_at) FROM access a WHERE a.grant_id = g.column1 AND a.hour_at ");
    query.push(compare).push(" ").push_bind(with).push(")) FROM ");
    push_list(&mut query, grants);
    let (at,): (Option<Timestamp>,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(at)
}

/// What was read by a grant within one hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    pub resource_type: String,
    pub reads: i64,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
}

/// These of the rows that say what was read by any of the grants, newest first.
pub async fn history(ctx: &mut Ctx, grants: &[GrantId], part: Part) -> Result<Vec<Access>> {
    if grants.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sql("SELECT resource_type, reads, first_at, last_at FROM access");
    push_grants(&mut query, grants);
    query.push(" ORDER BY hour_at DESC, last_at DESC, resource_type, grant_id").push_part(part);
    query.fetch_all(&mut ctx.tx).await
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, grants: &[GrantId]) -> Result<usize> {
    if grants.is_empty() {
        return Ok(0);
    }
    let mut query = sql("SELECT COUNT(*) FROM access");
    push_grants(&mut query, grants);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// The grants as the rows of `g`, whose only column both databases call `column1`.
fn push_list(query: &mut Query, grants: &[GrantId]) {
    query.push("(VALUES ");
    for (place, grant) in grants.iter().enumerate() {
        query.push(if place == 0 { "(" } else { ", (" }).push_bind(grant).push(")");
    }
    query.push(") AS g");
}

fn push_grants(query: &mut Query, grants: &[GrantId]) {
    query.push(" WHERE grant_id IN (");
    for (place, grant) in grants.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " }).push_bind(grant);
    }
    query.push(")");
}

impl FromRow for Access {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { resource_type: row.get(0)?, reads: row.get(1)?, first_at: row.get(2)?, last_at: row.get(3)? })
    }
}

impl FromRow for Hour {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { grant: row.get(0)?, at: row.get(1)?, resource_type: row.get(2)?, reads: row.get(3)? })
    }
}
