//! A second channel to prove who a person is: six digits that we send to the address or phone in the payer's data. A person who
//! types them reads that member's mail or holds their phone. They work for five tries, and only for the account that asked.

use jiff::{SignedDuration, Timestamp};
use mail::{messages, outbox, site::Site};
use model::{
    channel::Channel,
    email::Email,
    id::{AccountId, PatientId, PayerId},
    locale::Locale,
    partition::{Environment, Partition, ProgramId},
};
use store::{Ctx, SealingKey, sql};

use crate::{
    attempts::{self, Rule},
    error::{Error, Result},
};

const MOST_WRONG: i64 = 5;
const LENGTH: usize = 6;
/// To one member, on every channel: a person who has someone's card cannot fill their mailbox, and gets few codes to guess.
const SENT: Rule = Rule {
    free: 3,
    first_wait: SignedDuration::from_mins(10),
    longest_wait: SignedDuration::from_hours(24),
    forget_after: SignedDuration::from_hours(24),
};
/// Each letter costs the payer a stamp, and may alarm its reader.
const LETTERS: Rule = Rule {
    free: 0,
    first_wait: SignedDuration::from_hours(24),
    longest_wait: SignedDuration::from_hours(14 * 24),
    forget_after: SignedDuration::from_hours(30 * 24),
};
/// Counts codes that are not taken back. A payer that does not answer in time may have sent the code anyway.
const TRIED: Rule = Rule { free: 6, ..SENT };

/// How long a code works; the messages name the same time.
pub fn ttl(channel: Channel) -> SignedDuration {
    match channel {
        Channel::Email | Channel::Phone => SignedDuration::from_mins(15),
        Channel::Letter => SignedDuration::from_hours(14 * 24),
    }
}

/// The account to link, and the payer to link it to.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub account: &'a AccountId,
    pub partition: &'a Partition,
    pub payer: &'a PayerId,
}

impl Asked<'_> {
    /// Six digits are few, so we keep a keyed digest: a copy of the database alone reveals no code.
    fn digest(&self, sealing: &SealingKey, code: &str) -> String {
        let Self { account, partition, payer } = self;
        sealing.digest(&format!("member_code:{account}:{partition}:{payer}"), code)
    }

    fn bucket(&self, kind: &str, patient: &PatientId) -> String {
        format!("{kind}:{}:{}:{patient}", self.partition, self.payer)
    }

    fn sent(&self, patient: &PatientId) -> String {
        self.bucket("mail:member-code", patient)
    }

    fn letters(&self, patient: &PatientId) -> String {
        self.bucket("member-code:letter", patient)
    }

    /// Restricts a query to the rows of this link.
    pub(crate) fn narrow(&self, query: &mut store::Query) {
        query.push("account_id = ").push_bind(self.account);
        query.push(" AND program = ").push_bind(&self.partition.program);
        query.push(" AND environment = ").push_bind(self.partition.environment);
        query.push(" AND payer = ").push_bind(self.payer);
    }
}

/// A code on its way. Not to be logged.
pub struct Code {
    pub digits: String,
    pub channel: Channel,
    pub expires_at: Timestamp,
}

impl Code {
    pub fn draw(ctx: &Ctx, channel: Channel) -> Self {
        let digits = format!("{:06}", u64::from_be_bytes(ctx.random_bytes()) % 1_000_000);
        Self { digits, channel, expires_at: ctx.now + ttl(channel) }
    }
}

/// A code that still works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub channel: Channel,
    /// Where we sent it, as far as the page may show it; see [`keep`].
    pub sent_to: String,
    pub expires_at: Timestamp,
}

/// Counts a code to this member. [`Error::TooManyAttempts`] if we sent them several recently: then the caller commits nothing.
pub async fn admit(ctx: &mut Ctx, asked: Asked<'_>, patient: &PatientId, channel: Channel) -> Result<()> {
    attempts::admit(ctx, SENT, &asked.sent(patient)).await?;
    if channel != Channel::Email {
        attempts::admit(ctx, TRIED, &asked.bucket("member-code:tried", patient)).await?;
    }
    if channel == Channel::Letter {
        attempts::admit(ctx, LETTERS, &asked.letters(patient)).await?;
    }
    Ok(())
}

/// Takes back the code that was just counted, because it was not sent.
pub async fn take_back(ctx: &mut Ctx, asked: Asked<'_>, patient: &PatientId, channel: Channel) -> Result<()> {
    attempts::take_back(ctx, &asked.sent(patient)).await?;
    if channel == Channel::Letter {
        attempts::take_back(ctx, &asked.letters(patient)).await?;
    }
    Ok(())
}

