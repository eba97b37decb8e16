//! Adding a passkey: we ask the browser for one, and it counts once we have verified the answer.

use audit::{action::Action, event::Actor};
use jiff::SignedDuration;
use mail::messages;
use model::{
    id::{AccountId, SessionId},
    text::Name,
};
use store::{Ctx, sql};
use webauthn::{
    Expected,
    options::{self, User},
    registration::{self, Credential},
    relying_party::RelyingParty,
};

use super::{MOST, descriptors, user_handle};
use crate::{
    Identity,
    accounts::{self, Account},
    error::{Error, Result},
    second_factor::{
        change::{Proof, tell},
        enrol::may_begin,
        is_enrolled,
        recovery_codes::{self, RecoveryCodes},
    },
    sessions::{self, Session, Started},
};

/// How long the browser may take.
pub const TTL: SignedDuration = SignedDuration::from_mins(5);
/// The name under which authenticators list us.
const RP_NAME: &str = "FLEX";

/// A passkey that a browser is about to create.
#[derive(Debug)]
pub struct Waiting {
    /// The name of the passkey.
    pub name: String,
    /// For the browser, as JSON.
    pub options: String,
}

/// A passkey was added.
#[derive(Debug)]
pub enum Added {
    /// As the account's first factor: every other session ended, the token of this one was renewed, and recovery codes were
    /// made.
    First(Started, RecoveryCodes),
    /// Beside another factor.
    Another,
}

/// Makes a challenge that waits in this browser for a new passkey; an earlier one is forgotten. A person who already has a
/// factor proves it first. [`Error::NoPasskeysHere`], [`Error::TooManyPasskeys`].
pub async fn begin(
    identity: &Identity,
    account: &Account,
    session: &Session,
    name: &Name,
    proof: &Proof<'_>,
) -> Result<()> {
    identity.relying_party.id().ok_or(Error::NoPasskeysHere)?;
    check_count(&mut identity.store.read().await?, &account.id).await?;
    let mut ctx = may_begin(identity, account, session, proof).await?;
    let challenge = ctx.random_secret();
    sql("INSERT INTO passkey_enrolment (session_id, account_id, name, challenge, expires_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (session_id) DO UPDATE SET account_id = excluded.account_id, name = excluded.name,
             challenge = excluded.challenge, expires_at = excluded.expires_at")
    .bind(&session.id)
    .bind(&account.id)
    .bind(name.as_str())
    .bind(challenge)
    .bind(ctx.now + TTL)
    .execute(&mut ctx.tx)
    .await?;
    Ok(ctx.commit().await?)
}

/// What waits in this browser.
pub async fn find(
    ctx: &mut Ctx,
    relying_party: &RelyingParty,
    account: &Account,
    session: &SessionId,
) -> Result<Option<Waiting>> {
    let Some(rp_id) = relying_party.id() else { return Ok(None) };
    let Some((name, challenge)) = find_row(ctx, &account.id, session).await? else { return Ok(None) };
    let user = User {
        handle: user_handle(&account.id),
        name: account.healthcare_id.as_str(),
        display_name: account.name.as_str(),
    };
    let exclude = descriptors(ctx, &account.id).await?;
    Ok(Some(Waiting { name, options: options::creation(rp_id, RP_NAME, &challenge, &user, &exclude) }))
}

/// Verifies the browser's answer and makes the passkey a factor of the account. [`Error::WrongPasskey`], after which another
/// challenge waits; [`Error::PasskeyTaken`], [`Error::TooManyPasskeys`], or [`Error::EnrolmentExpired`] if none waited.
pub async fn confirm(identity: &Identity, account: &Account, session: &SessionId, answer: &str) -> Result<Added> {
    let mut ctx = identity.store.write().await?;
    accounts::hold(&mut ctx, &account.id).await?;
    let (name, challenge) = find_row(&mut ctx, &account.id, session).await?.ok_or(Error::EnrolmentExpired)?;
    renew(&mut ctx, session, &challenge).await?;
    let expected = Expected { relying_party: &identity.relying_party, challenge: &challenge };
    let Ok(credential) = registration::verify(&expected, answer) else {
        ctx.commit().await?;
        return Err(Error::WrongPasskey);
    };
    check_count(&mut ctx, &account.id).await?;
    let is_first = !is_enrolled(&mut ctx, &account.id).await?;
    if !put(&mut ctx, &account.id, &name, &credential).await? {
        ctx.commit().await?;
        return Err(Error::PasskeyTaken);
    }
    sql("DELETE FROM passkey_enrolment WHERE session_id = $1").bind(session).execute(&mut ctx.tx).await?;
    let added = if is_first {
        first(&mut ctx, identity, account, session).await?
    } else {
        let (actor, letter) = (Actor::Account(account.id.clone()), messages::second_factor::passkey_added);
        tell(&mut ctx, &identity.site, account, actor, Action::AccountPasskeyAdded, letter).await?;
        Added::Another
    };
    ctx.commit().await?;
    Ok(added)
}

async fn first(ctx: &mut Ctx, identity: &Identity, account: &Account, session: &SessionId) -> Result<Added> {
    // It began when the account had no factor to prove.
    sql("DELETE FROM totp_enrolment WHERE account_id = $1").bind(&account.id).execute(&mut ctx.tx).await?;
    let codes = recovery_codes::make(ctx, &identity.sealing, &account.id).await?;
    let started = sessions::leave_alone(ctx, &account.id, session).await?;
    let (actor, letter) = (Actor::Account(account.id.clone()), messages::second_factor::first_passkey_added);
    tell(ctx, &identity.site, account, actor, Action::AccountSecondFactorAdded, letter).await?;
    Ok(Added::First(started, codes))
}

async fn find_row(ctx: &mut Ctx, account: &AccountId, session: &SessionId) -> Result<Option<(String, String)>> {
    let query = sql("SELECT name, challenge FROM passkey_enrolment
         WHERE session_id = $1 AND account_id = $2 AND $3 < expires_at");
    Ok(query.bind(session).bind(account).bind(ctx.now).fetch_optional(&mut ctx.tx).await?)
}

/// Uses up the challenge and replaces it with another one that expires at the same time.
async fn renew(ctx: &mut Ctx, session: &SessionId, challenge: &str) -> Result<()> {
    let renewed = sql("UPDATE passkey_enrolment SET challenge = $1 WHERE session_id = $2 AND challenge = $3")
        .bind(ctx.random_secret())
        .bind(session)
        .bind(challenge)
        .execute(&mut ctx.tx)
        .await?;
    if renewed == 1 { Ok(()) } else { Err(Error::EnrolmentExpired) }
}

async fn check_count(ctx: &mut Ctx, account: &AccountId) -> Result<()> {
    let there = descriptors(ctx, account).await?.len();
    if there < MOST { Ok(()) } else { Err(Error::TooManyPasskeys) }
}

/// `false` if an account already has this credential.
async fn put(ctx: &mut Ctx, account: &AccountId, name: &str, credential: &Credential) -> Result<bool> {
    let put =
        sql("INSERT INTO passkey (id, account_id, name, credential_id, public_key, sign_count, transports, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential_id) DO NOTHING")
        .bind(ctx.random_id())
        .bind(account)
        .bind(name)
        .bind(&credential.id)
        .bind(credential.public_key.to_text())
        .bind(credential.sign_count)
        .bind(credential.transports.join(" "))
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await?;
    Ok(put == 1)
}
