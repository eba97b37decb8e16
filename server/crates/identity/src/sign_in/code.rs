//! The second step of signing in to an account with a second factor: a code or a passkey, in the browser in which the person
//! gave the password.

use std::net::IpAddr;

use audit::security::{Kind, Trace};
use mail::{messages, outbox};
use model::id::SessionId;
use store::Ctx;

use super::{SignedIn, Visit, admit, complete, is_familiar};
use crate::{
    Identity, accounts, attempts,
    error::{Error, Result},
    half_open,
    second_factor::{self, CODES, Given, change},
};

/// What the page received.
#[derive(Clone, Copy)]
pub struct Code<'a> {
    pub given: Given<'a>,
    /// The browser's session.
    pub session: Option<&'a SessionId>,
    pub address: Option<IpAddr>,
    pub user_agent: Option<&'a str>,
}

/// One of [`Error::is_wrong_factor`], [`Error::TooManyAttempts`], or [`Error::SignInExpired`] if the person has to give the password again.
pub async fn sign_in(identity: &Identity, request: Code<'_>) -> Result<SignedIn> {
    let session = request.session.ok_or(Error::SignInExpired)?;
    let mut ctx = identity.store.write().await?;
    let id = half_open::find(&mut ctx, session).await?.ok_or(Error::SignInExpired)?;
    let network = attempts::network(request.address);
    let trace = |kind| Trace::of(kind, "account", id.as_str()).at(request.address);
    // As with passwords, a network from which the holder has signed in has a bucket of its own and uses no other.
    let (by_network, by_account) = if is_familiar(&mut ctx, id.as_str(), &network).await? {
        (None, format!("second-factor:account:{id}@{network}"))
    } else {
        (Some(format!("second-factor:network:{network}")), format!("second-factor:account:{id}"))
    };
    if let Err(error) = admit(&mut ctx, by_network.as_deref(), CODES, &by_account).await {
        if matches!(error, Error::TooManyAttempts { .. }) {
            identity.watch.note(trace(Kind::SlowedDown));
        }
        return Err(error);
    }
    accounts::hold(&mut ctx, &id).await?;
    let account = accounts::get(&mut ctx, &id).await?;
    let used = match second_factor::use_up(&mut ctx, identity, &id, request.given).await {
        Err(wrong) if wrong.is_wrong_factor() => {
            warn(&mut ctx, identity, &account, &by_account).await?;
            ctx.commit().await?;
            identity.watch.note(trace(Kind::CodeWrong));
            return Err(wrong);
        }
        used => used?,
    };
    if !half_open::end(&mut ctx, session, &id).await? {
        return Err(Error::SignInExpired);
    }
    if let Some(by_network) = &by_network {
        attempts::take_back(&mut ctx, by_network).await?;
    }
    attempts::forget(&mut ctx, &by_account).await?;
    change::used_up(&mut ctx, &identity.site, &account, used).await?;
    let visit = Visit { session: Some(session), network: &network, user_agent: request.user_agent };
    let signed_in = complete(&mut ctx, &id, &visit, Some(used)).await?;
    ctx.commit().await?;
    Ok(signed_in)
}

/// A person who gives the correct password and one wrong code after another may not be the owner, so we email the owner once.
async fn warn(ctx: &mut Ctx, identity: &Identity, account: &accounts::Account, bucket: &str) -> Result<()> {
    if attempts::count(ctx, bucket).await? != CODES.free {
        return Ok(());
    }
    let Some(reader) = account.reader() else { return Ok(()) };
    let message = messages::second_factor::wrong_codes(&identity.site, reader);
    Ok(outbox::enqueue(ctx, &format!("wrong-codes:{}", ctx.random_id()), &message).await?)
}
