//! What an administrator does: propose, confirm, end. Time ends the rest, and so does the payer when it no longer has the member.

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use jiff::{SignedDuration, Timestamp};
use mail::site::Site;
use model::{
    id::{AccountId, PatientId, PayerId, RepresentativeId},
    partition::Partition,
    representative::{Ending, Evidence, Source},
    text::Paragraph,
};
use store::{Ctx, Query, sql};

use super::{COLUMNS, PROPOSAL_TTL, Representative, letters};
use crate::{
    attempts::{self, Rule},
    error::{Error, Result},
    members,
};

/// An administrator who types a number and a birth date wrongly a few times does not wait; one who guesses does.
const NAMING: Rule = Rule {
    free: 20,
    first_wait: SignedDuration::from_mins(10),
    longest_wait: SignedDuration::from_hours(24),
    forget_after: SignedDuration::from_hours(24),
};
/// Ended in one transaction.
const STEP: u32 = 50;

/// What an administrator has found out.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub account: AccountId,
    pub payer: PayerId,
    pub patient: PatientId,
    /// Of the member, for letters.
    pub first_name: String,
    pub evidence: Evidence,
    pub note: Option<Paragraph>,
    /// The first second of the first day …
    pub starts_at: Timestamp,
    /// … and the last second of the last day, in the program's zone.
    pub ends_at: Timestamp,
}

/// Counts a try to name a member. [`Error::TooManyAttempts`] if it comes too early. The caller commits before it looks up the
/// member.
pub async fn admit_attempt(ctx: &mut Ctx, by: &AccountId) -> Result<()> {
    attempts::admit(ctx, NAMING, &format!("representative:account:{by}")).await
}

/// Takes back the last try, because it named a member.
pub async fn take_back_attempt(ctx: &mut Ctx, by: &AccountId) -> Result<()> {
    attempts::take_back(ctx, &format!("representative:account:{by}")).await
}