/// Mails a code, in the same transaction; an earlier one no longer works. The caller has [admitted](admit) it.
pub async fn mail(
    ctx: &mut Ctx,
    sealing: &SealingKey,
    site: &Site,
    asked: Asked<'_>,
    patient: &PatientId,
    to: &Email,
    locale: Locale,
) -> Result<()> {
    let code = Code::draw(ctx, Channel::Email);
    keep(ctx, sealing, asked, patient, &code, &to.masked()).await?;
    let message = messages::access::member_code(site, to, locale, &code.digits);
    let event = event(&asked.digest(sealing, &code.digits));
    Ok(outbox::enqueue_until(ctx, &event, &message, code.expires_at).await?)
}

/// Keeps what we need to recognize a code; an earlier code no longer works. `sent_to` is for the page: a masked address, the
/// last digits of a phone number, or nothing for a letter.
pub async fn keep(
    ctx: &mut Ctx,
    sealing: &SealingKey,
    asked: Asked<'_>,
    patient: &PatientId,
    code: &Code,
    sent_to: &str,
) -> Result<()> {
    delete(ctx, asked).await?;
    // Another tab may have asked for a code at the same time: the later code counts.
    sql("INSERT INTO member_code (account_id, program, environment, payer, patient_id, code_digest, channel, sent_to, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (account_id, program, environment, payer) DO UPDATE SET
             patient_id = excluded.patient_id, code_digest = excluded.code_digest, channel = excluded.channel,
             sent_to = excluded.sent_to, wrong = 0, expires_at = excluded.expires_at")
    .bind(asked.account)
    .bind(&asked.partition.program)
    .bind(asked.partition.environment)
    .bind(asked.payer)
    .bind(patient)
    .bind(asked.digest(sealing, &code.digits))
    .bind(code.channel)
    .bind(sent_to)
    .bind(code.expires_at)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

fn event(digest: &str) -> String {
    format!("member-code:{digest}")
}

/// The code that the person still has to type.
pub async fn waiting(ctx: &mut Ctx, asked: Asked<'_>) -> Result<Option<Waiting>> {
    let mut query = sql("SELECT channel, sent_to, expires_at FROM member_code WHERE ");
    asked.narrow(&mut query);
    query.push(" AND ").push_bind(ctx.now).push(" < expires_at");
    let found = query.fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(channel, sent_to, expires_at)| Waiting { channel, sent_to, expires_at }))
}

/// Every code that waits for this account: for which payer, and what the page may show of it.
pub async fn all_waiting(ctx: &mut Ctx, account: &AccountId) -> Result<Vec<(Partition, PayerId, Waiting)>> {
    let rows: Vec<(ProgramId, Environment, PayerId, Channel, String, Timestamp)> =
        sql("SELECT program, environment, payer, channel, sent_to, expires_at FROM member_code
             WHERE account_id = $1 AND $2 < expires_at ORDER BY program, environment, payer")
        .bind(account)
        .bind(ctx.now)
        .fetch_all(&mut ctx.tx)
        .await?;
    let placed = |(program, environment, payer, channel, sent_to, expires_at)| {
        (Partition { program, environment }, payer, Waiting { channel, sent_to, expires_at })
    };
    Ok(rows.into_iter().map(placed).collect())
}

/// Uses up the code and returns the member. [`Error::WrongCode`], or [`Error::LinkInvalid`] if no code waits any longer; in both
/// cases the caller commits, because tries count.
pub async fn redeem(ctx: &mut Ctx, sealing: &SealingKey, asked: Asked<'_>, typed: &str) -> Result<PatientId> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).take(LENGTH + 1).collect();
    // Counted before it is compared, so that many tries at once do not get around the limit.
    let mut query = sql("UPDATE member_code SET wrong = wrong + 1 WHERE ");
    asked.narrow(&mut query);
    query.push(" AND ").push_bind(ctx.now).push(" < expires_at RETURNING wrong, code_digest, patient_id");
    let (tries, digest, patient): (i64, String, PatientId) =
        query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::LinkInvalid)?;
    let is_right = digest == asked.digest(sealing, &digits);
    if !is_right && tries < MOST_WRONG {
        return Err(Error::WrongCode);
    }
    delete(ctx, asked).await?;
    if is_right { Ok(patient) } else { Err(Error::LinkInvalid) }
}

/// Ends the code that waits, and the mail that brings it.
async fn delete(ctx: &mut Ctx, asked: Asked<'_>) -> Result<()> {
    let mut query = sql("DELETE FROM member_code WHERE ");
    asked.narrow(&mut query);
    query.push(" RETURNING code_digest");
    let ended: Vec<(String,)> = query.fetch_all(&mut ctx.tx).await?;
    for (digest,) in ended {
        outbox::withdraw(ctx, &event(&digest)).await?;
    }
    Ok(())
}
