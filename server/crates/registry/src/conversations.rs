//! Whose turn it is in the conversation about an organization, an app or a ticket, and by when. What was said is the subject's
//! [history].

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use model::{
    history::{Action, Side},
    id::{AccountId, ApplicationId, OrganizationId, TicketId},
    partition::{Environment, ProgramId},
    team::Act,
    text::Paragraph,
};
use store::{Ctx, FromRow, Part, Query, Row, sql};

use crate::{
    Registry, applications,
    attachments::Upload,
    clock,
    desks::Reach,
    error::{Error, Result},
    history::{self, Change},
    notices,
    outages::Pauses,
    reviews::rounds,
    subject::Subject,
    team::{self, Member},
};

/// How long we wait for a vendor's answer to a question. After that, a reviewer may close the round.
pub const ANSWER_WITHIN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A conversation in an inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    pub subject: Subject,
    pub organization_name: String,
    /// Of the app, or of the app that a ticket is about.
    pub application_name: Option<String>,
    /// Of an app or a ticket.
    pub environment: Option<Environment>,
    /// What a ticket is about.
    pub title: Option<String>,
    pub turn: Turn,
    pub last_at: Timestamp,
}

/// Who owes an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// `None`: neither.
    pub side: Option<Side>,
    /// Since when it has been so.
    pub since: Timestamp,
    /// By when we answer; or until when we wait for the vendor.
    pub due_at: Option<Timestamp>,
}

/// Which conversations to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only those of this organization.
    pub organization: Option<OrganizationId>,
    /// Only what the desk reaches.
    pub reach: Reach,
    /// Only those in which this side owes an answer.
    pub turn: Option<Side>,
    /// Only those whose time has passed.
    pub overdue: bool,
    /// Only about organizations and apps of which nothing is under review.
    pub beside_reviews: bool,
}

/// A part of them. Where someone owes an answer, the one due first comes first; otherwise the newest.
pub async fn list(ctx: &mut Ctx, filter: &Filter, part: Part) -> Result<Vec<Conversation>> {
    let mut query = sql(SELECT);
    filter.push(&mut query, ctx.now);
    let order = match filter.turn {
        Some(_) => " ORDER BY c.due_at, c.organization_id, c.last_at",
        None => " ORDER BY c.last_at DESC, c.organization_id",
    };
    query.push(order).push_part(part);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, filter: &Filter) -> Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM conversation c");
    filter.push(&mut query, ctx.now);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Whose turn it is. `None` if nothing was said yet.
pub async fn turn(ctx: &mut Ctx, of: &Subject) -> Result<Option<Turn>> {
    let mut query = sql("SELECT c.turn, c.since, c.due_at FROM conversation c WHERE");
    of.push(&mut query, "c");
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

impl Filter {
    fn push(&self, query: &mut Query, now: Timestamp) {
        query.push(" WHERE TRUE");
        self.reach.push_conversation(query);
        if let Some(organization) = &self.organization {
            query.push(" AND c.organization_id = ").push_bind(organization);
        }
        if let Some(side) = self.turn {
            query.push(" AND c.turn = ").push_bind(side.as_str());
        }
        if self.overdue {
            query.push(" AND c.due_at < ").push_bind(now);
        }
        if self.beside_reviews {
            query.push(
                " AND c.ticket_id IS NULL AND NOT EXISTS (SELECT 1 FROM review r
                    WHERE r.organization_id = c.organization_id AND r.outcome IS NULL
                        AND COALESCE(r.application_id, '') = COALESCE(c.application_id, ''))",
            );
        }
    }
}

