//! Who may act for a member besides the member, since when and until when, and who says so.
//!
//! An administrator proposes and confirms, with evidence and an end ([`change`]). The payer's own provider says it at each sign-in,
//! and each time replaces what it said before ([`feed`]). The two are separate: when one ends, the other stays.

pub mod change;
pub mod feed;
mod letters;

use jiff::{SignedDuration, Timestamp};
use model::{
    id::{AccountId, PatientId, PayerId, RepresentativeId},
    partition::{Environment, Partition, ProgramId},
    representative::{Ending, Evidence, Source},
};
use store::{Ctx, FromRow, Part, Query, Row, sql};

use crate::error::{Error, Result};

/// How long an administrator may take to check a proposal.
pub const PROPOSAL_TTL: SignedDuration = SignedDuration::from_mins(30);

/// An account may act for a member, may do so later, or might until it ended.
#[derive(Clone, Debug)]
pub struct Representative {
    pub id: RepresentativeId,
    pub account: AccountId,
    pub partition: Partition,
    pub payer: PayerId,
    pub patient: PatientId,
    /// Of the member, as the payer's data had it.
    pub first_name: String,
    pub source: Source,
    /// What the administrator has seen; `None` if the provider says so.
    pub evidence: Option<Evidence>,
    pub note: Option<String>,
    pub granted_by: Option<AccountId>,
    pub created_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
    pub starts_at: Timestamp,
    /// `None` if the provider says so, for as long as it does.
    pub ends_at: Option<Timestamp>,
    pub ended: Option<Ended>,
}

#[derive(Clone, Debug)]
pub struct Ended {
    pub at: Timestamp,
    pub by: Ending,
    /// The administrator, and their reason.
    pub account: Option<AccountId>,
    pub reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its administrator has not confirmed it yet.
    Proposed,
    /// Its first day is still to come.
    Later,
    InForce,
    Ended,
}

impl Representative {
    pub fn state(&self, now: Timestamp) -> State {
        match () {
            () if self.ended.is_some() || self.ends_at.is_some_and(|end| end <= now) => State::Ended,
            () if self.confirmed_at.is_none() => State::Proposed,
            () if now < self.starts_at => State::Later,
            () => State::InForce,
        }
    }
}

/// What each statement reads, as [`Representative`] reads it.
const COLUMNS: &str = "id, account_id, program, environment, payer, patient_id, first_name, source, evidence, note, granted_by, \
    created_at, confirmed_at, starts_at, ends_at, ended_at, ended_by, ended_by_account, end_reason";

fn select(partition: &Partition) -> Query {
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(" FROM member_representative WHERE program = ").push_bind(&partition.program);
    query.push(" AND environment = ").push_bind(partition.environment);
    query
}

/// Narrows to what is in force now. A source that only a newer version knows permits nothing.
fn push_in_force(query: &mut Query, now: Timestamp) {
    query.push(" AND confirmed_at IS NOT NULL AND ended_at IS NULL AND starts_at <= ").push_bind(now);
    query.push(" AND (ends_at IS NULL OR ends_at > ").push_bind(now);
    query.push(") AND source IN ('feed', 'administrator')");
}

