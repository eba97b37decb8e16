//! Tickets: what vendors ask support, within the hours that the program promises.

mod desk;

pub use desk::{Filter, answer, claim, claimed, count_open, open_tickets, release, release_all, take_over};

use jiff::Timestamp;
use mail::messages::{conversation, desk as letters};
use model::{
    decision::NotAllowed,
    history::{Action, Side},
    id::{AccountId, ApplicationId, OrganizationId, TicketId},
    partition::{Environment, ProgramId},
    team::Act,
    text::{Line, Paragraph},
    ticket::Satisfaction,
};
use store::{Ctx, FromRow, Part, Row, sql};

use crate::{
    Registry, applications,
    attachments::Upload,
    clock,
    conversations::{self, Turn},
    error::{Error, Result},
    history::{self, Change},
    notices::{self, Notice},
    outages::Pauses,
    subject::Subject,
    team::Member,
};

/// What a vendor asks.
#[derive(Clone, Debug)]
pub struct NewTicket {
    pub program: ProgramId,
    pub environment: Environment,
    /// The app that it is about. Its program and environment count then.
    pub application: Option<ApplicationId>,
    pub title: Line,
    pub text: Paragraph,
    pub files: Vec<Upload>,
}

/// A ticket; what was said is its [history].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub id: TicketId,
    pub organization: OrganizationId,
    pub organization_name: String,
    pub application: Option<ApplicationId>,
    pub application_name: Option<String>,
    pub program: ProgramId,
    pub environment: Environment,
    pub title: String,
    pub opened_by: AccountId,
    /// Absent if the account was closed.
    pub opened_name: Option<String>,
    pub opened_at: Timestamp,
    /// By when we promised the first answer.
    pub first_due_at: Timestamp,
    /// When it went.
    pub answered_at: Option<Timestamp>,
    pub assigned_to: Option<AccountId>,
    pub assigned_name: Option<String>,
    pub closed_at: Option<Timestamp>,
    pub satisfaction: Option<Satisfaction>,
    pub satisfaction_comment: Option<String>,
    pub turn: Turn,
}

impl Ticket {
    pub fn subject(&self) -> Subject {
        Subject::Ticket(self.organization.clone(), self.id.clone())
    }

    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
}

