//! Which member an account is, for each program, environment and payer.

use std::net::IpAddr;

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use jiff::{SignedDuration, Timestamp};
use mail::{messages, outbox, site::Site};
use model::{
    id::{AccountId, PatientId, PayerId},
    partition::{Environment, Partition, ProgramId},
};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    accounts,
    attempts::{self, Rule},
    error::{Error, Result},
    representatives,
};

/// A member number, a birth date, and a name can be guessed, so few tries are free and each further try costs an hour.
const LINKING: Rule = Rule {
    free: 5,
    first_wait: SignedDuration::from_hours(1),
    longest_wait: SignedDuration::from_hours(24),
    forget_after: SignedDuration::from_hours(24),
};
/// A family may share a network, but a town does not.
const LINKING_BY_NETWORK: Rule = Rule { free: 20, ..LINKING };
/// Near misses: number and birth date are correct, but the name is spelled differently than on record. People need several,
/// and a person who has a card could only guess at its name.
const NEAR_MISSES: Rule = Rule { free: 30, ..LINKING };

/// An account is this member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub partition: Partition,
    pub payer: PayerId,
    pub patient: PatientId,
    pub linked_at: Timestamp,
}

const SELECT: &str = "SELECT program, environment, payer, patient_id, linked_at FROM member_link WHERE account_id = ";

/// Which member of this payer the account is.
pub async fn find_link(
    ctx: &mut Ctx,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
) -> Result<Option<Link>> {
    let mut query = sql(SELECT);
    query.push_bind(account).push(" AND program = ").push_bind(&partition.program);
    query.push(" AND environment = ").push_bind(partition.environment).push(" AND payer = ").push_bind(payer);
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// Whose data an account may share with apps of a payer: its own, and that of the members for whom it may act now.
#[derive(Clone, Debug, Default)]
pub struct People {
    pub own: Option<PatientId>,
    /// Without the account's own, each member once.
    pub represented: Vec<Represented>,
}

/// A member for whom an account may act now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Represented {
    pub patient: PatientId,
    /// `None` if no end is known.
    pub until: Option<Timestamp>,
}

/// How an account comes to a member's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// It is the member.
    Own,
    /// It may act for the member until then; `None` if no end is known.
    Representative(Option<Timestamp>),
}

impl People {
    /// `None` if the account may not share this member's data.
    pub fn basis(&self, patient: &PatientId) -> Option<Basis> {
        if self.own.as_ref() == Some(patient) {
            return Some(Basis::Own);
        }
        let found = self.represented.iter().find(|one| one.patient == *patient)?;
        Some(Basis::Representative(found.until))
    }

    /// All of them, the account's own first.
    pub fn patients(&self) -> impl Iterator<Item = &PatientId> {
        self.own.iter().chain(self.represented.iter().map(|one| &one.patient))
    }
}

impl Basis {
    pub fn is_own(self) -> bool {
        self == Self::Own
    }

    /// When it ends at the latest, if that is known.
    pub fn until(self) -> Option<Timestamp> {
        match self {
            Self::Own => None,
            Self::Representative(until) => until,
        }
    }
}

/// Whose data the account may share now.
pub async fn people(ctx: &mut Ctx, account: &AccountId, partition: &Partition, payer: &PayerId) -> Result<People> {
    let own = find_link(ctx, account, partition, payer).await?.map(|link| link.patient);
    let mut represented: Vec<Represented> = Vec::new();
    for found in representatives::in_force(ctx, account, partition, payer).await? {
        if own.as_ref() == Some(&found.patient) {
            continue;
        }
        match represented.iter_mut().find(|known| known.patient == found.patient) {
            // Both sources name the member: the one that lasts longer counts.
            Some(known) => known.until = known.until.zip(found.ends_at).map(|(one, other)| one.max(other)),
            None => represented.push(Represented { patient: found.patient, until: found.ends_at }),
        }
    }
    Ok(People { own, represented })
}

/// Every member that the account is, for the portal that shows them all.
pub async fn links(ctx: &mut Ctx, account: &AccountId) -> Result<Vec<Link>> {
    let mut query = sql(SELECT);
    query.push_bind(account).push(" ORDER BY program, environment, payer");
    Ok(query.fetch_all(&mut ctx.tx).await?)
}

