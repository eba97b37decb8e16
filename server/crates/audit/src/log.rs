//! The audit log: rows are added in the transaction of their event, are never changed, and can be checked one by one.
//!
//! Appending locks the newest row until the transaction ends, so transactions that record run one after another on
//! PostgreSQL too. Record last, just before the commit; and record what people and apps decide (portals, consent,
//! grants, credentials), never single API calls: those are counted by [`crate::access`].
//!
//! What the chain proves: no row was changed, removed, or inserted between others. A person who can rewrite the whole
//! database can also rewrite every hash. So exports carry [`head`], and a copy of it in another place proves the rest.

use jiff::Timestamp;
use model::{id::AuditId, partition::Partition};
use store::{Ctx, Result, sql};

use crate::{
    chain,
    entry::{COLUMNS, Entry, Stored},
    event::{Actor, Event},
};

/// Adds the event to the log.
pub async fn record(ctx: &mut Ctx, event: &Event) -> Result<()> {
    append(ctx, event).await.map(|_| ())
}

/// The same; returns the row's id.
pub(crate) async fn append(ctx: &mut Ctx, event: &Event) -> Result<String> {
    let (sequence, previous): (i64, String) =
        sql("UPDATE audit_head SET sequence = sequence + 1 WHERE id = 1 RETURNING sequence, hash")
            .fetch_one(&mut ctx.tx)
            .await?;
    let mut row = stored(ctx, event, sequence);
    row.hash = chain::hash(&previous, &row);
    insert(ctx, &row).await?;
    sql("UPDATE audit_head SET hash = $1 WHERE id = 1").bind(&row.hash).execute(&mut ctx.tx).await?;
    Ok(row.id)
}

fn stored(ctx: &Ctx, event: &Event, sequence: i64) -> Stored {
    let (actor_kind, actor_id) = event.actor.columns();
    Stored {
        sequence,
        id: ctx.random_id(),
        at: ctx.now,
        actor_kind: actor_kind.to_owned(),
        actor_id: actor_id.map(str::to_owned),
        action: event.action.to_owned(),
        subject_kind: event.subject_kind.to_owned(),
        subject_id: event.subject_id.clone(),
        program: event.partition.as_ref().map(|partition| partition.program.as_str().to_owned()),
        environment: event.partition.as_ref().map(|partition| partition.environment.as_str().to_owned()),
        detail: serde_json::Value::Object(event.detail.clone()).to_string(),
        hash: String::new(),
    }
}

async fn insert(ctx: &mut Ctx, row: &Stored) -> Result<()> {
    sql("INSERT INTO audit (sequence, id, at, actor_kind, actor_id, action, subject_kind, subject_id, program, environment, detail, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(row.sequence)
    .bind(&row.id)
    .bind(row.at)
    .bind(&row.actor_kind)
    .bind(row.actor_id.clone())
    .bind(&row.action)
    .bind(&row.subject_kind)
    .bind(&row.subject_id)
    .bind(row.program.clone())
    .bind(row.environment.clone())
    .bind(&row.detail)
    .bind(&row.hash)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// Which rows; what is `None` does not matter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub actor: Option<Actor>,
    /// `organization.` finds all that was done to organizations, `organization.approved` that alone.
    pub action: Option<String>,
    /// Kind and id.
    pub subject: Option<(String, String)>,
    pub partition: Option<Partition>,
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

/// Which part of them: newest first.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Rows before this one; the last [`Entry::sequence`] of the page before.
    pub before: Option<i64>,
    pub limit: u32,
}

/// The rows that the filter lets through, newest first.
pub async fn list(ctx: &mut Ctx, filter: &Filter, page: Page) -> Result<Vec<Entry>> {
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(" FROM audit WHERE sequence < ").push_bind(page.before.unwrap_or(i64::MAX));
    if let Some(actor) = &filter.actor {
        let (kind, id) = actor.columns();
        query.push(" AND actor_kind = ").push_bind(kind);
        if let Some(id) = id {
            query.push(" AND actor_id = ").push_bind(id);
        }
    }
    match filter.action.as_deref() {
        None => {}
        // Not a range: in PostgreSQL the order of text depends on the locale.
        Some(prefix) if prefix.ends_with('.') => {
            query.push(" AND substr(action, 1, length(").push_bind(prefix).push(")) = ").push_bind(prefix);
        }
        Some(action) => {
            query.push(" AND action = ").push_bind(action);
        }
    }
    if let Some((kind, id)) = &filter.subject {
        query.push(" AND subject_kind = ").push_bind(kind).push(" AND subject_id = ").push_bind(id);
    }
    if let Some(partition) = &filter.partition {
        query.push(" AND program = ").push_bind(&partition.program);
        query.push(" AND environment = ").push_bind(partition.environment);
    }
    if let Some(since) = filter.since {
        query.push(" AND at >= ").push_bind(since);
    }
    if let Some(until) = filter.until {
        query.push(" AND at < ").push_bind(until);
    }
    query.push(" ORDER BY sequence DESC").push_limit(page.limit.into());
    query.fetch_all(&mut ctx.tx).await
}

/// One row, if it is there.
pub async fn find(ctx: &mut Ctx, id: &AuditId) -> Result<Option<Entry>> {
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(" FROM audit WHERE id = ").push_bind(id);
    query.fetch_optional(&mut ctx.tx).await
}

/// The newest row's place and hash: 0 and empty in an empty log. Kept elsewhere, it proves every row up to it.
pub async fn head(ctx: &mut Ctx) -> Result<(i64, String)> {
    sql("SELECT sequence, hash FROM audit_head WHERE id = 1").fetch_one(&mut ctx.tx).await
}

/// What checking found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is as it was written.
    Intact { rows: i64, head: String },
    /// The first row that was changed, or is missing, or follows one that is.
    Broken { sequence: i64 },
}

/// Recomputes every hash, in one pass over the log and without holding it in memory.
pub async fn verify(ctx: &mut Ctx) -> Result<Verdict> {
    let (head_sequence, head_hash) = head(ctx).await?;
    let (mut rows, mut previous, mut broken) = (0, String::new(), None);
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(" FROM audit WHERE sequence <= ").push_bind(head_sequence).push(" ORDER BY sequence");
    query
        .for_each(&mut ctx.tx, |row: Stored| {
            rows += 1;
            if broken.is_none() && (row.sequence != rows || row.hash != chain::hash(&previous, &row)) {
                broken = Some(rows);
            }
            previous = row.hash;
            Ok(())
        })
        .await?;
    if broken.is_none() && (rows != head_sequence || previous != head_hash) {
        broken = Some(rows + 1);
    }
    Ok(match broken {
        Some(sequence) => Verdict::Broken { sequence },
        None => Verdict::Intact { rows, head: previous },
    })
}
