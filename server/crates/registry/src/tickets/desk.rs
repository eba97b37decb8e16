//! The staff's side of tickets: the queue, and the answers.

use mail::messages::conversation;
use model::{
    history::{Action, Side},
    id::{AccountId, TicketId},
    partition::{Environment, ProgramId},
    text::Paragraph,
};
use store::{Ctx, Part, Query, sql};

use super::{SELECT, Ticket, get_any, set_closed};
use crate::{
    Registry,
    attachments::Upload,
    conversations,
    desks::Reach,
    error::{Error, Result},
    history::{self, Change},
    notices::{self, Notice},
    team,
};

/// Which open tickets to list. What is `None` or `false` does not filter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only what the desk reaches.
    pub reach: Reach,
    pub program: Option<ProgramId>,
    pub environment: Option<Environment>,
    pub assigned_to: Option<AccountId>,
    pub unassigned: bool,
    /// Only those that wait for us.
    pub ours: bool,
    pub overdue: bool,
}

/// A part of the open tickets: those that wait for us first, in the order in which they are due.
pub async fn open_tickets(ctx: &mut Ctx, filter: &Filter, part: Part) -> Result<Vec<Ticket>> {
    let mut query = sql(SELECT);
    filter.push(&mut query, ctx.now);
    query.push(" ORDER BY CASE c.turn WHEN 'administration' THEN 0 ELSE 1 END, c.due_at, t.id").push_part(part);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// How many there are.
pub async fn count_open(ctx: &mut Ctx, filter: &Filter) -> Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM ticket t
        JOIN conversation c ON c.organization_id = t.organization_id AND COALESCE(c.application_id, '') = ''
            AND COALESCE(c.ticket_id, '') = t.id");
    filter.push(&mut query, ctx.now);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

impl Filter {
    fn push(&self, query: &mut Query, now: jiff::Timestamp) {
        query.push(" WHERE t.closed_at IS NULL");
        self.reach.push_program(query, "t.program");
        if let Some(program) = &self.program {
            query.push(" AND t.program = ").push_bind(program);
        }
        if let Some(environment) = self.environment {
            query.push(" AND t.environment = ").push_bind(environment);
        }
        if let Some(account) = &self.assigned_to {
            query.push(" AND t.assigned_to = ").push_bind(account);
        }
        if self.unassigned {
            query.push(" AND t.assigned_to IS NULL");
        }
        if self.ours || self.overdue {
            query.push(" AND c.turn = ").push_bind(Side::Administration.as_str());
        }
        if self.overdue {
            query.push(" AND c.due_at < ").push_bind(now);
        }
    }
}

/// Answers a ticket, and closes it where `closes`. Then it is the vendor's turn. [`Error::Claimed`] if a colleague works on it;
/// [`Error::OwnOrganization`] for the ticket of one's own organization.
pub async fn answer(
    ctx: &mut Ctx,
    registry: &Registry,
    by: &AccountId,
    id: &TicketId,
    text: &Paragraph,
    files: &[Upload],
    closes: bool,
) -> Result<()> {
    let ticket = get_any(ctx, id).await?;
    team::require_outsider(ctx, by, &ticket.organization).await?;
    claim(ctx, by, id).await?;
    let query = sql("UPDATE ticket SET answered_at = COALESCE(answered_at, $1) WHERE id = $2").bind(ctx.now).bind(id);
    query.execute(&mut ctx.tx).await?;
    if closes {
        set_closed(ctx, &ticket, Side::Administration).await?;
    } else {
        conversations::wait_for_vendor(ctx, &ticket.subject()).await?;
    }
    let letter = if closes { conversation::ticket_closed } else { conversation::ticket_answered };
    let path = notices::owner_path(&ticket.subject());
    let thing = conversation::Thing { name: &ticket.title, path: &path };
    let notice = Notice { event: "ticket-answered", id: &ctx.random_id() };
    notices::to_asker(ctx, &ticket.organization, &ticket.opened_by, notice, |reader| {
        letter(&registry.site, reader, thing, text.as_str())
    })
    .await?;
    let action = if closes { Action::Closed } else { Action::Replied };
    let change = Change::administration(by, action).saying(text).with(files);
    history::record(ctx, &ticket.subject(), &change).await
}

/// Takes an open ticket; [`Error::Claimed`] if a colleague has it.
pub async fn claim(ctx: &mut Ctx, by: &AccountId, id: &TicketId) -> Result<()> {
    let query = sql("UPDATE ticket SET assigned_to = $1
         WHERE id = $2 AND (assigned_to IS NULL OR assigned_to = $1) AND NOT EXISTS
             (SELECT 1 FROM membership m WHERE m.account_id = $1 AND m.organization_id = ticket.organization_id)");
    if query.bind(by).bind(id).execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(why_not(ctx, by, id).await?) }
}

/// Takes over the ticket from the colleague `from`; [`Error::Claimed`] if someone else has it now.
pub async fn take_over(ctx: &mut Ctx, by: &AccountId, id: &TicketId, from: &AccountId) -> Result<()> {
    let query = sql("UPDATE ticket SET assigned_to = $1 WHERE id = $2 AND assigned_to = $3 AND NOT EXISTS
             (SELECT 1 FROM membership m WHERE m.account_id = $1 AND m.organization_id = ticket.organization_id)");
    let taken = query.bind(by).bind(id).bind(from).execute(&mut ctx.tx).await?;
    if taken == 1 { Ok(()) } else { Err(why_not(ctx, by, id).await?) }
}

/// Gives one's own ticket back; [`Error::Claimed`] if a colleague has it.
pub async fn release(ctx: &mut Ctx, by: &AccountId, id: &TicketId) -> Result<()> {
    let query = sql("UPDATE ticket SET assigned_to = NULL WHERE id = $2 AND (assigned_to IS NULL OR assigned_to = $1)");
    if query.bind(by).bind(id).execute(&mut ctx.tx).await? == 1 { Ok(()) } else { Err(why_not(ctx, by, id).await?) }
}

/// Gives back every open ticket that this person works on, because they no longer answer any.
pub async fn release_all(ctx: &mut Ctx, by: &AccountId) -> Result<()> {
    let query = sql("UPDATE ticket SET assigned_to = NULL WHERE assigned_to = $1 AND closed_at IS NULL").bind(by);
    query.execute(&mut ctx.tx).await?;
    Ok(())
}

/// How many open tickets this person works on.
pub async fn claimed(ctx: &mut Ctx, by: &AccountId) -> Result<i64> {
    let query = sql("SELECT COUNT(*) FROM ticket WHERE assigned_to = $1 AND closed_at IS NULL").bind(by);
    let (claims,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(claims)
}

async fn why_not(ctx: &mut Ctx, by: &AccountId, id: &TicketId) -> Result<Error> {
    let ticket = get_any(ctx, id).await?;
    team::require_outsider(ctx, by, &ticket.organization).await?;
    Ok(match ticket.assigned_to {
        Some(other) if other != *by => Error::Claimed { by: ticket.assigned_name.unwrap_or_default() },
        _ => Error::Stale,
    })
}
