//! Getting back in: a forgotten password or Healthcare ID. What the page answers, and how long it takes, does not depend
//! on whether there is such an account, because only a worker looks ([`process`]).

use std::net::IpAddr;

use audit::{
    event::{Actor, Event},
    log,
};
use jiff::SignedDuration;
use mail::{messages, outbox, site::Site};
use model::{id::AccountId, password::Password};
use store::{Ctx, Store, sql};

use crate::{
    Identity,
    accounts::{self, Account},
    attempts::{self, Rule},
    error::{Error, Result},
    links::{self, Purpose},
    sessions, sign_in, sign_up,
};

const REQUESTS: Rule = Rule {
    free: 20,
    first_wait: SignedDuration::from_secs(10),
    longest_wait: SignedDuration::from_mins(10),
    forget_after: SignedDuration::from_hours(1),
};
/// To one account. Never waits as long as a reset link works: so, however often strangers ask, the owner has a link that
/// works or gets one.
const MAILS: Rule = Rule {
    free: 3,
    first_wait: SignedDuration::from_mins(1),
    longest_wait: SignedDuration::from_mins(20),
    forget_after: SignedDuration::from_hours(24),
};
/// Requests looked at in one transaction.
const BATCH: u32 = 50;
/// Nothing that names an account is longer.
const MAX_LOGIN_LENGTH: usize = 254;

/// Asks for a link that sets a new password. `login` is a Healthcare ID or an e-mail address.
pub async fn forgot_password(ctx: &mut Ctx, login: &str, address: Option<IpAddr>) -> Result<()> {
    request(ctx, "password", login, address).await
}

/// Asks to be reminded of the Healthcare ID by mail. `email` is an e-mail address.
pub async fn forgot_id(ctx: &mut Ctx, email: &str, address: Option<IpAddr>) -> Result<()> {
    request(ctx, "id", email, address).await
}

async fn request(ctx: &mut Ctx, lost: &'static str, login: &str, address: Option<IpAddr>) -> Result<()> {
    attempts::admit(ctx, REQUESTS, &format!("recovery:{}", attempts::network(address))).await?;
    let login: String = login.trim().chars().filter(|c| !c.is_control()).take(MAX_LOGIN_LENGTH).collect();
    sql("INSERT INTO recovery_request (id, lost, login, requested_at) VALUES ($1, $2, $3, $4)")
        .bind(ctx.random_id())
        .bind(lost)
        .bind(login)
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

/// Writes the mails that were asked for; returns whether there were any requests. For a worker, every second or so.
pub async fn process(store: &Store, site: &Site) -> Result<bool> {
    let waiting: Option<(i64,)> =
        sql("SELECT requested_at FROM recovery_request LIMIT 1").fetch_optional(&mut store.read().await?.tx).await?;
    if waiting.is_none() {
        return Ok(false);
    }
    let mut ctx = store.write().await?;
    let requests: Vec<(String, String, String)> = sql("DELETE FROM recovery_request
         WHERE id IN (SELECT id FROM recovery_request ORDER BY requested_at, id LIMIT 0 + $1) RETURNING id, lost, login")
    .bind(BATCH)
    .fetch_all(&mut ctx.tx)
    .await?;
    for (id, lost, login) in requests {
        if let Some(account) = accounts::find_by_login(&mut ctx, &login).await? {
            answer(&mut ctx, site, &account, &format!("recovery:{id}"), &lost).await?;
        }
    }
    ctx.commit().await?;
    Ok(true)
}

async fn answer(ctx: &mut Ctx, site: &Site, account: &Account, event: &str, lost: &str) -> Result<()> {
    // Who never confirmed the address has nothing to get back: they get the link to confirm it again.
    if account.email_verified_at.is_none() {
        return sign_up::send_link(ctx, site, account).await;
    }
    // A reminder of the ID must not use up what a reset needs.
    if !attempts::is_admitted(ctx, MAILS, &format!("mail:{lost}:{}", account.id)).await? {
        return Ok(());
    }
    let message = if lost == "password" {
        let token = links::issue(ctx, &account.id, Purpose::Reset, None).await?;
        messages::account::reset_password(site, &account.email, &account.name, &token)
    } else {
        messages::account::forgot_id(site, &account.email, &account.name, &account.healthcare_id)
    };
    Ok(outbox::enqueue(ctx, event, &message).await?)
}

/// Whether a reset link still works, for the page that asks for the new password.
pub async fn is_link_valid(ctx: &mut Ctx, token: &str) -> Result<bool> {
    Ok(links::find(ctx, Purpose::Reset, token).await?.is_some())
}

/// Sets the new password, once, and ends every session of the account. [`Error::LinkInvalid`] where the link was used,
/// replaced or is older than half an hour.
pub async fn reset(
    identity: &Identity,
    token: &str,
    password: &Password,
    address: Option<IpAddr>,
) -> Result<AccountId> {
    let mut ctx = identity.store.read().await?;
    let id = links::find(&mut ctx, Purpose::Reset, token).await?.ok_or(Error::LinkInvalid)?;
    let account = accounts::get(&mut ctx, &id).await?;
    accounts::check_password(password, &account.healthcare_id, &account.email, &account.name)?;
    let salt = ctx.random_bytes();
    drop(ctx);
    let hash = identity.hasher.hash(password, salt).await?;

    let mut ctx = identity.store.write().await?;
    links::redeem(&mut ctx, Purpose::Reset, token).await?;
    accounts::store_password(&mut ctx, &id, &hash).await?;
    sessions::sign_out_everywhere(&mut ctx, &id, None).await?;
    // Whoever reads the owner's mail is the owner: here at least their sign-in waits for nobody's guesses.
    sign_in::remember(&mut ctx, &id, &attempts::network(address)).await?;
    password_changed(&mut ctx, &identity.site, &account).await?;
    ctx.commit().await?;
    Ok(id)
}

/// Tells the owner and the log.
pub(crate) async fn password_changed(ctx: &mut Ctx, site: &Site, account: &Account) -> Result<()> {
    let message = messages::account::password_changed(site, &account.email, &account.name);
    outbox::enqueue(ctx, &format!("password-changed:{}", ctx.random_id()), &message).await?;
    let actor = Actor::Account(account.id.clone());
    Ok(log::record(ctx, &Event::new(actor, "account.password_changed", "account", account.id.as_str())).await?)
}
