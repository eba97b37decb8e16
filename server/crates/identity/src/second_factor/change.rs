//! Changes that need the password and a second factor: new recovery codes, and removing factors.

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use mail::{message::Message, messages, outbox, reader::Reader, site::Site};
use model::id::SessionId;
use store::{Ctx, sql};

use super::{
    CODES, Given, Used, passkeys,
    recovery_codes::{self, RecoveryCodes},
    use_up,
};
use crate::{
    Identity,
    accounts::{self, Account},
    attempts,
    error::{Error, Result},
    sessions::{self, Started},
    sign_in,
};

/// What a person who is already signed in gives as proof.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    pub password: &'a str,
    pub given: Given<'a>,
}

/// A message about the factor.
pub(super) type Letter = fn(&Site, Reader<'_>) -> Message;

/// Makes new recovery codes; the old ones no longer work. The errors of [`prove`].
pub async fn recovery_codes(identity: &Identity, account: &Account, proof: &Proof<'_>) -> Result<RecoveryCodes> {
    let mut ctx = prove(identity, account, proof).await?;
    let codes = recovery_codes::make(&mut ctx, &identity.sealing, &account.id).await?;
    let actor = Actor::Account(account.id.clone());
    let letter = messages::second_factor::new_recovery_codes;
    tell(&mut ctx, &identity.site, account, actor, Action::AccountRecoveryCodesMade, letter).await?;
    ctx.commit().await?;
    Ok(codes)
}

/// Removes every factor, ends every other session, and renews the token of this one. The errors of [`prove`].
pub async fn remove(identity: &Identity, account: &Account, session: &SessionId, proof: &Proof<'_>) -> Result<Started> {
    let mut ctx = prove(identity, account, proof).await?;
    take_away(&mut ctx, &identity.site, account, Actor::Account(account.id.clone())).await?;
    let started = sessions::leave_alone(&mut ctx, &account.id, session).await?;
    ctx.commit().await?;
    Ok(started)
}

/// Removes the authenticator app of an account that also has passkeys, and does what [`remove`] does besides.
/// [`Error::WrongCode`] also if the account has no app, or only the app.
pub async fn remove_app(
    identity: &Identity,
    account: &Account,
    session: &SessionId,
    proof: &Proof<'_>,
) -> Result<Started> {
    let mut ctx = prove(identity, account, proof).await?;
    let query = sql("DELETE FROM totp WHERE account_id = $1 AND EXISTS (SELECT 1 FROM passkey WHERE account_id = $1)");
    if query.bind(&account.id).execute(&mut ctx.tx).await? == 0 {
        return Err(Error::WrongCode);
    }
    let (actor, letter) = (Actor::Account(account.id.clone()), messages::second_factor::app_removed);
    tell(&mut ctx, &identity.site, account, actor, Action::AccountAuthenticatorRemoved, letter).await?;
    let started = sessions::leave_alone(&mut ctx, &account.id, session).await?;
    ctx.commit().await?;
    Ok(started)
}

/// Deletes every factor and emails the owner; returns whether there was one.
pub(crate) async fn take_away(ctx: &mut Ctx, site: &Site, account: &Account, actor: Actor) -> Result<bool> {
    let app = sql("DELETE FROM totp WHERE account_id = $1").bind(&account.id).execute(&mut ctx.tx).await?;
    sql("DELETE FROM totp_enrolment WHERE account_id = $1").bind(&account.id).execute(&mut ctx.tx).await?;
    let passkeys = passkeys::delete_all(ctx, &account.id).await?;
    recovery_codes::delete(ctx, &account.id).await?;
    let taken = 0 < app + passkeys;
    if taken {
        let letter = messages::second_factor::removed;
        tell(ctx, site, account, actor, Action::AccountSecondFactorRemoved, letter).await?;
    }
    Ok(taken)
}

/// Opens the transaction of a change: password and factor were correct, the code or challenge is used up, the account is locked.
/// [`Error::WrongPassword`], or one of [`Error::is_wrong_factor`].
pub(super) async fn prove(identity: &Identity, account: &Account, proof: &Proof<'_>) -> Result<Ctx> {
    let hash = sign_in::check_password(identity, &account.id, proof.password).await?;
    let bucket = format!("second-factor:change:{}", account.id);
    let mut ctx = identity.store.write().await?;
    attempts::admit(&mut ctx, CODES, &bucket).await?;
    accounts::hold(&mut ctx, &account.id).await?;
    if accounts::password_hash(&mut ctx, &account.id).await? != hash {
        return Err(Error::WrongPassword);
    }
    match use_up(&mut ctx, identity, &account.id, proof.given).await {
        Err(wrong) if wrong.is_wrong_factor() => {
            ctx.commit().await?;
            return Err(wrong);
        }
        used => used_up(&mut ctx, &identity.site, account, used?).await?,
    }
    attempts::forget(&mut ctx, &bucket).await?;
    Ok(ctx)
}

/// Recovery codes are used so rarely that we email the owner.
pub(crate) async fn used_up(ctx: &mut Ctx, site: &Site, account: &Account, used: Used) -> Result<()> {
    if used != Used::RecoveryCode {
        return Ok(());
    }
    let left = recovery_codes::count(ctx, &account.id).await?;
    if let Some(reader) = account.reader() {
        let message = messages::second_factor::recovery_code_used(site, reader, left);
        outbox::enqueue(ctx, &format!("recovery-code-used:{}", ctx.random_id()), &message).await?;
    }
    let actor = Actor::Account(account.id.clone());
    let event = Event::new(actor, Action::AccountRecoveryCodeUsed, "account", account.id.as_str()).with("left", left);
    Ok(log::record(ctx, &event).await?)
}

/// Emails the owner and writes to the log.
pub(super) async fn tell(
    ctx: &mut Ctx,
    site: &Site,
    account: &Account,
    actor: Actor,
    action: Action,
    letter: Letter,
) -> Result<()> {
    if let Some(reader) = account.reader() {
        outbox::enqueue(ctx, &format!("{action}:{}", ctx.random_id()), &letter(site, reader)).await?;
    }
    Ok(log::record(ctx, &Event::new(actor, action, "account", account.id.as_str())).await?)
}
