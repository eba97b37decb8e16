//! A second channel to prove who one is: six digits sent to the address that the payer has of a member. Whoever types them
//! reads that member's mail. They work for a quarter of an hour and five tries, for the account that asked.

use jiff::SignedDuration;
use mail::{messages, outbox, site::Site};
use model::{
    email::Email,
    id::{AccountId, PatientId, PayerId},
    locale::Locale,
    partition::Partition,
};
use store::{Ctx, SealingKey, sql};

use crate::{
    attempts::{self, Rule},
    error::{Error, Result},
};

/// The message says so too.
const TTL: SignedDuration = SignedDuration::from_mins(15);
const MOST_WRONG: i64 = 5;
const LENGTH: usize = 6;
/// To one member: whoever has their card fills nobody's mailbox, and gets few codes to guess at.
const SENT: Rule = Rule {
    free: 3,
    first_wait: SignedDuration::from_mins(10),
    longest_wait: SignedDuration::from_hours(24),
    forget_after: SignedDuration::from_hours(24),
};

/// Whose account is to be linked where.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub account: &'a AccountId,
    pub partition: &'a Partition,
    pub payer: &'a PayerId,
}

impl Asked<'_> {
    /// Six digits are few, so what is kept is keyed: a copy of the database alone gives none away.
    fn digest(&self, sealing: &SealingKey, code: &str) -> String {
        let Self { account, partition, payer } = self;
        sealing.digest(&format!("member_code:{account}:{partition}:{payer}"), code)
    }
}

/// Sends a code; an earlier one works no more. [`Error::TooManyAttempts`] where this member was sent several lately.
pub async fn send(
    ctx: &mut Ctx,
    sealing: &SealingKey,
    site: &Site,
    asked: Asked<'_>,
    patient: &PatientId,
    to: &Email,
    locale: Locale,
) -> Result<()> {
    let bucket = format!("mail:member-code:{}:{}:{patient}", asked.partition, asked.payer);
    attempts::admit(ctx, SENT, &bucket).await?;
    delete(ctx, asked).await?;
    let code = format!("{:06}", u64::from_be_bytes(ctx.random_bytes()) % 1_000_000);
    let digest = asked.digest(sealing, &code);
    let expires_at = ctx.now + TTL;
    sql("INSERT INTO member_code (account_id, program, environment, payer, patient_id, code_digest, sent_to, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(asked.account)
    .bind(&asked.partition.program)
    .bind(asked.partition.environment)
    .bind(asked.payer)
    .bind(patient)
    .bind(&digest)
    .bind(to.masked())
    .bind(expires_at)
    .execute(&mut ctx.tx)
    .await?;
    let message = messages::access::member_code(site, to, locale, &code);
    Ok(outbox::enqueue_until(ctx, &event(&digest), &message, expires_at).await?)
}

fn event(digest: &str) -> String {
    format!("member-code:{digest}")
}

/// Where a code that still works was sent to, as the page may show it.
pub async fn waiting(ctx: &mut Ctx, asked: Asked<'_>) -> Result<Option<String>> {
    let mut query = sql("SELECT sent_to FROM member_code WHERE ");
    narrow(&mut query, asked);
    query.push(" AND ").push_bind(ctx.now).push(" < expires_at");
    let found: Option<(String,)> = query.fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(sent_to,)| sent_to))
}

/// Uses the code up; who the member is. [`Error::WrongCode`], or [`Error::LinkInvalid`] where none waits any more; for both the
/// caller commits, because tries count.
pub async fn redeem(ctx: &mut Ctx, sealing: &SealingKey, asked: Asked<'_>, typed: &str) -> Result<PatientId> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).take(LENGTH + 1).collect();
    let mut query = sql("DELETE FROM member_code WHERE ");
    narrow(&mut query, asked);
    query.push(" AND code_digest = ").push_bind(asked.digest(sealing, &digits));
    query.push(" AND ").push_bind(ctx.now).push(" < expires_at RETURNING patient_id");
    if let Some((patient,)) = query.fetch_optional(&mut ctx.tx).await? {
        return Ok(patient);
    }
    let mut query = sql("UPDATE member_code SET wrong = wrong + 1 WHERE ");
    narrow(&mut query, asked);
    query.push(" AND ").push_bind(ctx.now).push(" < expires_at RETURNING wrong");
    let (wrong,): (i64,) = query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::LinkInvalid)?;
    if wrong < MOST_WRONG {
        return Err(Error::WrongCode);
    }
    delete(ctx, asked).await?;
    Err(Error::LinkInvalid)
}

/// Ends what waits, and the mail that brings it.
pub async fn delete(ctx: &mut Ctx, asked: Asked<'_>) -> Result<()> {
    let mut query = sql("DELETE FROM member_code WHERE ");
    narrow(&mut query, asked);
    query.push(" RETURNING code_digest");
    let ended: Vec<(String,)> = query.fetch_all(&mut ctx.tx).await?;
    for (digest,) in ended {
        outbox::withdraw(ctx, &event(&digest)).await?;
    }
    Ok(())
}

fn narrow(query: &mut store::Query, asked: Asked<'_>) {
    query.push("account_id = ").push_bind(asked.account);
    query.push(" AND program = ").push_bind(&asked.partition.program);
    query.push(" AND environment = ").push_bind(asked.partition.environment);
    query.push(" AND payer = ").push_bind(asked.payer);
}
