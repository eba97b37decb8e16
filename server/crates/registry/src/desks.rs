//! For which programs, and which payers of them, a person of the staff works. What is outside is not found.

use std::collections::{BTreeMap, BTreeSet};

use audit::{
    action::Action,
    event::{Actor, Event},
};
use mail::messages::desk;
use model::{
    id::{AccountId, PayerId},
    partition::ProgramId,
};
use store::{Ctx, Query, sql};

use crate::{
    Registry,
    error::{Error, Result},
    notices::{self, Notice},
    subject::Subject,
};

/// What a desk reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Every program.
    #[default]
    All,
    /// These programs, and of each these payers; with an empty set, all of its payers.
    Of(BTreeMap<ProgramId, BTreeSet<PayerId>>),
}

impl Reach {
    pub fn covers(&self, program: &ProgramId) -> bool {
        match self {
            Self::All => true,
            Self::Of(programs) => programs.contains_key(program),
        }
    }

    /// For what is about a member.
    pub fn covers_payer(&self, program: &ProgramId, payer: &PayerId) -> bool {
        match self {
            Self::All => true,
            Self::Of(programs) => {
                programs.get(program).is_some_and(|payers| payers.is_empty() || payers.contains(payer))
            }
        }
    }

    /// Adds ` AND …` to a statement: the app whose id is in this column is registered for one of the programs.
    pub fn push_application(&self, query: &mut Query, column: &str) {
        if let Self::Of(programs) = self {
            query.push(" AND ");
            push_of_application(query, column, programs);
        }
    }

    /// The same for an organization: it has an app in one of the programs. Without any app it could come to any program, so
    /// every desk reaches it.
    pub fn push_organization(&self, query: &mut Query, column: &str) {
        if let Self::Of(programs) = self {
            query.push(" AND ");
            push_of_organization(query, column, programs);
        }
    }

    /// The same for `review r`, of an organization or of an app.
    pub fn push_review(&self, query: &mut Query) {
        if let Self::Of(programs) = self {
            query.push(" AND (CASE WHEN r.application_id IS NULL THEN ");
            push_of_organization(query, "r.organization_id", programs);
            query.push(" ELSE ");
            push_of_application(query, "r.application_id", programs);
            query.push(" END)");
        }
    }
}

impl Reach {
    /// The printed names of the programs, those of single payers in parentheses; empty for [`Reach::All`].
    fn names(&self, registry: &Registry) -> Vec<String> {
        let Self::Of(programs) = self else { return Vec::new() };
        let named = |(id, payers): (&ProgramId, &BTreeSet<PayerId>)| {
            let program = registry.programs.get(id);
            let name = program.map_or_else(|| id.to_string(), |program| program.name.clone());
            let payer = |id: &PayerId| {
                program.and_then(|program| program.payer(id)).map_or_else(|| id.to_string(), |payer| payer.name.clone())
            };
            let payers: Vec<String> = payers.iter().map(payer).collect();
            if payers.is_empty() { name } else { format!("{name} ({})", payers.join(", ")) }
        };
        programs.iter().map(named).collect()
    }

    /// The same for `conversation c`, of an organization, an app or a ticket.
    pub(crate) fn push_conversation(&self, query: &mut Query) {
        if let Self::Of(programs) = self {
            query.push(" AND (CASE WHEN c.ticket_id IS NOT NULL THEN EXISTS (SELECT 1 FROM ticket dp WHERE dp.id = c.ticket_id");
            push_programs(query, programs);
            query.push(") WHEN c.application_id IS NULL THEN ");
            push_of_organization(query, "c.organization_id", programs);
            query.push(" ELSE ");
            push_of_application(query, "c.application_id", programs);
            query.push(" END)");
        }
    }

    /// The same for a column that names a program.
    pub(crate) fn push_program(&self, query: &mut Query, column: &str) {
        if let Self::Of(programs) = self {
            query.push(" AND ").push(column).push(" IN (''");
            for program in programs.keys() {
                query.push(", ").push_bind(program);
            }
            query.push(")");
        }
    }
}

type Programs = BTreeMap<ProgramId, BTreeSet<PayerId>>;

