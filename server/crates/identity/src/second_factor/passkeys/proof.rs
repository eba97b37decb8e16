//! Proof by a passkey: we ask the browser for it with a challenge of its own, which works once.

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use jiff::SignedDuration;
use model::id::{AccountId, PasskeyId, SessionId};
use store::{Ctx, FromRow, Row, sql};
use webauthn::{
    Expected,
    assertion::{Assertion, Known},
    options,
    public_key::PublicKey,
    refused::Refused,
    relying_party::RelyingParty,
};

use super::{descriptors, user_handle};
use crate::error::{Error, Result};

/// How long the browser may take.
pub const TTL: SignedDuration = SignedDuration::from_mins(5);

/// Makes a challenge that waits in this browser for a passkey of the account, if it has any; an earlier one is forgotten.
pub async fn ask(ctx: &mut Ctx, account: &AccountId, session: &SessionId) -> Result<()> {
    sql("INSERT INTO passkey_challenge (session_id, account_id, challenge, expires_at)
         SELECT $1, $2, $3, $4 WHERE EXISTS (SELECT 1 FROM passkey WHERE account_id = $2)
         ON CONFLICT (session_id) DO UPDATE SET
             account_id = excluded.account_id, challenge = excluded.challenge, expires_at = excluded.expires_at")
    .bind(session)
    .bind(account)
    .bind(ctx.random_secret())
    .bind(ctx.now + TTL)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// What to ask the browser for, as JSON; `None` if no challenge waits.
pub async fn find(
    ctx: &mut Ctx,
    relying_party: &RelyingParty,
    account: &AccountId,
    session: &SessionId,
) -> Result<Option<String>> {
    let Some(rp_id) = relying_party.id() else { return Ok(None) };
    let Some(challenge) = find_challenge(ctx, account, session).await? else { return Ok(None) };
    Ok(Some(options::request(rp_id, &challenge, &descriptors(ctx, account).await?)))
}

/// Deletes every challenge of the browser.
pub(crate) async fn forget(ctx: &mut Ctx, session: &SessionId) -> Result<()> {
    sql("DELETE FROM passkey_challenge WHERE session_id = $1").bind(session).execute(&mut ctx.tx).await?;
    Ok(())
}

/// Uses up the challenge, whatever the outcome. [`Error::WrongPasskey`], [`Error::CopiedPasskey`], or
/// [`Error::ChallengeExpired`] if none waited; after each of them another challenge waits.
pub(in crate::second_factor) async fn use_up(
    ctx: &mut Ctx,
    relying_party: &RelyingParty,
    account: &AccountId,
    session: &SessionId,
    answer: &str,
) -> Result<()> {
    let challenge = take_challenge(ctx, account, session).await?;
    ask(ctx, account, session).await?;
    let challenge = challenge.ok_or(Error::ChallengeExpired)?;
    let assertion = Assertion::parse(answer).map_err(|_| Error::WrongPasskey)?;
    let kept = find_kept(ctx, account, &assertion.credential_id).await?.ok_or(Error::WrongPasskey)?;
    let expected = Expected { relying_party, challenge: &challenge };
    let known = Known { public_key: &kept.public_key, sign_count: kept.sign_count, user_handle: user_handle(account) };
    match assertion.verify(&expected, &known) {
        Ok(sign_count) => used(ctx, &kept, sign_count).await?,
        Err(Refused::Counter) => {
            let actor = Actor::Account(account.clone());
            let event = Event::new(actor, Action::AccountPasskeyCopied, "account", account.as_str());
            log::record(ctx, &event.with("passkey", kept.id.as_str())).await?;
            return Err(Error::CopiedPasskey);
        }
        Err(_) => return Err(Error::WrongPasskey),
    }
    forget(ctx, session).await
}

async fn find_challenge(ctx: &mut Ctx, account: &AccountId, session: &SessionId) -> Result<Option<String>> {
    let query = sql("SELECT challenge FROM passkey_challenge
         WHERE session_id = $1 AND account_id = $2 AND $3 < expires_at");
    let found: Option<(String,)> = query.bind(session).bind(account).bind(ctx.now).fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(challenge,)| challenge))
}

/// If several requests answer the same challenge at once, one finds it.
async fn take_challenge(ctx: &mut Ctx, account: &AccountId, session: &SessionId) -> Result<Option<String>> {
    let query = sql("DELETE FROM passkey_challenge WHERE session_id = $1 AND account_id = $2 AND $3 < expires_at
         RETURNING challenge");
    let taken: Option<(String,)> = query.bind(session).bind(account).bind(ctx.now).fetch_optional(&mut ctx.tx).await?;
    Ok(taken.map(|(challenge,)| challenge))
}

/// What we keep of a passkey to verify its signatures.
struct Kept {
    id: PasskeyId,
    public_key: PublicKey,
    sign_count: u32,
}

async fn find_kept(ctx: &mut Ctx, account: &AccountId, credential_id: &str) -> Result<Option<Kept>> {
    let query = sql("SELECT id, public_key, sign_count FROM passkey WHERE account_id = $1 AND credential_id = $2");
    Ok(query.bind(account).bind(credential_id).fetch_optional(&mut ctx.tx).await?)
}

/// Succeeds only if the stored counter is still the one that was compared.
async fn used(ctx: &mut Ctx, kept: &Kept, sign_count: u32) -> Result<()> {
    let used = sql("UPDATE passkey SET sign_count = $1, last_used_at = $2 WHERE id = $3 AND sign_count = $4")
        .bind(sign_count)
        .bind(ctx.now)
        .bind(&kept.id)
        .bind(kept.sign_count)
        .execute(&mut ctx.tx)
        .await?;
    if used == 1 { Ok(()) } else { Err(Error::WrongPasskey) }
}

impl FromRow for Kept {
    fn from_row(row: &Row) -> store::Result<Self> {
        let id: PasskeyId = row.get(0)?;
        let corrupt = |column: &'static str, reason: String| store::Error::Corrupt {
            table: "passkey",
            column,
            id: id.to_string(),
            reason,
        };
        let (public_key, sign_count): (String, i64) = (row.get(1)?, row.get(2)?);
        let public_key = PublicKey::from_text(&public_key).map_err(|error| corrupt("public_key", error.to_string()))?;
        let sign_count = u32::try_from(sign_count).map_err(|error| corrupt("sign_count", error.to_string()))?;
        Ok(Self { public_key, sign_count, id })
    }
}
