//! Signing in with Healthcare ID or e-mail address and password. An account that is not there takes the same steps and
//! the same time as one that is. Where the account has a second factor, its code is the second step; see [`code`].
//!
//! Guesses are slowed down by network and by account. So that strangers' guesses do not slow down the owner, a network
//! that the account was signed in from before has a bucket of its own; and a reset link always leads back in.

pub mod code;

use std::net::IpAddr;

use audit::{
    event::{Actor, Event},
    log,
};
use jiff::SignedDuration;
use model::id::{AccountId, SessionId};
use store::{Ctx, sql};

use crate::{
    Identity,
    accounts::{self, Account},
    attempts::{self, Rule},
    error::{Error, Result},
    half_open,
    second_factor::{self, Used},
    secret,
    sessions::{self, Started},
    sign_up,
};

/// On one account, from all networks that it was never signed in from together; or from one that it was.
const BY_ACCOUNT: Rule = Rule {
    free: 5,
    first_wait: SignedDuration::from_secs(1),
    longest_wait: SignedDuration::from_mins(5),
    forget_after: SignedDuration::from_hours(1),
};
/// From one network, on all accounts together: many people may share one.
const BY_NETWORK: Rule = Rule {
    free: 30,
    first_wait: SignedDuration::from_secs(1),
    longest_wait: SignedDuration::from_mins(15),
    forget_after: SignedDuration::from_hours(1),
};

/// What the page was given.
#[derive(Clone, Copy)]
pub struct SignIn<'a> {
    /// Healthcare ID or e-mail address.
    pub login: &'a str,
    pub password: &'a str,
    /// The browser's session, if it has one.
    pub session: Option<&'a SessionId>,
    pub address: Option<IpAddr>,
    pub user_agent: Option<&'a str>,
}

/// Who signed in, and the session's new token for the cookie.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub account: AccountId,
    pub session: Started,
}

/// How far the right password leads.
#[derive(Clone, Debug)]
pub enum Progress {
    SignedIn(SignedIn),
    /// Nobody is signed in yet: the account has a second factor. The session's new token is for the cookie.
    CodeDue(Started),
}

/// [`Error::WrongCredentials`], [`Error::NotVerified`] (a new link is sent) or [`Error::TooManyAttempts`].
pub async fn sign_in(identity: &Identity, request: SignIn<'_>) -> Result<Progress> {
    let (attempt, hash) = begin(identity, &request).await?;
    let right = identity.hasher.verify(request.password, hash.clone()).await?;
    match (attempt.account.clone(), hash) {
        (Some(account), Some(hash)) if right => finish(identity, &request, &attempt, &account, &hash).await,
        _ => Err(Error::WrongCredentials),
    }
}

/// The buckets that an attempt counts in.
struct Attempt {
    account: Option<Account>,
    network: String,
    by_account: String,
    by_network: String,
}

/// Looks the account up and counts the attempt, in one short transaction.
async fn begin(identity: &Identity, request: &SignIn<'_>) -> Result<(Attempt, Option<String>)> {
    let mut ctx = identity.store.write().await?;
    let network = attempts::network(request.address);
    let account = accounts::find_by_login(&mut ctx, request.login).await?;
    let id = account.as_ref().map_or("", |account| account.id.as_str());
    let familiar = is_familiar(&mut ctx, id, &network).await?;
    let by_account = match &account {
        Some(account) => account_bucket(&account.id, familiar.then_some(&network)),
        None => format!("sign-in:login:{}", secret::hash(&request.login.trim().to_lowercase())),
    };
    let by_network = format!("sign-in:network:{network}");
    attempts::admit(&mut ctx, BY_NETWORK, &by_network).await?;
    attempts::admit(&mut ctx, BY_ACCOUNT, &by_account).await?;
    let hash: Option<(String,)> =
        sql("SELECT password_hash FROM account WHERE id = $1").bind(id).fetch_optional(&mut ctx.tx).await?;
    ctx.commit().await?;
    Ok((Attempt { account, network, by_account, by_network }, hash.map(|(hash,)| hash)))
}