fn push_of_application(query: &mut Query, column: &str, programs: &Programs) {
    query.push("EXISTS (SELECT 1 FROM application_program dp WHERE dp.application_id = ").push(column);
    push_programs(query, programs);
    query.push(")");
}

fn push_of_organization(query: &mut Query, column: &str, programs: &Programs) {
    query.push("(EXISTS (SELECT 1 FROM application da JOIN application_program dp ON dp.application_id = da.id");
    query.push(" WHERE da.organization_id = ").push(column);
    push_programs(query, programs);
    query.push(") OR NOT EXISTS (SELECT 1 FROM application dn WHERE dn.organization_id = ").push(column).push("))");
}

fn push_programs(query: &mut Query, programs: &Programs) {
    query.push(" AND dp.program IN (''");
    for program in programs.keys() {
        query.push(", ").push_bind(program);
    }
    query.push(")");
}

/// What this person's desk reaches.
pub async fn of(ctx: &mut Ctx, account: &AccountId) -> Result<Reach> {
    let query = sql("SELECT program, payer FROM staff_desk WHERE account_id = $1").bind(account);
    let rows: Vec<(ProgramId, PayerId)> = query.fetch_all(&mut ctx.tx).await?;
    if rows.is_empty() {
        return Ok(Reach::All);
    }
    let mut programs = Programs::new();
    for (program, payer) in rows {
        let payers = programs.entry(program).or_default();
        if !payer.as_str().is_empty() {
            payers.insert(payer);
        }
    }
    Ok(Reach::Of(programs))
}

/// Gives this person a desk, in place of the one before, and writes to them if it is another one. A list without a program would
/// reach nothing, and is [`Error::NotFound`].
pub async fn set(ctx: &mut Ctx, registry: &Registry, by: &AccountId, account: &AccountId, reach: &Reach) -> Result<()> {
    let before = of(ctx, account).await?;
    sql("DELETE FROM staff_desk WHERE account_id = $1").bind(account).execute(&mut ctx.tx).await?;
    let mut words = Vec::new();
    if let Reach::Of(programs) = reach {
        for (program, payers) in programs {
            let every = payers.is_empty().then(|| PayerId::new(""));
            for payer in payers.iter().chain(&every) {
                sql("INSERT INTO staff_desk (account_id, program, payer) VALUES ($1, $2, $3)")
                    .bind(account)
                    .bind(program)
                    .bind(payer)
                    .execute(&mut ctx.tx)
                    .await?;
                words.push(format!("{program} {payer}").trim_end().to_owned());
            }
        }
        if words.is_empty() {
            return Err(Error::NotFound);
        }
    }
    if *reach != before && by != account {
        let names = reach.names(registry);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let notice = Notice { event: "desk-set", id: &ctx.random_id() };
        notices::to_account(ctx, account, notice, |reader| desk::changed(&registry.site, reader, &names)).await?;
    }
    let event = Event::new(Actor::Account(by.clone()), Action::AccountDeskSet, "account", account.as_str());
    Ok(audit::log::record(ctx, &event.with("programs", words)).await?)
}

/// [`Error::NotFound`] if the desk does not reach the subject, or if it does not exist.
pub async fn require(ctx: &mut Ctx, reach: &Reach, subject: &Subject) -> Result<()> {
    if let Subject::Ticket(_, ticket) = subject {
        let mut query = sql("SELECT t.id FROM ticket t WHERE t.id = $1").bind(ticket);
        reach.push_program(&mut query, "t.program");
        let found: Option<(String,)> = query.fetch_optional(&mut ctx.tx).await?;
        return found.map(|_| ()).ok_or(Error::NotFound);
    }
    let mut query = match subject.application() {
        Some(application) => sql("SELECT a.id FROM application a WHERE a.id = $1").bind(application),
        None => sql("SELECT o.id FROM organization o WHERE o.id = $1").bind(subject.organization()),
    };
    match subject.application() {
        Some(_) => reach.push_application(&mut query, "a.id"),
        None => reach.push_organization(&mut query, "o.id"),
    }
    let found: Option<(String,)> = query.fetch_optional(&mut ctx.tx).await?;
    found.map(|_| ()).ok_or(Error::NotFound)
}