/// Keeps a proposal, which permits nothing until the same administrator confirms it. [`Error::OwnAccount`] if it is about their own
/// account, [`Error::OwnRecord`] if the account is this member, [`Error::ActsAlready`] if an administrator has already said so.
pub async fn propose(
    ctx: &mut Ctx,
    by: &AccountId,
    partition: &Partition,
    proposal: &Proposal,
) -> Result<RepresentativeId> {
    let Proposal { account, payer, patient, .. } = proposal;
    if account == by {
        return Err(Error::OwnAccount);
    }
    check_own(ctx, account, partition, payer, patient).await?;
    if is_open(ctx, partition, proposal).await? {
        return Err(Error::ActsAlready);
    }
    let id = RepresentativeId::new(ctx.random_id());
    sql("INSERT INTO member_representative (id, account_id, program, environment, payer, patient_id, first_name, source,
             evidence, note, granted_by, created_at, starts_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
    .bind(&id)
    .bind(account)
    .bind(&partition.program)
    .bind(partition.environment)
    .bind(payer)
    .bind(patient)
    .bind(&proposal.first_name)
    .bind(Source::Administrator.as_str())
    .bind(proposal.evidence.as_str())
    .bind(proposal.note.as_ref().map(|note| note.as_str().to_owned()))
    .bind(by)
    .bind(ctx.now)
    .bind(proposal.starts_at)
    .bind(proposal.ends_at)
    .execute(&mut ctx.tx)
    .await?;
    Ok(id)
}

/// Puts a proposal in force, once, and writes to the account and to the accounts of the member.
/// [`Error::NoSuchRepresentative`] if it is another administrator's or too old.
pub async fn confirm(
    ctx: &mut Ctx,
    site: &Site,
    by: &AccountId,
    partition: &Partition,
    id: &RepresentativeId,
) -> Result<Representative> {
    let found = super::get(ctx, by, partition, id).await?;
    let Representative { account, payer, patient, .. } = &found;
    check_own(ctx, account, partition, payer, patient).await?;
    close_earlier(ctx, &found).await?;
    let mut query = sql("UPDATE member_representative SET confirmed_at = $1 WHERE id = $2 AND granted_by = $3
         AND confirmed_at IS NULL AND ended_at IS NULL AND ends_at > $1 AND created_at > $4 AND program = $5 AND environment = $6
         RETURNING ")
    .bind(ctx.now)
    .bind(id)
    .bind(by)
    .bind(ctx.now - PROPOSAL_TTL)
    .bind(&partition.program)
    .bind(partition.environment);
    query.push(COLUMNS);
    let confirmed: Option<Representative> = match query.fetch_optional(&mut ctx.tx).await {
        // The only constraint: another one of the same source is open.
        Err(store::Error::Unique(_)) => return Err(Error::ActsAlready),
        confirmed => confirmed?,
    };
    let confirmed = confirmed.ok_or(Error::NoSuchRepresentative)?;
    record(ctx, Actor::Account(by.clone()), Action::RepresentativeConfirmed, &confirmed).await?;
    letters::granted(ctx, site, &confirmed).await?;
    Ok(confirmed)
}

/// Ends what an administrator confirmed, with a reason. The caller ends what was allowed under it.
/// [`Error::NoSuchRepresentative`] if it has ended, or if the payer's provider says so: then it would say so again.
pub async fn end(
    ctx: &mut Ctx,
    by: &AccountId,
    partition: &Partition,
    id: &RepresentativeId,
    reason: &Paragraph,
) -> Result<Representative> {
    let mut query = sql("UPDATE member_representative SET ended_at = $1, ended_by = $2, ended_by_account = $3, end_reason = $4
         WHERE id = $5 AND program = $6 AND environment = $7 AND source = $8 AND confirmed_at IS NOT NULL AND ended_at IS NULL
           AND ends_at > $1
         RETURNING ")
    .bind(ctx.now)
    .bind(Ending::Administrator.as_str())
    .bind(by)
    .bind(reason.as_str())
    .bind(id)
    .bind(&partition.program)
    .bind(partition.environment)
    .bind(Source::Administrator.as_str());
    query.push(COLUMNS);
    let ended: Option<Representative> = query.fetch_optional(&mut ctx.tx).await?;
    let ended = ended.ok_or(Error::NoSuchRepresentative)?;
    record(ctx, Actor::Account(by.clone()), Action::RepresentativeEnded, &ended).await?;
    Ok(ended)
}

/// Ends some of those whose last day is over. The caller ends what was allowed under them, and calls again while there are any.
pub async fn close(ctx: &mut Ctx) -> Result<Vec<Representative>> {
    // The outer conditions repeat those of the inner query: PostgreSQL checks them again on a row that another node has just
    // closed.
    let mut query = sql("UPDATE member_representative SET ended_at = ends_at, ended_by = $1
         WHERE ended_at IS NULL AND ends_at <= $2 AND confirmed_at IS NOT NULL
           AND id IN (SELECT id FROM member_representative WHERE ended_at IS NULL AND ends_at <= $2 AND confirmed_at IS NOT NULL
                      ORDER BY ends_at, id LIMIT 0 + $3)
         RETURNING ")
    .bind(Ending::Time.as_str())
    .bind(ctx.now)
    .bind(STEP);
    query.push(COLUMNS);
    let closed: Vec<Representative> = query.fetch_all(&mut ctx.tx).await?;
    for ended in &closed {
        record(ctx, Actor::System, Action::RepresentativeEnded, ended).await?;
    }
    Ok(closed)
}

/// Ends all that let others act for this member, because the payer no longer has the member. The caller ends what was allowed.
pub async fn member_left(ctx: &mut Ctx, partition: &Partition, patient: &PatientId) -> Result<Vec<Representative>> {
    let mut query = sql("UPDATE member_representative SET ended_at = $1, ended_by = $2
         WHERE program = $3 AND environment = $4 AND patient_id = $5 AND ended_at IS NULL AND confirmed_at IS NOT NULL RETURNING ")
    .bind(ctx.now)
    .bind(Ending::MemberLeft.as_str())
    .bind(&partition.program)
    .bind(partition.environment)
    .bind(patient);
    query.push(COLUMNS);
    let left: Vec<Representative> = query.fetch_all(&mut ctx.tx).await?;
    for ended in &left {
        record(ctx, Actor::System, Action::RepresentativeEnded, ended).await?;
    }
    Ok(left)
}

/// Writes to both sides that it has ended. For callers that have seen that the account may not act for the member in another
/// way.
pub async fn tell_of_the_end(ctx: &mut Ctx, site: &Site, ended: &Representative) -> Result<()> {
    letters::ended(ctx, site, ended).await
}

/// The one whose last day is over, and which no worker has closed yet.
async fn close_earlier(ctx: &mut Ctx, next: &Representative) -> Result<()> {
    let mut query = sql("UPDATE member_representative SET ended_at = ends_at, ended_by = ");
    query.push_bind(Ending::Time.as_str()).push(" WHERE ended_at IS NULL AND ends_at <= ").push_bind(ctx.now);
    push_same(&mut query, &next.partition, &next.account, &next.payer, &next.patient);
    query.execute(&mut ctx.tx).await?;
    Ok(())
}

async fn check_own(
    ctx: &mut Ctx,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    patient: &PatientId,
) -> Result<()> {
    let own = members::find_link(ctx, account, partition, payer).await?;
    if own.is_some_and(|own| own.patient == *patient) { Err(Error::OwnRecord) } else { Ok(()) }
}

/// Whether an administrator has already said so.
async fn is_open(ctx: &mut Ctx, partition: &Partition, proposal: &Proposal) -> Result<bool> {
    let mut query =
        sql("SELECT COUNT(*) FROM member_representative WHERE confirmed_at IS NOT NULL AND ended_at IS NULL
         AND ends_at > ");
    query.push_bind(ctx.now);
    push_same(&mut query, partition, &proposal.account, &proposal.payer, &proposal.patient);
    let (open,): (i64,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(open != 0)
}

fn push_same(query: &mut Query, partition: &Partition, account: &AccountId, payer: &PayerId, patient: &PatientId) {
    query.push(" AND source = ").push_bind(Source::Administrator.as_str());
    query.push(" AND account_id = ").push_bind(account).push(" AND payer = ").push_bind(payer);
    query.push(" AND patient_id = ").push_bind(patient).push(" AND program = ").push_bind(&partition.program);
    query.push(" AND environment = ").push_bind(partition.environment);
}

/// The log does not name the member.
pub(super) async fn record(ctx: &mut Ctx, actor: Actor, action: Action, of: &Representative) -> Result<()> {
    let event = Event::new(actor, action, "representative", of.id.as_str()).within(&of.partition);
    let event =
        event.with("account", of.account.as_str()).with("payer", of.payer.as_str()).with("source", of.source.as_str());
    let event = match (&of.ended, of.evidence) {
        (Some(ended), _) => event.with("by", ended.by.as_str()),
        (None, Some(evidence)) => event.with("evidence", evidence.as_str()),
        (None, None) => event,
    };
    Ok(log::record(ctx, &event).await?)
}
