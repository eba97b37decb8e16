//! Visitors who try a sandbox from the documentation. Each is an account for a few hours, linked to a test member. No login finds
//! it, and it answers the requests of one app only: another person who is signed in in the same browser stays so, and learns
//! nothing of it.

use jiff::{SignedDuration, Timestamp};
use model::{
    account::PersonName,
    id::{AccountId, ClientId, PatientId, PayerId},
    partition::{Partition, ProgramId},
};
use store::{Ctx, SealingKey, sql};

use crate::{
    error::{Error, Result},
    members, payer_accounts, secret,
};

/// How long a guest stays, and what the guest allows lasts.
pub const LASTS: SignedDuration = SignedDuration::from_hours(2);

/// Whom a guest is, and for which app.
#[derive(Clone, Copy, Debug)]
pub struct Role<'a> {
    pub partition: &'a Partition,
    pub payer: &'a PayerId,
    /// The caller has checked that this is one of the published test members.
    pub patient: &'a PatientId,
    pub client: &'a ClientId,
}

/// A guest that has just come.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub guest: Guest,
    /// For the browser's cookie.
    pub token: String,
    /// For the authorization request's `login_hint`. It works once.
    pub ticket: String,
}

/// A guest of the browser that sent the token.
#[derive(Clone, Debug)]
pub struct Guest {
    pub account: AccountId,
    /// What the page last put there.
    pub held: String,
    pub expires_at: Timestamp,
}

/// Makes a guest, who holds nothing. [`Error::WrongEnvironment`] outside of a sandbox.
pub async fn arrive(ctx: &mut Ctx, sealing: &SealingKey, role: &Role<'_>) -> Result<Arrived> {
    let account = payer_accounts::insert(ctx, "guest", &PersonName::unknown(), payer_accounts::NO_ADDRESS).await?;
    members::link_sandbox(ctx, &account, role.partition, role.payer, role.patient).await?;
    let (token, ticket) = (ctx.random_secret(), ctx.random_secret());
    let hash = secret::hash(&token);
    let guest = Guest { account, held: String::new(), expires_at: ctx.now + LASTS };
    sql("INSERT INTO guest (token_hash, account_id, program, client_id, ticket_hash, held, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(&hash)
    .bind(&guest.account)
    .bind(&role.partition.program)
    .bind(role.client)
    .bind(secret::hash(&ticket))
    .bind(seal(sealing, &hash, &guest)?)
    .bind(guest.expires_at)
    .execute(&mut ctx.tx)
    .await?;
    Ok(Arrived { guest, token, ticket })
}

/// The account of the guest that a request of this app names, if no request has named it before.
pub async fn admit(ctx: &mut Ctx, ticket: &str, client: &ClientId) -> store::Result<Option<AccountId>> {
    let found: Option<(AccountId,)> = sql("UPDATE guest SET ticket_hash = NULL
         WHERE ticket_hash = $1 AND client_id = $2 AND $3 < expires_at RETURNING account_id")
    .bind(secret::hash(ticket))
    .bind(client)
    .bind(ctx.now)
    .fetch_optional(&mut ctx.tx)
    .await?;
    Ok(found.map(|(account,)| account))
}

/// The guest of this program whose token the browser sent.
pub async fn find(ctx: &mut Ctx, sealing: &SealingKey, token: &str, program: &ProgramId) -> Result<Option<Guest>> {
    let hash = secret::hash(token);
    let found: Option<(AccountId, String, Timestamp)> = sql(
        "SELECT account_id, held, expires_at FROM guest WHERE token_hash = $1 AND program = $2 AND $3 < expires_at",
    )
    .bind(&hash)
    .bind(program)
    .bind(ctx.now)
    .fetch_optional(&mut ctx.tx)
    .await?;
    let Some((account, sealed, expires_at)) = found else { return Ok(None) };
    let held = sealing.open(&context(&hash), &sealed).map_err(|_| Error::Sealed(account.clone()))?;
    Ok(Some(Guest { account, held: String::from_utf8_lossy(&held).into_owned(), expires_at }))
}

/// Stores what the guest holds now.
pub async fn hold(ctx: &mut Ctx, sealing: &SealingKey, token: &str, guest: &Guest) -> Result<()> {
    let hash = secret::hash(token);
    let sealed = seal(sealing, &hash, guest)?;
    sql("UPDATE guest SET held = $1 WHERE token_hash = $2").bind(sealed).bind(hash).execute(&mut ctx.tx).await?;
    Ok(())
}

/// The guest leaves.
pub async fn leave(ctx: &mut Ctx, token: &str) -> Result<()> {
    let found: Option<(AccountId,)> = sql("SELECT account_id FROM guest WHERE token_hash = $1")
        .bind(secret::hash(token))
        .fetch_optional(&mut ctx.tx)
        .await?;
    let Some((account,)) = found else { return Ok(()) };
    remove(ctx, &account).await
}

/// Removes up to 500 guests whose time is over. Returns how many.
pub(crate) async fn purge(ctx: &mut Ctx) -> Result<u64> {
    let over: Vec<(AccountId,)> = sql("SELECT account_id FROM guest WHERE expires_at <= $1 LIMIT 500")
        .bind(ctx.now)
        .fetch_all(&mut ctx.tx)
        .await?;
    for (account,) in &over {
        remove(ctx, account).await?;
    }
    Ok(over.len() as u64)
}

async fn remove(ctx: &mut Ctx, account: &AccountId) -> Result<()> {
    for statement in ["DELETE FROM member_link WHERE account_id = $1", "DELETE FROM account WHERE id = $1"] {
        sql(statement).bind(account).execute(&mut ctx.tx).await?;
    }
    Ok(())
}

fn seal(sealing: &SealingKey, token_hash: &str, guest: &Guest) -> Result<String> {
    let sealed = sealing.seal(&context(token_hash), guest.held.as_bytes());
    sealed.map_err(|_| Error::Sealed(guest.account.clone()))
}

/// Ties what is sealed to its row.
fn context(token_hash: &str) -> String {
    format!("guest:{token_hash}")
}