/// For whom the account may act now with this payer, the oldest first. One member may be named by both sources.
pub async fn in_force(
    ctx: &mut Ctx,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
) -> Result<Vec<Representative>> {
    let mut query = select(partition);
    query.push(" AND account_id = ").push_bind(account).push(" AND payer = ").push_bind(payer);
    push_in_force(&mut query, ctx.now);
    query.push(" ORDER BY created_at, id");
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// For whom the account may act now or later, with every program and payer, for the portal that shows them all.
pub async fn of_account(ctx: &mut Ctx, account: &AccountId) -> Result<Vec<Representative>> {
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(" FROM member_representative WHERE account_id = ").push_bind(account);
    query
        .push(" AND confirmed_at IS NOT NULL AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > ")
        .push_bind(ctx.now);
    query.push(") AND source IN ('feed', 'administrator') ORDER BY first_name, created_at, id");
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// Who may act for this member now or later, the oldest first.
pub async fn of_member(
    ctx: &mut Ctx,
    partition: &Partition,
    payer: &PayerId,
    patient: &PatientId,
) -> Result<Vec<Representative>> {
    let mut query = select(partition);
    query.push(" AND payer = ").push_bind(payer).push(" AND patient_id = ").push_bind(patient);
    query
        .push(" AND confirmed_at IS NOT NULL AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > ")
        .push_bind(ctx.now);
    query.push(") AND source IN ('feed', 'administrator') ORDER BY created_at, id");
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// Locks what lets the account act for this member, until the end of the transaction, so that it cannot end in between. Whether
/// there is anything.
pub async fn hold(
    ctx: &mut Ctx,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    patient: &PatientId,
) -> Result<bool> {
    let mut query = sql("UPDATE member_representative SET source = source WHERE account_id = ");
    query.push_bind(account).push(" AND program = ").push_bind(&partition.program);
    query.push(" AND environment = ").push_bind(partition.environment).push(" AND payer = ").push_bind(payer);
    query.push(" AND patient_id = ").push_bind(patient);
    push_in_force(&mut query, ctx.now);
    Ok(query.execute(&mut ctx.tx).await? != 0)
}

/// One part of those of the partition, for administrators: what is in force or to come first, then what has ended, the newest
/// first. Proposals are left out.
pub async fn list(ctx: &mut Ctx, partition: &Partition, part: Part) -> Result<Vec<Representative>> {
    let mut query = select(partition);
    query.push(
        " AND confirmed_at IS NOT NULL ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, created_at DESC, id",
    );
    query.push_part(part);
    Ok(query.fetch_list(&mut ctx.tx).await?)
}

/// How many there are.
pub async fn count(ctx: &mut Ctx, partition: &Partition) -> Result<usize> {
    let mut query = sql("SELECT COUNT(*) FROM member_representative WHERE confirmed_at IS NOT NULL AND program = ");
    query.push_bind(&partition.program).push(" AND environment = ").push_bind(partition.environment);
    let (count,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// One of the partition's. A proposal exists for the administrator who made it alone, and only for a while.
/// [`Error::NoSuchRepresentative`] otherwise.
pub async fn get(
    ctx: &mut Ctx,
    by: &AccountId,
    partition: &Partition,
    id: &RepresentativeId,
) -> Result<Representative> {
    let mut query = select(partition);
    query.push(" AND id = ").push_bind(id);
    let found: Option<Representative> = query.fetch_optional(&mut ctx.tx).await?;
    let now = ctx.now;
    let is_shown = |found: &Representative| {
        found.confirmed_at.is_some() || (found.granted_by.as_ref() == Some(by) && now < found.created_at + PROPOSAL_TTL)
    };
    found.filter(is_shown).ok_or(Error::NoSuchRepresentative)
}

impl FromRow for Representative {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (program, environment): (ProgramId, Environment) = (row.get(2)?, row.get(3)?);
        let ended_at: Option<Timestamp> = row.get(15)?;
        let evidence: Option<String> = row.get(8)?;
        let ended =
            |at| Ok::<_, store::Error>(Ended { at, by: row.word(16)?, account: row.get(17)?, reason: row.get(18)? });
        Ok(Self {
            id: row.get(0)?,
            account: row.get(1)?,
            partition: Partition { program, environment },
            payer: row.get(4)?,
            patient: row.get(5)?,
            first_name: row.get(6)?,
            source: row.word(7)?,
            evidence: evidence.map(|_| row.word(8)).transpose()?,
            note: row.get(9)?,
            granted_by: row.get(10)?,
            created_at: row.get(11)?,
            confirmed_at: row.get(12)?,
            starts_at: row.get(13)?,
            ends_at: row.get(14)?,
            ended: ended_at.map(ended).transpose()?,
        })
    }
}
