//! What administrators report: how many registrations came, how fast they were decided, and why some were denied.

use jiff::{SignedDuration, Timestamp};
use model::{
    application::Approval,
    id::OrganizationId,
    partition::{Environment, ProgramId},
};
use store::{Ctx, FromRow, Query, Row, sql};

use crate::{error::Result, reviews::Which};

/// From `from` on and before `to`. Only of apps of a program or environment, if one is chosen: an organization belongs to
/// none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub program: Option<ProgramId>,
    pub environment: Option<Environment>,
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Filter {
    fn is_narrow(&self) -> bool {
        self.program.is_some() || self.environment.is_some()
    }
}

/// The reviews of one queue. Times run by the clock on the wall; the deadline itself counts business days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registrations {
    /// Submitted in this time, the owner's changes included.
    pub submitted: i64,
    /// Decided in this time, whenever submitted, as are the next.
    pub decided: i64,
    pub approved: i64,
    pub denied: i64,
    /// Decided after the deadline.
    pub late: i64,
    /// The time that half of the decisions took at most.
    pub median: Option<SignedDuration>,
    /// The time that nine of ten took at most.
    pub ninetieth: Option<SignedDuration>,
    /// Open now, and their deadline has passed.
    pub overdue: i64,
}

pub async fn registrations(ctx: &mut Ctx, which: Which, filter: &Filter) -> Result<Registrations> {
    if which == Which::Organizations && filter.is_narrow() {
        return Ok(Registrations::default());
    }
    let mut submitted = sql("SELECT COUNT(*) FROM review r WHERE r.submitted_at >= ");
    submitted.push_bind(filter.from).push(" AND r.submitted_at < ").push_bind(filter.to);
    of(&mut submitted, which, filter);
    let (submitted,): (i64,) = submitted.fetch_one(&mut ctx.tx).await?;

    let mut overdue = sql("SELECT COUNT(*) FROM review r WHERE r.outcome IS NULL AND r.due_at < ");
    overdue.push_bind(ctx.now);
    of(&mut overdue, which, filter);
    let (overdue,): (i64,) = overdue.fetch_one(&mut ctx.tx).await?;

    let mut decided = sql("SELECT COUNT(*), COUNT(CASE WHEN r.outcome = 'approved' THEN 1 END),
        COUNT(CASE WHEN r.outcome = 'denied' THEN 1 END), COUNT(CASE WHEN r.decided_at > r.due_at THEN 1 END)");
    decisions(&mut decided, which, filter);
    let (decided, approved, denied, late): (i64, i64, i64, i64) = decided.fetch_one(&mut ctx.tx).await?;
    Ok(Registrations {
        submitted,
        decided,
        approved,
        denied,
        late,
        median: quantile(ctx, which, filter, decided, 50).await?,
        ninetieth: quantile(ctx, which, filter, decided, 90).await?,
        overdue,
    })
}

/// The time that this share of the decisions took at most: the nearest rank.
async fn quantile(
    ctx: &mut Ctx,
    which: Which,
    filter: &Filter,
    decided: i64,
    percent: i64,
) -> Result<Option<SignedDuration>> {
    if decided == 0 {
        return Ok(None);
    }
    let rank = (decided * percent + 99) / 100;
    let mut query = sql("SELECT r.decided_at - r.submitted_at");
    decisions(&mut query, which, filter);
    query.push(" ORDER BY 1").push_part(store::Part { from: rank - 1, rows: 1 });
    let found: Option<(i64,)> = query.fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(time,)| SignedDuration::from_millis(time)))
}

/// How often each criterion, by its name, was the reason of a denial, the most frequent first; without a name where none was kept.
pub async fn denials(ctx: &mut Ctx, filter: &Filter) -> Result<Vec<(String, i64)>> {
    let mut query = sql("SELECT COALESCE(k.name, r.criterion, ''), COUNT(*) FROM review r
         LEFT JOIN criterion k ON k.code = r.criterion WHERE r.outcome = 'denied' AND r.decided_at >= ");
    query.push_bind(filter.from).push(" AND r.decided_at < ").push_bind(filter.to);
    narrow(&mut query, filter);
    query.push(" GROUP BY COALESCE(k.name, r.criterion, '') ORDER BY 2 DESC, 1");
    Ok(query.fetch_all(&mut ctx.tx).await?)
}

/// The decisions of this time. A question to the owner or a withdrawal is none.
fn decisions(query: &mut Query, which: Which, filter: &Filter) {
    query.push(" FROM review r WHERE r.outcome IN ('approved', 'denied') AND r.decided_at >= ");
    query.push_bind(filter.from).push(" AND r.decided_at < ").push_bind(filter.to);
    of(query, which, filter);
}

fn of(query: &mut Query, which: Which, filter: &Filter) {
    which.push(query);
    narrow(query, filter);
}

/// Only of the apps of a program or environment, if one is chosen.
fn narrow(query: &mut Query, filter: &Filter) {
    if let Some(program) = &filter.program {
        query.push(" AND EXISTS (SELECT 1 FROM application_program p WHERE p.application_id = r.application_id AND p.program = ");
        query.push_bind(program).push(")");
    }
    if let Some(environment) = filter.environment {
        query.push(" AND EXISTS (SELECT 1 FROM application a WHERE a.id = r.application_id AND a.environment = ");
        query.push_bind(environment).push(")");
    }
}

/// What waits for us of an organization: the app, if it is one, and by when we answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub application: Option<(String, String)>,
    pub submitted_at: Timestamp,
    pub due_at: Timestamp,
}

/// The open reviews of an organization and its apps, the one due first first.
pub async fn waiting(ctx: &mut Ctx, organization: &OrganizationId) -> Result<Vec<Waiting>> {
    let query = sql("SELECT r.application_id, a.name, r.submitted_at, r.due_at
         FROM review r LEFT JOIN application a ON a.id = r.application_id
         WHERE r.organization_id = $1 AND r.outcome IS NULL ORDER BY r.due_at, r.id");
    Ok(query.bind(organization).fetch_list(&mut ctx.tx).await?)
}

/// A change of something approved that its owner must look at: the reviewer asked something, or denied it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Its id and its name; `None` for the organization itself.
    pub application: Option<(String, String)>,
    pub state: Approval,
}

/// Such changes of an organization, and of its apps.
pub async fn returned(ctx: &mut Ctx, organization: &OrganizationId) -> Result<Vec<Returned>> {
    let query = sql("SELECT e.application_id, a.name, e.state FROM waiting_edit e
         LEFT JOIN application a ON a.id = e.application_id
         WHERE e.organization_id = $1 AND COALESCE(a.standing, '') <> 'deleted' AND e.state IN ('information_asked', 'denied')
         ORDER BY COALESCE(a.created_at, 0), a.id");
    Ok(query.bind(organization).fetch_list(&mut ctx.tx).await?)
}

impl FromRow for Returned {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (id, name): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
        Ok(Self { application: id.zip(name), state: row.word(2)? })
    }
}

impl FromRow for Waiting {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (id, name): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
        Ok(Self { application: id.zip(name), submitted_at: row.get(2)?, due_at: row.get(3)? })
    }
}