/// Opens a ticket and confirms it by mail, with the time by which we answer. [`Error::NotFound`] for an app that is not the
/// member's; [`Error::Fields`] if the program does not serve the environment.
pub async fn open(ctx: &mut Ctx, registry: &Registry, member: &Member, new: &NewTicket) -> Result<Ticket> {
    member.require(Act::Converse)?;
    let (program, environment) = place(ctx, registry, member, new).await?;
    let id = TicketId::new(ctx.random_id());
    let due_at = clock::support(registry, &Pauses::load(ctx).await?, [&program], environment, ctx.now);
    sql("INSERT INTO ticket (id, organization_id, application_id, program, environment, title, opened_by, opened_at,
             first_due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(&id)
    .bind(&member.organization)
    .bind(new.application.as_ref().map(ApplicationId::as_str))
    .bind(&program)
    .bind(environment)
    .bind(new.title.as_str())
    .bind(&member.account)
    .bind(ctx.now)
    .bind(due_at)
    .execute(&mut ctx.tx)
    .await?;
    let subject = Subject::Ticket(member.organization.clone(), id.clone());
    conversations::turn_to(ctx, &subject, Some(Side::Administration), Some(due_at)).await?;
    let ticket = get(ctx, member, &id).await?;
    let (due, path) = (clock::when(registry, [&program], due_at), notices::owner_path(&subject));
    let notice = Notice { event: "ticket-opened", id: id.as_str() };
    let thing = conversation::Thing { name: &ticket.title, path: &path };
    notices::to_asker(ctx, &ticket.organization, &member.account, notice, |reader| {
        conversation::ticket_opened(&registry.site, reader, thing, &due)
    })
    .await?;
    tell_staff(ctx, registry, &ticket, letters::Arrival::Ticket, id.as_str(), due_at).await?;
    let change = Change::vendor(member, Action::Opened).saying(&new.text).with(&new.files);
    history::record(ctx, &subject, &change).await?;
    Ok(ticket)
}

/// The program and environment that the ticket counts for.
async fn place(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    new: &NewTicket,
) -> Result<(ProgramId, Environment)> {
    if let Some(id) = &new.application {
        let app = applications::get(ctx, member, id).await?.registration;
        let program = if app.programs.contains(&new.program) { Some(&new.program) } else { app.programs.first() };
        if let Some(program) = program {
            return Ok((program.clone(), app.environment));
        }
    }
    let served = registry.programs.get(&new.program).is_some_and(|program| program.serves(new.environment));
    if served { Ok((new.program.clone(), new.environment)) } else { Err(Error::not_a_choice("program")) }
}

/// The vendor's reply. It opens a closed ticket again.
pub async fn reply(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    id: &TicketId,
    text: &Paragraph,
    files: &[Upload],
) -> Result<()> {
    member.require(Act::Converse)?;
    let ticket = get(ctx, member, id).await?;
    let query = sql("UPDATE ticket SET closed_at = NULL, closed_side = NULL WHERE id = $1").bind(id);
    query.execute(&mut ctx.tx).await?;
    // Who has waited for us goes on waiting until the same time.
    let due_at = match ticket.turn {
        Turn { side: Some(Side::Administration), due_at: Some(due_at), .. } => due_at,
        _ => {
            let pauses = Pauses::load(ctx).await?;
            clock::support(registry, &pauses, [&ticket.program], ticket.environment, ctx.now)
        }
    };
    conversations::turn_to(ctx, &ticket.subject(), Some(Side::Administration), Some(due_at)).await?;
    let event = ctx.random_id();
    tell_staff(ctx, registry, &ticket, letters::Arrival::Reply, &event, due_at).await?;
    let action = if ticket.is_open() { Action::Replied } else { Action::Reopened };
    history::record(ctx, &ticket.subject(), &Change::vendor(member, action).saying(text).with(files)).await
}

/// The vendor needs no more help. [`NotAllowed`] if it is closed.
pub async fn close(ctx: &mut Ctx, member: &Member, id: &TicketId) -> Result<()> {
    member.require(Act::Converse)?;
    let ticket = get(ctx, member, id).await?;
    set_closed(ctx, &ticket, Side::Vendor).await?;
    history::record(ctx, &ticket.subject(), &Change::vendor(member, Action::Closed)).await
}

/// What the vendor says about the help, once the ticket is closed; a later word takes the place of an earlier one.
pub async fn rate(
    ctx: &mut Ctx,
    member: &Member,
    id: &TicketId,
    satisfaction: Satisfaction,
    comment: Option<&Paragraph>,
) -> Result<()> {
    member.require(Act::Converse)?;
    let ticket = get(ctx, member, id).await?;
    let rated = sql("UPDATE ticket SET satisfaction = $1, satisfaction_comment = $2
         WHERE id = $3 AND closed_at IS NOT NULL")
    .bind(satisfaction.as_str())
    .bind(comment.map(Paragraph::as_str))
    .bind(id)
    .execute(&mut ctx.tx)
    .await?;
    if rated != 1 {
        return Err(NotAllowed.into());
    }
    let change = Change { comment, ..Change::vendor(member, Action::Rated) };
    history::record(ctx, &ticket.subject(), &change).await
}

async fn set_closed(ctx: &mut Ctx, ticket: &Ticket, side: Side) -> Result<()> {
    let closed = sql("UPDATE ticket SET closed_at = $1, closed_side = $2 WHERE id = $3 AND closed_at IS NULL")
        .bind(ctx.now)
        .bind(side.as_str())
        .bind(&ticket.id)
        .execute(&mut ctx.tx)
        .await?;
    if closed != 1 {
        return Err(NotAllowed.into());
    }
    conversations::turn_to(ctx, &ticket.subject(), None, None).await
}

/// A ticket of the member's organization. Those of others are not found.
pub async fn get(ctx: &mut Ctx, member: &Member, id: &TicketId) -> Result<Ticket> {
    let ticket = get_any(ctx, id).await?;
    if ticket.organization == member.organization { Ok(ticket) } else { Err(Error::NotFound) }
}

/// Any ticket. For the staff.
pub async fn get_any(ctx: &mut Ctx, id: &TicketId) -> Result<Ticket> {
    let mut query = sql(SELECT);
    query.push(" WHERE t.id = ").push_bind(id);
    query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::NotFound)
}

/// A part of the organization's tickets, the newest first.
pub async fn list(ctx: &mut Ctx, organization: &OrganizationId, part: Part) -> Result<Vec<Ticket>> {
    let mut query = sql(SELECT);
    query.push(" WHERE t.organization_id = ").push_bind(organization);
    query.push(" ORDER BY t.opened_at DESC, t.id").push_part(part);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, organization: &OrganizationId) -> Result<usize> {
    let query = sql("SELECT COUNT(*) FROM ticket WHERE organization_id = $1").bind(organization);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Mail to those who answer tickets.
async fn tell_staff(
    ctx: &mut Ctx,
    registry: &Registry,
    ticket: &Ticket,
    arrival: letters::Arrival,
    event: &str,
    due_at: Timestamp,
) -> Result<()> {
    let due = clock::when(registry, [&ticket.program], due_at);
    let path = format!("/admin/tickets/{}", ticket.id);
    let facts = letters::Facts { arrival, name: &ticket.title, due: &due, path: &path };
    notices::ticket_arrived(ctx, registry, (&ticket.subject(), &ticket.program), event, &facts).await
}

const SELECT: &str =
    "SELECT t.id, t.organization_id, o.name, t.application_id, a.name, t.program, t.environment, t.title,
    t.opened_by, b.name, t.opened_at, t.first_due_at, t.answered_at, t.assigned_to, s.name, t.closed_at, t.satisfaction,
    t.satisfaction_comment, c.turn, c.since, c.due_at
    FROM ticket t JOIN organization o ON o.id = t.organization_id
    JOIN conversation c ON c.organization_id = t.organization_id AND COALESCE(c.application_id, '') = ''
        AND COALESCE(c.ticket_id, '') = t.id
    LEFT JOIN application a ON a.id = t.application_id
    LEFT JOIN account b ON b.id = t.opened_by LEFT JOIN account s ON s.id = t.assigned_to";

impl FromRow for Ticket {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            organization: row.get(1)?,
            organization_name: row.get(2)?,
            application: row.get(3)?,
            application_name: row.get(4)?,
            program: row.get(5)?,
            environment: row.get(6)?,
            title: row.get(7)?,
            opened_by: row.get(8)?,
            opened_name: row.get(9)?,
            opened_at: row.get(10)?,
            first_due_at: row.get(11)?,
            answered_at: row.get(12)?,
            assigned_to: row.get(13)?,
            assigned_name: row.get(14)?,
            closed_at: row.get(15)?,
            satisfaction: row.word_optional(16)?,
            satisfaction_comment: row.get(17)?,
            turn: Turn { side: row.word_optional(18)?, since: row.get(19)?, due_at: row.get(20)? },
        })
    }
}
