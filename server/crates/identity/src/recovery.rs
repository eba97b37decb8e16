//! Account recovery: a forgotten password or Healthcare ID. Neither the page's answer nor its time depends on whether the
//! account exists, because only a worker looks it up ([`process`]).

use std::net::IpAddr;

use audit::{
    action::Action,
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
    roles,
    second_factor::change,
    sessions, sign_in, sign_up,
};

const REQUESTS: Rule = Rule {
    free: 20,
    first_wait: SignedDuration::from_secs(10),
    longest_wait: SignedDuration::from_mins(10),
    forget_after: SignedDuration::from_hours(1),
};
/// To one account. The wait is always shorter than the life of a reset link, so the owner has a link that works or gets one,
/// however often strangers ask.
const MAILS: Rule = Rule {
    free: 3,
    first_wait: SignedDuration::from_mins(1),
    longest_wait: SignedDuration::from_mins(20),
    forget_after: SignedDuration::from_hours(24),
};
/// Requests that are processed in one transaction.
const BATCH: u32 = 50;
/// Longer than anything that names an account.
const MAX_LOGIN_LENGTH: usize = 254;

/// Asks for a link that sets a new password. `login` is a Healthcare ID or an email address.
/// `next` is where the person continues afterwards.
pub async fn forgot_password(ctx: &mut Ctx, login: &str, address: Option<IpAddr>, next: Option<&str>) -> Result<()> {
    request(ctx, "password", login, address, next).await
}

/// Asks for a reminder of the Healthcare ID by mail. `email` is an email address.
pub async fn forgot_id(ctx: &mut Ctx, email: &str, address: Option<IpAddr>, next: Option<&str>) -> Result<()> {
    request(ctx, "id", email, address, next).await
}