/// The accounts that are this member, to write to them.
pub async fn accounts_of(
    ctx: &mut Ctx,
    partition: &Partition,
    payer: &PayerId,
    patient: &PatientId,
) -> Result<Vec<AccountId>> {
    let rows = sql("SELECT account_id FROM member_link
         WHERE program = $1 AND environment = $2 AND payer = $3 AND patient_id = $4 ORDER BY account_id")
    .bind(&partition.program)
    .bind(partition.environment)
    .bind(payer)
    .bind(patient)
    .fetch_all(&mut ctx.tx)
    .await?;
    Ok(rows.into_iter().map(|(account,)| account).collect())
}

/// Chooses a test member, or another one. The caller has checked that the patient is one of the published ones.
pub async fn link_sandbox(
    ctx: &mut Ctx,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    patient: &PatientId,
) -> Result<()> {
    if partition.environment != Environment::Sandbox {
        return Err(Error::WrongEnvironment);
    }
    put_link(ctx, account, partition, payer, patient).await?;
    linked(ctx, account, partition, payer).await
}

/// Replaces the member that the account was before.
async fn put_link(
    ctx: &mut Ctx,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    patient: &PatientId,
) -> Result<()> {
    sql("INSERT INTO member_link (account_id, program, environment, payer, patient_id, linked_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (account_id, program, environment, payer) DO UPDATE SET
             patient_id = excluded.patient_id, linked_at = excluded.linked_at")
    .bind(account)
    .bind(&partition.program)
    .bind(partition.environment)
    .bind(payer)
    .bind(patient)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// Counts a try to link a real member. [`Error::TooManyAttempts`] if it comes too early. The caller commits before it looks up
/// the member, so that a failed try counts too.
pub async fn admit_attempt(ctx: &mut Ctx, account: &AccountId, address: Option<IpAddr>) -> Result<()> {
    attempts::admit(ctx, LINKING_BY_NETWORK, &format!("member:network:{}", attempts::network(address))).await?;
    attempts::admit(ctx, LINKING, &format!("member:account:{account}")).await
}

/// Counts the last try as a near miss and takes it back as a try. [`Error::TooManyAttempts`] if there were too many near misses:
/// then it stays a try like any other, so that a person who guesses at names has to wait even with the correct one.
pub async fn near_miss(ctx: &mut Ctx, account: &AccountId, address: Option<IpAddr>) -> Result<()> {
    attempts::admit(ctx, NEAR_MISSES, &format!("member:near:{account}")).await?;
    take_back_attempt(ctx, account, address).await
}

/// Takes back the last try, because it was not a guess.
pub async fn take_back_attempt(ctx: &mut Ctx, account: &AccountId, address: Option<IpAddr>) -> Result<()> {
    attempts::take_back(ctx, &format!("member:network:{}", attempts::network(address))).await?;
    attempts::take_back(ctx, &format!("member:account:{account}")).await
}

/// Links the real member whom the caller found by member number, birth date, and last name, and by a code if the payer asks
/// for one. The link is permanent. We email every account that is already linked to the same person.
/// [`Error::LinkedToAnother`] if the account is already another member of this payer.
pub async fn link_production(
    ctx: &mut Ctx,
    site: &Site,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    patient: &PatientId,
) -> Result<()> {
    if partition.environment != Environment::Production {
        return Err(Error::WrongEnvironment);
    }
    let inserted = sql("INSERT INTO member_link (account_id, program, environment, payer, patient_id, linked_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account_id, program, environment, payer) DO NOTHING")
    .bind(account)
    .bind(&partition.program)
    .bind(partition.environment)
    .bind(payer)
    .bind(patient)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    if inserted == 0 {
        let own = find_link(ctx, account, partition, payer).await?.is_some_and(|link| link.patient == *patient);
        return if own { Ok(()) } else { Err(Error::LinkedToAnother) };
    }
    attempts::forget(ctx, &format!("member:account:{account}")).await?;
    tell_others(ctx, site, account, partition, payer, patient).await?;
    linked(ctx, account, partition, payer).await
}

/// Emails every account that is already linked to the person that another account now is, too.
async fn tell_others(
    ctx: &mut Ctx,
    site: &Site,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    patient: &PatientId,
) -> Result<()> {
    for other in accounts_of(ctx, partition, payer, patient).await?.into_iter().filter(|other| other != account) {
        let other = accounts::find(ctx, &other).await?;
        if let Some(reader) = other.as_ref().and_then(accounts::Account::reader) {
            let message = messages::access::linked_elsewhere(site, reader);
            outbox::enqueue(ctx, &format!("linked-elsewhere:{}", ctx.random_id()), &message).await?;
        }
    }
    Ok(())
}

/// Stores what the payer's own provider says at every sign-in: the account is this member, or no longer any member.
pub async fn link_by_provider(
    ctx: &mut Ctx,
    site: &Site,
    account: &AccountId,
    partition: &Partition,
    payer: &PayerId,
    patient: Option<&PatientId>,
) -> Result<()> {
    let before = find_link(ctx, account, partition, payer).await?.map(|link| link.patient);
    if before.as_ref() == patient {
        return Ok(());
    }
    let Some(patient) = patient else { return unlink(ctx, account, partition, payer).await };
    put_link(ctx, account, partition, payer, patient).await?;
    // In the sandbox several accounts may be the same test member.
    if partition.environment == Environment::Production {
        tell_others(ctx, site, account, partition, payer, patient).await?;
    }
    linked(ctx, account, partition, payer).await
}

async fn unlink(ctx: &mut Ctx, account: &AccountId, partition: &Partition, payer: &PayerId) -> Result<()> {
    sql("DELETE FROM member_link WHERE account_id = $1 AND program = $2 AND environment = $3 AND payer = $4")
        .bind(account)
        .bind(&partition.program)
        .bind(partition.environment)
        .bind(payer)
        .execute(&mut ctx.tx)
        .await?;
    let event = Event::new(Actor::System, Action::MemberUnlinked, "account", account.as_str());
    Ok(log::record(ctx, &event.within(partition).with("payer", payer.as_str())).await?)
}

/// The log does not name the member.
async fn linked(ctx: &mut Ctx, account: &AccountId, partition: &Partition, payer: &PayerId) -> Result<()> {
    let event = Event::new(Actor::Account(account.clone()), Action::MemberLinked, "account", account.as_str());
    Ok(log::record(ctx, &event.within(partition).with("payer", payer.as_str())).await?)
}

impl FromRow for Link {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (program, environment): (ProgramId, Environment) = (row.get(0)?, row.get(1)?);
        let partition = Partition { program, environment };
        Ok(Self { partition, payer: row.get(2)?, patient: row.get(3)?, linked_at: row.get(4)? })
    }
}