/// The right password was given.
async fn finish(
    identity: &Identity,
    request: &SignIn<'_>,
    attempt: &Attempt,
    account: &Account,
    hash: &str,
) -> Result<Progress> {
    let mut ctx = identity.store.write().await?;
    accounts::hold(&mut ctx, &account.id).await?;
    // The password may have been changed while this one was compared.
    if accounts::password_hash(&mut ctx, &account.id).await? != hash {
        return Err(Error::WrongCredentials);
    }
    attempts::take_back(&mut ctx, &attempt.by_network).await?;
    attempts::forget(&mut ctx, &attempt.by_account).await?;
    let verified = accounts::get(&mut ctx, &account.id).await?.email_verified_at.is_some();
    if !verified {
        sign_up::send_link(&mut ctx, &identity.site, account, None).await?;
        ctx.commit().await?;
        return Err(Error::NotVerified);
    }
    let progress = if second_factor::is_enrolled(&mut ctx, &account.id).await? {
        Progress::CodeDue(half_open::begin(&mut ctx, request.session, &account.id).await?)
    } else {
        let visit = Visit { session: request.session, network: &attempt.network, user_agent: request.user_agent };
        Progress::SignedIn(complete(&mut ctx, &account.id, &visit, None).await?)
    };
    ctx.commit().await?;
    Ok(progress)
}

/// Who completes a sign-in, from where.
struct Visit<'a> {
    session: Option<&'a SessionId>,
    network: &'a str,
    user_agent: Option<&'a str>,
}

/// Everything that was due has been given.
async fn complete(ctx: &mut Ctx, account: &AccountId, visit: &Visit<'_>, factor: Option<Used>) -> Result<SignedIn> {
    remember(ctx, account, visit.network).await?;
    let session = sessions::sign_in(ctx, visit.session, account, visit.user_agent).await?;
    let mut event = Event::new(Actor::Account(account.clone()), "account.signed_in", "account", account.as_str());
    if let Some(factor) = factor {
        event = event.with("second_factor", factor.as_str());
    }
    log::record(ctx, &event).await?;
    Ok(SignedIn { account: account.clone(), session })
}

fn account_bucket(account: &AccountId, familiar: Option<&String>) -> String {
    match familiar {
        Some(network) => format!("sign-in:account:{account}@{network}"),
        None => format!("sign-in:account:{account}"),
    }
}

async fn is_familiar(ctx: &mut Ctx, account: &str, network: &str) -> Result<bool> {
    let query =
        sql("SELECT seen_at FROM familiar_address WHERE account_id = $1 AND address = $2").bind(account).bind(network);
    Ok(query.fetch_optional::<(i64,)>(&mut ctx.tx).await?.is_some())
}

/// From here the account was signed in to, or got back by its owner's mail.
pub(crate) async fn remember(ctx: &mut Ctx, account: &AccountId, network: &str) -> Result<()> {
    sql("INSERT INTO familiar_address (account_id, address, seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (account_id, address) DO UPDATE SET seen_at = excluded.seen_at")
    .bind(account)
    .bind(network)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// Whether the password is the account's, for a page that asks for it again. Counts like a sign-in.
pub(crate) async fn check_password(identity: &Identity, account: &AccountId, typed: &str) -> Result<String> {
    let bucket = format!("password:{account}");
    let mut ctx = identity.store.write().await?;
    attempts::admit(&mut ctx, BY_ACCOUNT, &bucket).await?;
    let hash = accounts::password_hash(&mut ctx, account).await?;
    ctx.commit().await?;
    if !identity.hasher.verify(typed, Some(hash.clone())).await? {
        return Err(Error::WrongPassword);
    }
    let mut ctx = identity.store.write().await?;
    attempts::forget(&mut ctx, &bucket).await?;
    ctx.commit().await?;
    Ok(hash)
}
