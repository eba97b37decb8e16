//! The audit log: rows are added in the transaction of their event, are never changed, and can be checked one by one.
//!
//! Appending locks the newest row until the transaction ends, so transactions that record run one after another on
//! PostgreSQL too. Record last, just before the commit; and record what people and apps decide (portals, consent,
//! grants, credentials), never single API calls: those are counted by [`crate::access`].
//!
//! What the chain proves: no row was changed, removed, or inserted between others ([`crate::verify`]). A person who can rewrite the whole
//! database can also rewrite every hash. So exports carry [`head`], and a copy of it in another place proves the rest.

use jiff::Timestamp;
use model::id::AuditId;
use store::{Ctx, Query, Result, sql};

use crate::{
    action::Action,
    chain,
    entry::{COLUMNS, Entry, Stored},
    event::{Actor, Event},
};

/// Adds the event to the log. It leaves out what the server's own probe does in a sandbox: no person decided it, and it would add
/// hundreds of rows a day. Its results have a table of their own.
pub async fn record(ctx: &mut Ctx, event: &Event) -> Result<()> {
    if event.actor.is_probe() {
        return Ok(());
    }
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
        action: event.action.as_str().to_owned(),
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

/// The rows that the filter lets through, newest first. Each combination of actor, action and subject has an index that ends with
/// the time, so every page costs what it shows.
pub async fn list(ctx: &mut Ctx, filter: &Filter, page: Page) -> Result<Vec<Entry>> {
    let before = match page.before {
        None => None,
        Some(sequence) => {
            let found: Option<(Timestamp,)> =
                sql("SELECT at FROM audit WHERE sequence = $1").bind(sequence).fetch_optional(&mut ctx.tx).await?;
            found.map(|(at,)| (at, sequence))
        }
    };
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(" FROM ");
    let words = filter.action.as_deref().map(words).unwrap_or_default();
    // Each word of a kind by its own part of an index: together they are read at most `limit` times as many rows as words.
    if 1 < words.len() {
        for (place, word) in words.iter().enumerate() {
            query.push(if place == 0 { "(" } else { " UNION ALL " }).push("SELECT * FROM (SELECT * FROM audit");
            push_conditions(&mut query, filter, Some(word), before);
            query.push(" ORDER BY at DESC, sequence DESC").push_limit(page.limit.into());
            query.push(") AS part");
        }
        query.push(") AS whole");
    } else {
        query.push("audit");
        push_conditions(&mut query, filter, words.first().copied(), before);
    }
    query.push(" ORDER BY at DESC, sequence DESC").push_limit(page.limit.into());
    query.fetch_all(&mut ctx.tx).await
}

/// The actions of a filter: those of a kind, or the only one.
fn words(action: &str) -> Vec<&str> {
    let Some(kind) = action.strip_suffix('.') else { return vec![action] };
    let known: Vec<&str> =
        Action::ALL.iter().filter(|action| action.kind() == kind).map(|action| action.as_str()).collect();
    // A kind that this version does not know has no rows that it could name.
    if known.is_empty() { vec![action] } else { known }
}

fn push_conditions(query: &mut Query, filter: &Filter, action: Option<&str>, before: Option<(Timestamp, i64)>) {
    // The first condition is always true, so that every other begins with AND.
    query.push(" WHERE 1 = 1");
    let (mut columns, mut values) = (Vec::new(), Vec::new());
    if let Some(action) = action {
        columns.push("action");
        values.push(action.to_owned());
    }
    if let Some(actor) = &filter.actor {
        let (kind, id) = actor.columns();
        columns.push("actor_kind || ':' || COALESCE(actor_id, '')");
        values.push(format!("{kind}:{}", id.unwrap_or_default()));
    }
    // Last, because only an id of a thing may contain a space.
    if let Some((kind, id)) = &filter.subject {
        columns.push("subject_kind || ':' || subject_id");
        values.push(format!("{kind}:{id}"));
    }
    // One expression, of which there is one index: SQLite would otherwise choose any of those that begin with a part of it.
    if !columns.is_empty() {
        query.push(" AND ").push(&columns.join(" || ' ' || ")).push(" = ").push_bind(values.join(" "));
    }
    if let Some(since) = filter.since {
        query.push(" AND at >= ").push_bind(since);
    }
    if let Some(until) = filter.until {
        query.push(" AND at < ").push_bind(until);
    }
    if let Some((at, sequence)) = before {
        query.push(" AND (at, sequence) < (").push_bind(at).push(", ").push_bind(sequence).push(")");
    }
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
