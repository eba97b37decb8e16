//! The administrators' queues: which reviews are open, and in which order.

use jiff::{SignedDuration, Timestamp};
use model::{
    decision::ReviewKind,
    id::AccountId,
    partition::{Environment, ProgramId},
};
use store::{Ctx, FromRow, Part, Query, Row, sql};

use super::{Review, SELECT};
use crate::{desks::Reach, error::Result};

/// A queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Of organizations that are not approved yet.
    Organizations,
    /// Of apps that are not approved yet.
    Applications,
    /// Changes of what is approved.
    Changes,
    Appeals,
}

impl Which {
    pub const ALL: [Self; 4] = [Self::Organizations, Self::Applications, Self::Changes, Self::Appeals];

    /// Adds ` AND …` to a statement about `review r`.
    pub(crate) fn push(self, query: &mut Query) {
        query.push(match self {
            Self::Organizations => " AND r.application_id IS NULL AND r.kind = 'registration'",
            Self::Applications => " AND r.application_id IS NOT NULL AND r.kind = 'registration'",
            Self::Changes => " AND r.kind = 'edit'",
            Self::Appeals => " AND r.kind = 'appeal'",
        });
    }
}

/// Which open reviews to list. What is `None` or `false` does not filter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub which: Option<Which>,
    /// Only what the desk reaches.
    pub reach: Reach,
    /// Only of apps of this program.
    pub program: Option<ProgramId>,
    /// Only of apps in this environment.
    pub environment: Option<Environment>,
    /// Only of apps that read members' data.
    pub reads_members: bool,
    pub assigned_to: Option<AccountId>,
    pub unassigned: bool,
    pub overdue: bool,
    /// Only those that have waited longer.
    pub older_than: Option<SignedDuration>,
    pub order: Order,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The one due first first.
    #[default]
    Due,
    /// The newest first.
    Newest,
    /// By the name of the app or organization.
    Name,
}

/// How many reviews each queue has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub organizations: u64,
    pub applications: u64,
    pub changes: u64,
    pub appeals: u64,
}

impl Counts {
    pub fn all(self) -> u64 {
        self.organizations + self.applications + self.changes + self.appeals
    }
}

/// A part of the open reviews.
pub async fn queue(ctx: &mut Ctx, filter: &Filter, part: Part) -> Result<Vec<Review>> {
    let mut query = sql(SELECT);
    filter.push(&mut query, ctx.now);
    let order = match filter.order {
        Order::Due => " ORDER BY r.due_at, r.id",
        Order::Newest => " ORDER BY r.submitted_at DESC, r.id",
        Order::Name => " ORDER BY LOWER(COALESCE(a.name, o.name)), r.id",
    };
    query.push(order).push_part(part);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, filter: &Filter) -> Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM review r LEFT JOIN application a ON a.id = r.application_id");
    filter.push(&mut query, ctx.now);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// How many are open that the desk reaches, in each queue.
pub async fn counts(ctx: &mut Ctx, reach: &Reach) -> Result<Counts> {
    let mut query = sql("SELECT r.kind, r.application_id IS NOT NULL, COUNT(*) FROM review r WHERE r.outcome IS NULL");
    reach.push_review(&mut query);
    query.push(" GROUP BY r.kind, r.application_id IS NOT NULL");
    let mut counts = Counts::default();
    for Counted { kind, of_app, count } in query.fetch_list(&mut ctx.tx).await? {
        let queue = match kind {
            ReviewKind::Edit => &mut counts.changes,
            ReviewKind::Appeal => &mut counts.appeals,
            ReviewKind::Registration | ReviewKind::Unknown if of_app => &mut counts.applications,
            ReviewKind::Registration | ReviewKind::Unknown => &mut counts.organizations,
        };
        *queue += count;
    }
    Ok(counts)
}

impl Filter {
    fn push(&self, query: &mut Query, now: Timestamp) {
        query.push(" WHERE r.outcome IS NULL");
        self.reach.push_review(query);
        if let Some(which) = self.which {
            which.push(query);
        }
        if let Some(program) = &self.program {
            query.push(" AND EXISTS (SELECT 1 FROM application_program p WHERE p.application_id = r.application_id AND p.program = ");
            query.push_bind(program).push(")");
        }
        if let Some(environment) = self.environment {
            query.push(" AND a.environment = ").push_bind(environment);
        }
        if self.reads_members {
            query.push(" AND a.access IN ('patient', 'both')");
        }
        if let Some(account) = &self.assigned_to {
            query.push(" AND r.assigned_to = ").push_bind(account);
        }
        if self.unassigned {
            query.push(" AND r.assigned_to IS NULL");
        }
        if self.overdue {
            query.push(" AND r.due_at < ").push_bind(now);
        }
        if let Some(age) = self.older_than {
            query.push(" AND r.submitted_at < ").push_bind(now - age);
        }
    }
}

struct Counted {
    kind: ReviewKind,
    of_app: bool,
    count: u64,
}

impl FromRow for Counted {
    fn from_row(row: &Row) -> store::Result<Self> {
        let count: i64 = row.get(2)?;
        Ok(Self { kind: row.word(0)?, of_app: row.get(1)?, count: count.unsigned_abs() })
    }
}
