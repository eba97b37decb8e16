//! Adding an authenticator app, or replacing it: we make and show a secret, and it counts once the app has given the first
//! code for it.

use audit::{action::Action, event::Actor};
use jiff::{SignedDuration, Timestamp};
use mail::messages;
use model::id::{AccountId, SessionId};
use store::{Ctx, SealingKey, sql};

use super::{
    change::{self, Letter, Proof, tell},
    has_app, is_enrolled,
    recovery_codes::{self, RecoveryCodes},
    totp,
};
use crate::{
    Identity,
    accounts::{self, Account},
    error::{Error, Result},
    sessions::{self, Session, Started},
    sign_in,
};

/// How long a secret waits for its first code.
pub const TTL: SignedDuration = SignedDuration::from_mins(30);
/// A person who signed in this recently does not have to give the password again.
const FRESH: SignedDuration = SignedDuration::from_mins(5);

/// What the holder enters into the app, by camera or by hand.
pub struct Enrolment {
    /// In base32, for typing.
    pub secret: String,
    /// `otpauth://…`, for the QR code.
    pub uri: String,
}

/// Whether [`begin`] trusts the sign-in of an account that has no factor yet. A person whose role requires a factor has just
/// signed in; in a browser that was left alone, the page asks for the password.
pub fn is_fresh(session: &Session, now: Timestamp) -> bool {
    session.authenticated_at.is_some_and(|at| now < at + FRESH)
}

/// Makes a secret that waits in this browser for its first code; an earlier one is forgotten. A person who already has a
/// factor proves it first, and keeps it until [`confirm`].
pub async fn begin(identity: &Identity, account: &Account, session: &Session, proof: &Proof<'_>) -> Result<()> {
    let mut ctx = may_begin(identity, account, session, proof).await?;
    let sealed = totp::new_secret(&ctx, &identity.sealing, &account.id)?;
    sql("INSERT INTO totp_enrolment (session_id, account_id, secret, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (session_id) DO UPDATE SET
             account_id = excluded.account_id, secret = excluded.secret, expires_at = excluded.expires_at")
    .bind(&session.id)
    .bind(&account.id)
    .bind(sealed)
    .bind(ctx.now + TTL)
    .execute(&mut ctx.tx)
    .await?;
    Ok(ctx.commit().await?)
}

/// Opens the transaction for a new factor: a person who already has a factor proves it; others have just signed in or give
/// the password.
pub(super) async fn may_begin(
    identity: &Identity,
    account: &Account,
    session: &Session,
    proof: &Proof<'_>,
) -> Result<Ctx> {
    if is_enrolled(&mut identity.store.read().await?, &account.id).await? {
        return change::prove(identity, account, proof).await;
    }
    if !is_fresh(session, identity.store.now()) {
        sign_in::check_password(identity, &account.id, proof.password).await?;
    }
    let mut ctx = identity.store.write().await?;
    accounts::hold(&mut ctx, &account.id).await?;
    // Enrolled meanwhile in another browser: then that factor has to be proved.
    if is_enrolled(&mut ctx, &account.id).await? { Err(Error::WrongCode) } else { Ok(ctx) }
}

/// The secret that waits in this browser.
pub async fn find(
    ctx: &mut Ctx,
    sealing: &SealingKey,
    account: &Account,
    session: &SessionId,
) -> Result<Option<Enrolment>> {
    let Some(sealed) = find_sealed(ctx, &account.id, session).await? else { return Ok(None) };
    let shown = totp::show(sealing, &account.id, &account.healthcare_id, &sealed)?;
    Ok(Some(Enrolment { secret: shown.secret, uri: shown.uri }))
}

async fn find_sealed(ctx: &mut Ctx, account: &AccountId, session: &SessionId) -> Result<Option<String>> {
    let found: Option<(String,)> =
        sql("SELECT secret FROM totp_enrolment WHERE session_id = $1 AND account_id = $2 AND $3 < expires_at")
            .bind(session)
            .bind(account)
            .bind(ctx.now)
            .fetch_optional(&mut ctx.tx)
            .await?;
    Ok(found.map(|(sealed,)| sealed))
}

/// Checks the app's first code and makes the secret a factor of the account. Ends every other session and renews the token of
/// this one. Makes recovery codes unless the account already has some for its passkeys. [`Error::WrongCode`], or
/// [`Error::EnrolmentExpired`] if no secret waits.
pub async fn confirm(
    identity: &Identity,
    account: &Account,
    session: &SessionId,
    code: &str,
) -> Result<(Started, Option<RecoveryCodes>)> {
    let mut ctx = identity.store.write().await?;
    accounts::hold(&mut ctx, &account.id).await?;
    let sealed = find_sealed(&mut ctx, &account.id, session).await?.ok_or(Error::EnrolmentExpired)?;
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp::find_step(&identity.sealing, &account.id, &sealed, &code, ctx.now)?.ok_or(Error::WrongCode)?;
    let (replaces, enrolled) = (has_app(&mut ctx, &account.id).await?, is_enrolled(&mut ctx, &account.id).await?);
    put(&mut ctx, account, session, &sealed, step).await?;
    let codes = if enrolled && !replaces {
        None
    } else {
        Some(recovery_codes::make(&mut ctx, &identity.sealing, &account.id).await?)
    };
    let started = sessions::leave_alone(&mut ctx, &account.id, session).await?;
    let (action, letter): (_, Letter) = match (replaces, enrolled) {
        (true, _) => (Action::AccountSecondFactorChanged, messages::second_factor::changed),
        (false, true) => (Action::AccountAuthenticatorAdded, messages::second_factor::app_added),
        (false, false) => (Action::AccountSecondFactorAdded, messages::second_factor::added),
    };
    tell(&mut ctx, &identity.site, account, Actor::Account(account.id.clone()), action, letter).await?;
    ctx.commit().await?;
    Ok((started, codes))
}

/// The step of the first code counts as used. Passkeys that wait to be added without proof of a factor are dropped.
async fn put(ctx: &mut Ctx, account: &Account, session: &SessionId, sealed: &str, step: i64) -> Result<()> {
    sql("DELETE FROM totp_enrolment WHERE session_id = $1").bind(session).execute(&mut ctx.tx).await?;
    sql("DELETE FROM passkey_enrolment WHERE account_id = $1").bind(&account.id).execute(&mut ctx.tx).await?;
    sql("INSERT INTO totp (account_id, secret, last_step, confirmed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id) DO UPDATE SET
             secret = excluded.secret, last_step = excluded.last_step, confirmed_at = excluded.confirmed_at")
    .bind(&account.id)
    .bind(sealed)
    .bind(step)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}