/// Something was said, and from now on this side owes an answer by then. Who has waited already has waited since then.
pub(crate) async fn turn_to(ctx: &mut Ctx, of: &Subject, side: Option<Side>, due_at: Option<Timestamp>) -> Result<()> {
    sql("INSERT INTO conversation (organization_id, application_id, ticket_id, turn, since, due_at, last_at)
         VALUES ($1, $2, $3, $4, $5, $6, $5)
         ON CONFLICT (organization_id, (COALESCE(application_id, '')), (COALESCE(ticket_id, ''))) DO UPDATE SET
             since = CASE WHEN COALESCE(conversation.turn, '') = COALESCE(excluded.turn, '')
                 THEN conversation.since ELSE excluded.since END,
             turn = excluded.turn, due_at = excluded.due_at, last_at = excluded.last_at")
    .bind(of.organization())
    .bind(of.application().map(ApplicationId::as_str))
    .bind(of.ticket().map(TicketId::as_str))
    .bind(side.map(Side::as_str))
    .bind(ctx.now)
    .bind(due_at)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// The vendor owes an answer from now on, for as long as we wait.
pub(crate) async fn wait_for_vendor(ctx: &mut Ctx, of: &Subject) -> Result<()> {
    let until = ctx.now + ANSWER_WITHIN;
    turn_to(ctx, of, Some(Side::Vendor), Some(until)).await
}

/// A vendor's comment on its organization, or on one of its apps. If no review is open, we owe an answer.
pub async fn comment(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    on: Option<&ApplicationId>,
    text: &Paragraph,
    files: &[Upload],
) -> Result<()> {
    member.require(Act::Converse)?;
    let pauses = Pauses::load(ctx).await?;
    let due = match on {
        Some(id) => {
            let app = applications::get(ctx, member, id).await?.registration;
            clock::support(registry, &pauses, &app.programs, app.environment, ctx.now)
        }
        None => clock::support(registry, &pauses, [], Environment::Production, ctx.now),
    };
    let subject = Subject::new(member.organization.clone(), on.cloned());
    let now = turn(ctx, &subject).await?;
    // A question waits for its answer, and a review for its decision, whatever else is said.
    let (side, due) = match now {
        Some(Turn { side: Some(side), due_at, .. }) => (side, due_at),
        _ => {
            let name = notices::name_of(ctx, &subject).await?;
            notices::comment_arrived(ctx, registry, &subject, &name, due).await?;
            (Side::Administration, Some(due))
        }
    };
    turn_to(ctx, &subject, Some(side), due).await?;
    history::record(ctx, &subject, &Change::vendor(member, Action::Commented).saying(text).with(files)).await
}

/// An administrator's comment, which the vendor reads too and gets by mail; [`Error::OwnOrganization`] if the administrator
/// belongs to it, because it would look like the other side's. It answers what the vendor said.
pub async fn comment_as_administrator(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    on: &Subject,
    text: &Paragraph,
    files: &[Upload],
) -> Result<()> {
    team::require_outsider(ctx, by, on.organization()).await?;
    require_known(ctx, on).await?;
    answered(ctx, on).await?;
    notices::commented(ctx, registry, on, text).await?;
    history::record(ctx, on, &Change::administration(by, Action::Commented).saying(text).with(files)).await
}

/// The vendor's comment needs no answer. [`Error::Stale`] if no one waits for us.
pub async fn acknowledge(ctx: &mut Ctx, by: &AccountId, on: &Subject) -> Result<()> {
    team::require_outsider(ctx, by, on.organization()).await?;
    require_known(ctx, on).await?;
    if !answered(ctx, on).await? {
        return Err(Error::Stale);
    }
    history::record(ctx, on, &Change::administration(by, Action::Acknowledged)).await
}

/// Counts again by when we answer, after the outages have changed and the open reviews were counted; returns how many times of
/// comments and tickets moved.
pub(crate) async fn recompute(ctx: &mut Ctx, registry: &Registry, pauses: &Pauses) -> Result<u64> {
    sql("UPDATE conversation SET due_at = (SELECT r.due_at FROM review r
             WHERE r.organization_id = conversation.organization_id AND r.outcome IS NULL
                 AND COALESCE(r.application_id, '') = COALESCE(conversation.application_id, ''))
         WHERE turn = 'administration' AND ticket_id IS NULL AND EXISTS (SELECT 1 FROM review r
             WHERE r.organization_id = conversation.organization_id AND r.outcome IS NULL
                 AND COALESCE(r.application_id, '') = COALESCE(conversation.application_id, ''))")
    .execute(&mut ctx.tx)
    .await?;
    let open: Vec<Waits> = sql("SELECT c.organization_id, c.application_id, c.ticket_id,
             COALESCE(t.environment, a.environment),
             COALESCE(t.program, (SELECT string_agg(p.program, ' ') FROM application_program p
                 WHERE p.application_id = c.application_id)), c.since, c.due_at
         FROM conversation c LEFT JOIN ticket t ON t.id = c.ticket_id LEFT JOIN application a ON a.id = c.application_id
         WHERE c.turn = 'administration' AND NOT EXISTS (SELECT 1 FROM review r
             WHERE c.ticket_id IS NULL AND r.organization_id = c.organization_id AND r.outcome IS NULL
                 AND COALESCE(r.application_id, '') = COALESCE(c.application_id, ''))")
    .fetch_list(&mut ctx.tx)
    .await?;
    let mut moved = 0;
    for waits in open {
        let due_at = clock::support(registry, pauses, &waits.programs, waits.environment, waits.since);
        if waits.due_at == Some(due_at) {
            continue;
        }
        let mut query = sql("UPDATE conversation SET due_at = ");
        query.push_bind(due_at).push(" WHERE turn = 'administration' AND");
        waits.subject.push(&mut query, "conversation");
        moved += query.execute(&mut ctx.tx).await?;
        if let Some(ticket) = waits.subject.ticket() {
            sql("UPDATE ticket SET first_due_at = $1 WHERE id = $2 AND answered_at IS NULL")
                .bind(due_at)
                .bind(ticket)
                .execute(&mut ctx.tx)
                .await?;
        }
    }
    Ok(moved)
}

/// A conversation in which we owe an answer within support hours.
struct Waits {
    subject: Subject,
    environment: Environment,
    programs: BTreeSet<ProgramId>,
    since: Timestamp,
    due_at: Option<Timestamp>,
}

impl FromRow for Waits {
    fn from_row(row: &Row) -> store::Result<Self> {
        let subject = Subject::new(row.get(0)?, row.get(1)?).with_ticket(row.get(2)?);
        // An organization's question counts like one about production.
        let environment: Option<Environment> = row.get(3)?;
        Ok(Self {
            subject,
            environment: environment.unwrap_or(Environment::Production),
            programs: applications::programs(row, 4)?,
            since: row.get(5)?,
            due_at: row.get(6)?,
        })
    }
}

/// We no longer owe an answer, unless a review is open. Returns whether we owed one.
async fn answered(ctx: &mut Ctx, on: &Subject) -> Result<bool> {
    let waits = turn(ctx, on).await?.is_some_and(|turn| turn.side == Some(Side::Administration));
    if waits && !rounds::is_open(ctx, on).await? {
        turn_to(ctx, on, None, None).await?;
        return Ok(true);
    }
    Ok(false)
}

async fn require_known(ctx: &mut Ctx, on: &Subject) -> Result<()> {
    let known: Option<(String,)> = sql("SELECT id FROM organization WHERE id = $1
         AND ($2 = '' OR EXISTS (SELECT 1 FROM application WHERE id = $2 AND organization_id = $1))")
    .bind(on.organization())
    .bind(on.application().map_or("", ApplicationId::as_str))
    .fetch_optional(&mut ctx.tx)
    .await?;
    known.map(|_| ()).ok_or(Error::NotFound)
}

const SELECT: &str = "SELECT c.organization_id, c.application_id, c.ticket_id, o.name, a.name,
    COALESCE(t.environment, a.environment), t.title, c.turn, c.since, c.due_at, c.last_at
    FROM conversation c JOIN organization o ON o.id = c.organization_id
    LEFT JOIN ticket t ON t.id = c.ticket_id
    LEFT JOIN application a ON a.id = COALESCE(c.application_id, t.application_id)";

impl FromRow for Conversation {
    fn from_row(row: &Row) -> store::Result<Self> {
        let subject = Subject::new(row.get(0)?, row.get(1)?).with_ticket(row.get(2)?);
        let (organization_name, application_name, environment) = (row.get(3)?, row.get(4)?, row.get(5)?);
        let turn = Turn { side: row.word_optional(7)?, since: row.get(8)?, due_at: row.get(9)? };
        let (title, last_at) = (row.get(6)?, row.get(10)?);
        Ok(Self { subject, organization_name, application_name, environment, title, turn, last_at })
    }
}

impl FromRow for Turn {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { side: row.word_optional(0)?, since: row.get(1)?, due_at: row.get(2)? })
    }
}
