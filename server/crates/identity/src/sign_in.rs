//! Signing in with Healthcare ID or email address and password. An account that does not exist takes the same steps and the
//! same time as one that does. If the account has a second factor, its code is the second step; see [`code`].
//!
//! Guesses are slowed down by network and by account. So that strangers' guesses do not slow down the owner, an account and
//! a network from which its holder signed in before share a bucket, and use no other: guesses on other accounts from the
//! same network do not count in it. A reset link always lets the owner in again.

pub mod code;

use std::net::IpAddr;

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
    security::{Kind, Trace},
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

/// On one account, from all networks together from which its holder has never signed in.
const BY_ACCOUNT: Rule = Rule {
    free: 5,
    first_wait: SignedDuration::from_secs(1),
    longest_wait: SignedDuration::from_mins(5),
    forget_after: SignedDuration::from_hours(1),
};
/// On one account, from a network from which its holder has signed in. A person who guesses there shares the owner's house,
/// office, or proxy, and the owner must still get in: more attempts are free, and no wait exceeds a person's patience. A
/// password has at least 12 characters, so 1,500 guesses a day do not endanger it.
const BY_FAMILIAR: Rule = Rule {
    free: 50,
    first_wait: SignedDuration::from_secs(1),
    longest_wait: SignedDuration::from_mins(1),
    forget_after: SignedDuration::from_hours(1),
};
/// From one network, on all accounts together whose holders have never signed in from it: many people may share one.
const BY_NETWORK: Rule = Rule {
    free: 30,
    first_wait: SignedDuration::from_secs(1),
    longest_wait: SignedDuration::from_mins(15),
    forget_after: SignedDuration::from_hours(1),
};

/// What the page received.
#[derive(Clone, Copy)]
pub struct SignIn<'a> {
    /// Healthcare ID or email address.
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

/// How far the correct password leads.
#[derive(Clone, Debug)]
pub enum Progress {
    SignedIn(SignedIn),
    /// No one is signed in yet, because the account has a second factor. The session's new token is for the cookie.
    CodeDue(Started),
}

/// [`Error::WrongCredentials`], [`Error::NotVerified`] (we send a new link) or [`Error::TooManyAttempts`].
pub async fn sign_in(identity: &Identity, request: SignIn<'_>) -> Result<Progress> {
    let (attempt, hash) = begin(identity, &request).await?;
    // A flood of strangers' passwords waits behind people who have signed in before.
    let hasher = if attempt.by_network.is_none() { identity.hasher.ahead() } else { identity.hasher.clone() };
    let right = hasher.verify(request.password, hash.clone()).await?;
    match (attempt.account.clone(), hash) {
        (Some(account), Some(hash)) if right => finish(identity, &request, &attempt, &account, &hash).await,
        _ => {
            identity.watch.note(trace(Kind::PasswordWrong, attempt.account.as_ref()).at(request.address));
            Err(Error::WrongCredentials)
        }
    }
}

fn trace(kind: Kind, account: Option<&Account>) -> Trace {
    Trace::of(kind, "account", account.map_or("", |account| account.id.as_str()))
}

/// The buckets in which an attempt counts.
struct Attempt {
    account: Option<Account>,
    network: String,
    by_account: String,
    /// `None` if the holder has signed in from the network before.
    by_network: Option<String>,
}

/// Looks the account up and counts the attempt, in one short transaction.
async fn begin(identity: &Identity, request: &SignIn<'_>) -> Result<(Attempt, Option<String>)> {
    let mut ctx = identity.store.write().await?;
    let network = attempts::network(request.address);
    let account = accounts::find_by_login(&mut ctx, request.login).await?;
    let id = account.as_ref().map_or("", |account| account.id.as_str());
    let is_familiar = is_familiar(&mut ctx, id, &network).await?;
    let (rule, by_account) = match &account {
        Some(account) if is_familiar => (BY_FAMILIAR, familiar_bucket(&account.id, &network)),
        Some(account) => (BY_ACCOUNT, format!("sign-in:account:{}", account.id)),
        None => (BY_ACCOUNT, format!("sign-in:login:{}", secret::hash(&request.login.trim().to_lowercase()))),
    };
    let by_network = (!is_familiar).then(|| format!("sign-in:network:{network}"));
    if let Err(error) = admit(&mut ctx, by_network.as_deref(), rule, &by_account).await {
        if matches!(error, Error::TooManyAttempts { .. }) {
            identity.watch.note(trace(Kind::SlowedDown, account.as_ref()).at(request.address));
        }
        return Err(error);
    }
    let hash: Option<(String,)> =
        sql("SELECT password_hash FROM account WHERE id = $1").bind(id).fetch_optional(&mut ctx.tx).await?;
    ctx.commit().await?;
    Ok((Attempt { account, network, by_account, by_network }, hash.map(|(hash,)| hash)))
}

/// Counts the attempt by account and, where it applies, by network.
async fn admit(ctx: &mut Ctx, by_network: Option<&str>, rule: Rule, by_account: &str) -> Result<()> {
    if let Some(by_network) = by_network {
        attempts::admit(ctx, BY_NETWORK, by_network).await?;
    }
    attempts::admit(ctx, rule, by_account).await
}

/// Continues after the correct password.
async fn finish(
    identity: &Identity,
    request: &SignIn<'_>,
    attempt: &Attempt,
    account: &Account,
    hash: &str,
) -> Result<Progress> {
    let mut ctx = identity.store.write().await?;
    accounts::hold(&mut ctx, &account.id).await?;
    // The password may have changed while this one was compared.
    if accounts::password_hash(&mut ctx, &account.id).await? != hash {
        return Err(Error::WrongCredentials);
    }
    if let Some(by_network) = &attempt.by_network {
        attempts::take_back(&mut ctx, by_network).await?;
    }
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

/// Completes the sign-in once the person has given everything that was due.
async fn complete(ctx: &mut Ctx, account: &AccountId, visit: &Visit<'_>, factor: Option<Used>) -> Result<SignedIn> {
    remember(ctx, account, visit.network).await?;
    let session = sessions::sign_in(ctx, visit.session, account, visit.user_agent).await?;
    let seen = sql("UPDATE account SET signed_in_at = $1 WHERE id = $2").bind(ctx.now).bind(account);
    seen.execute(&mut ctx.tx).await?;
    let mut event = Event::new(Actor::Account(account.clone()), Action::AccountSignedIn, "account", account.as_str());
    if let Some(factor) = factor {
        event = event.with("second_factor", factor.as_str());
    }
    log::record(ctx, &event).await?;
    Ok(SignedIn { account: account.clone(), session })
}

fn familiar_bucket(account: &AccountId, network: &str) -> String {
    format!("sign-in:account:{account}@{network}")
}

async fn is_familiar(ctx: &mut Ctx, account: &str, network: &str) -> Result<bool> {
    let query =
        sql("SELECT seen_at FROM familiar_address WHERE account_id = $1 AND address = $2").bind(account).bind(network);
    Ok(query.fetch_optional::<(i64,)>(&mut ctx.tx).await?.is_some())
}

/// Notes that its holder has signed in from here, or recovered the account by mail.
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
    if !identity.hasher.ahead().verify(typed, Some(hash.clone())).await? {
        identity.watch.note(Trace::of(Kind::PasswordWrong, "account", account.as_str()).by_account(account));
        return Err(Error::WrongPassword);
    }
    let mut ctx = identity.store.write().await?;
    attempts::forget(&mut ctx, &bucket).await?;
    ctx.commit().await?;
    Ok(hash)
}