async fn request(
    ctx: &mut Ctx,
    lost: &'static str,
    login: &str,
    address: Option<IpAddr>,
    next: Option<&str>,
) -> Result<()> {
    attempts::admit(ctx, REQUESTS, &format!("recovery:{}", attempts::network(address))).await?;
    let login: String = login.trim().chars().filter(|c| !c.is_control()).take(MAX_LOGIN_LENGTH).collect();
    ctx.ring();
    sql("INSERT INTO recovery_request (id, lost, login, requested_at, next) VALUES ($1, $2, $3, $4, $5)")
        .bind(ctx.random_id())
        .bind(lost)
        .bind(login)
        .bind(ctx.now)
        .bind(links::keep_next(next))
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

/// Writes the requested mails; returns whether there were any requests. For a worker, every second or so.
pub async fn process(store: &Store, site: &Site) -> Result<bool> {
    let waiting: Option<(i64,)> =
        sql("SELECT requested_at FROM recovery_request LIMIT 1").fetch_optional(&mut store.read().await?.tx).await?;
    if waiting.is_none() {
        return Ok(false);
    }
    let mut ctx = store.write().await?;
    let requests: Vec<(String, String, String, Option<String>)> = sql("DELETE FROM recovery_request
         WHERE id IN (SELECT id FROM recovery_request ORDER BY requested_at, id LIMIT 0 + $1)
         RETURNING id, lost, login, next")
    .bind(BATCH)
    .fetch_all(&mut ctx.tx)
    .await?;
    for (id, lost, login, next) in requests {
        if let Some(account) = accounts::find_by_login(&mut ctx, &login).await? {
            answer(&mut ctx, site, &account, &format!("recovery:{id}"), &lost, next.as_deref()).await?;
        }
    }
    ctx.commit().await?;
    Ok(true)
}

async fn answer(
    ctx: &mut Ctx,
    site: &Site,
    account: &Account,
    event: &str,
    lost: &str,
    next: Option<&str>,
) -> Result<()> {
    // A person who never confirmed the address cannot recover the account: they get the link to confirm it again.
    if account.email_verified_at.is_none() {
        return sign_up::send_link(ctx, site, account, next).await;
    }
    let Some(reader) = account.reader() else { return Ok(()) };
    // A reminder of the ID must not use up the attempts that a reset needs.
    if !attempts::is_admitted(ctx, MAILS, &format!("mail:{lost}:{}", account.id)).await? {
        return Ok(());
    }
    if lost == "password" {
        let link = links::issue(ctx, &account.id, Purpose::Reset, None, next).await?;
        return links::mail(ctx, &link, &messages::account::reset_password(site, reader, &link.token)).await;
    }
    // The mail does not contain the page to continue on: anyone can ask for a mail, and could send a text of their own this way.
    let way = match next {
        Some(next) => Some(links::issue(ctx, &account.id, Purpose::Remind, None, Some(next)).await?),
        None => None,
    };
    let way = way.as_ref().map(|link| link.token.as_str());
    let message = messages::account::forgot_id(site, reader, &account.healthcare_id, way);
    Ok(outbox::enqueue(ctx, event, &message).await?)
}

/// Whether a reset link still works, for the page that asks for the new password.
pub async fn is_link_valid(ctx: &mut Ctx, token: &str) -> Result<bool> {
    Ok(links::find(ctx, Purpose::Reset, token).await?.is_some())
}

/// Where the link of a reminder leads.
pub async fn way_of(ctx: &mut Ctx, token: &str) -> Result<Option<String>> {
    links::next(ctx, Purpose::Remind, token).await
}

/// The same for a link that sets a new password.
pub async fn way_of_reset(ctx: &mut Ctx, token: &str) -> Result<Option<String>> {
    links::next(ctx, Purpose::Reset, token).await
}

/// An account whose password was just set.
#[derive(Debug)]
pub struct Reset {
    pub account: AccountId,
    /// Where its holder continues.
    pub next: Option<String>,
}

/// Sets the new password, once, and ends every session of the account and every other link. [`Error::LinkInvalid`] if the
/// link was used or replaced, or is older than half an hour.
///
/// Second factors stay, because mail alone must not open an account. They do not stay if we never knew that the owner of the
/// mailbox chose the password: a stranger may have signed up with this address, and a factor of theirs would keep the owner
/// out. Accounts with a role always keep theirs: the person who gave the role knew the holder.
pub async fn reset(identity: &Identity, token: &str, password: &Password, address: Option<IpAddr>) -> Result<Reset> {
    let mut ctx = identity.store.read().await?;
    let id = links::find(&mut ctx, Purpose::Reset, token).await?.ok_or(Error::LinkInvalid)?;
    let account = accounts::get(&mut ctx, &id).await?;
    accounts::check_password(password, &account.healthcare_id, &account.email, &account.name)?;
    let salt = ctx.random_bytes();
    drop(ctx);
    let hash = identity.hasher.hash(password, salt).await?;

    let mut ctx = identity.store.write().await?;
    let next = links::redeem(&mut ctx, Purpose::Reset, token).await?.next;
    // Someone else may have asked for another address before.
    links::delete_all(&mut ctx, &id).await?;
    accounts::store_password(&mut ctx, &id, &hash).await?;
    sessions::sign_out_everywhere(&mut ctx, &id, None).await?;
    if accounts::get(&mut ctx, &id).await?.holder_proved_at.is_none() {
        take_over(&mut ctx, &identity.site, &account).await?;
    }
    // A person who reads the owner's mail counts as the owner: from this network their sign-in does not wait for anyone's guesses.
    sign_in::remember(&mut ctx, &id, &attempts::network(address)).await?;
    password_changed(&mut ctx, &identity.site, &account).await?;
    ctx.commit().await?;
    Ok(Reset { account: id, next })
}

/// For the first time that the owner of the mailbox sets the password of an account that a stranger may have created: removes
/// what that stranger may have left.
async fn take_over(ctx: &mut Ctx, site: &Site, account: &Account) -> Result<()> {
    accounts::holder_proved(ctx, &account.id).await?;
    if !roles::of(ctx, &account.id).await?.is_empty() {
        return Ok(());
    }
    sql("DELETE FROM familiar_address WHERE account_id = $1").bind(&account.id).execute(&mut ctx.tx).await?;
    change::take_away(ctx, site, account, Actor::System).await?;
    Ok(())
}

/// Emails the owner and writes to the log.
pub(crate) async fn password_changed(ctx: &mut Ctx, site: &Site, account: &Account) -> Result<()> {
    if let Some(reader) = account.reader() {
        let message = messages::account::password_changed(site, reader);
        outbox::enqueue(ctx, &format!("password-changed:{}", ctx.random_id()), &message).await?;
    }
    let actor = Actor::Account(account.id.clone());
    Ok(log::record(ctx, &Event::new(actor, Action::AccountPasswordChanged, "account", account.id.as_str())).await?)
}
