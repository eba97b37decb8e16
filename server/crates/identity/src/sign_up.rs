//! Creating a Healthcare ID. Only the owner of an email address learns whether it already has an account: every sign-up
//! takes the same steps and gets the same answer, and differs only in the mail that we send. So several accounts may name
//! one address; only one of them can be confirmed, and the others expire.

use std::net::IpAddr;

use audit::{
    action::Action,
    event::{Actor, Event},
    log,
};
use jiff::SignedDuration;
use mail::{messages, outbox, reader::Reader, site::Site};
use model::{
    account::{HealthcareId, PersonName},
    email::Email,
    id::AccountId,
    locale::Locale,
};
use store::{Ctx, sql};

use crate::{
    Identity,
    accounts::{self, Account, NewAccount},
    attempts::{self, Rule},
    error::{Error, Result},
    links::{self, Link, Purpose},
    secret,
};

/// From one network: the people of a company may sign up on the same day.
const SIGN_UPS: Rule = Rule {
    free: 30,
    first_wait: SignedDuration::from_secs(10),
    longest_wait: SignedDuration::from_mins(10),
    forget_after: SignedDuration::from_hours(1),
};
/// From one network, for IDs that are taken: people who sign up need the answer, and people who collect IDs are slowed down.
const TAKEN_IDS: Rule = Rule {
    free: 10,
    first_wait: SignedDuration::from_secs(10),
    longest_wait: SignedDuration::from_mins(15),
    forget_after: SignedDuration::from_hours(1),
};
/// To one address, about an account that someone wants to create: strangers must not fill a mailbox.
const MAILS: Rule = Rule {
    free: 5,
    first_wait: SignedDuration::from_mins(5),
    longest_wait: SignedDuration::from_hours(1),
    forget_after: SignedDuration::from_hours(24),
};

/// Where a person signs up, and where they continue.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    pub address: Option<IpAddr>,
    /// Of the page; we write mail in it.
    pub language: Locale,
    /// The value of a cookie of this browser.
    pub browser: Option<&'a str>,
    /// Where to continue once the address is confirmed.
    pub next: Option<&'a str>,
}

/// Creates an account whose email address still has to be confirmed. The answer says that a Healthcare ID is taken, but not
/// that an email address is known: its owner gets a mail instead.
pub async fn sign_up(identity: &Identity, new: &NewAccount, place: Place<'_>) -> Result<()> {
    new.check_password()?;
    let mut ctx = identity.store.write().await?;
    let network = attempts::network(place.address);
    let taken_ids = format!("sign-up:taken:{network}");
    attempts::admit(&mut ctx, SIGN_UPS, &format!("sign-up:{network}")).await?;
    attempts::admit(&mut ctx, TAKEN_IDS, &taken_ids).await?;
    let salt = ctx.random_bytes();
    ctx.commit().await?;
    let hash = identity.hasher.hash(&new.password, salt).await?;

    let mut ctx = identity.store.write().await?;
    let id = accounts::insert(&mut ctx, new, &hash, false).await?;
    attempts::take_back(&mut ctx, &taken_ids).await?;
    sql("UPDATE account SET language = $1, sign_up_browser = $2 WHERE id = $3")
        .bind(place.language.tag())
        .bind(place.browser.map(secret::hash))
        .bind(&id)
        .execute(&mut ctx.tx)
        .await?;
    let link = links::issue(&mut ctx, &id, Purpose::Verify, None, place.next).await?;
    if may_mail(&mut ctx, &new.email).await? {
        let reader = Reader { to: &new.email, name: &new.name, locale: place.language };
        tell(&mut ctx, &identity.site, reader, &new.healthcare_id, &link).await?;
    }
    Ok(ctx.commit().await?)
}

/// Sends the link or, if the address has an account, a mail that says so.
async fn tell(ctx: &mut Ctx, site: &Site, reader: Reader<'_>, id: &HealthcareId, link: &Link) -> Result<()> {
    let owner = accounts::find_verified(ctx, reader.to).await?;
    match owner.as_ref().and_then(Account::reader) {
        Some(owner) => {
            let message = messages::account::sign_up_with_known_email(site, owner);
            Ok(outbox::enqueue(ctx, &format!("sign-up-known:{}", ctx.random_id()), &message).await?)
        }
        None => links::mail(ctx, link, &messages::account::verify_email(site, reader, id, &link.token)).await,
    }
}

/// Whether this address may get one more of the mails that anyone can cause.
pub(crate) async fn may_mail(ctx: &mut Ctx, email: &Email) -> Result<bool> {
    attempts::is_admitted(ctx, MAILS, &format!("mail:sign-up:{}", secret::hash(&email.folded()))).await
}

/// Sends one more link.
pub(crate) async fn send_link(ctx: &mut Ctx, site: &Site, account: &Account, next: Option<&str>) -> Result<()> {
    if may_mail(ctx, &account.email).await? {
        let link = links::issue(ctx, &account.id, Purpose::Verify, None, next).await?;
        let reader = Reader { to: &account.email, name: &account.name, locale: account.language };
        tell(ctx, site, reader, &account.healthcare_id, &link).await?;
    }
    Ok(())
}

/// Sets where to continue once the address of this login is confirmed: for a person who got a link because they tried to
/// sign in first. Reveals nothing.
pub async fn lead_on(ctx: &mut Ctx, login: &str, next: Option<&str>) -> Result<()> {
    let Some(next) = links::keep_next(next) else { return Ok(()) };
    let Some(account) = accounts::find_by_login(ctx, login).await? else { return Ok(()) };
    sql("UPDATE account_link SET next = $1 WHERE account_id = $2 AND purpose = 'verify' AND next IS NULL")
        .bind(next)
        .bind(&account.id)
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

/// Whether a link still works, for the page with the button.
pub async fn is_link_valid(ctx: &mut Ctx, token: &str) -> Result<bool> {
    Ok(links::find(ctx, Purpose::Verify, token).await?.is_some())
}

/// The ID and name whose address a link confirms, if it still works: the page shows them to the person who opens it.
pub async fn asked_for(ctx: &mut Ctx, token: &str) -> Result<Option<(HealthcareId, PersonName)>> {
    let Some(id) = links::find(ctx, Purpose::Verify, token).await? else { return Ok(None) };
    let account = accounts::find(ctx, &id).await?;
    Ok(account.map(|account| (account.healthcare_id, account.name)))
}

/// Where a link leads.
pub async fn way_of(ctx: &mut Ctx, token: &str) -> Result<Option<String>> {
    links::next(ctx, Purpose::Verify, token).await
}

/// An account whose address was just confirmed.
#[derive(Debug)]
pub struct Verified {
    pub account: AccountId,
    /// Where its holder continues.
    pub next: Option<String>,
}

/// Confirms the address, so that the holder can sign in. `LinkInvalid` if the link was used or is too old, `EmailTaken` if
/// another account has confirmed the same address meanwhile. If this is the browser that signed up, the owner of the mailbox
/// has chosen the password.
pub async fn verify(ctx: &mut Ctx, token: &str, browser: Option<&str>) -> Result<Verified> {
    let link = links::redeem(ctx, Purpose::Verify, token).await?;
    let id = link.account;
    sql("UPDATE account SET email_verified_at = $1, sign_up_browser = NULL,
             holder_proved_at = CASE WHEN sign_up_browser = $2 THEN $1 ELSE holder_proved_at END
         WHERE id = $3 AND email_verified_at IS NULL")
    .bind(ctx.now)
    .bind(browser.map(secret::hash))
    .bind(&id)
    .execute(&mut ctx.tx)
    .await
    .map_err(accounts::refused)?;
    log::record(ctx, &Event::new(Actor::Account(id.clone()), Action::AccountVerified, "account", id.as_str())).await?;
    Ok(Verified { account: id, next: link.next })
}

/// "This was not me": the owner of the mailbox deletes the account that someone else requested with it. `LinkInvalid` if the
/// link was used or is too old, or the account is confirmed.
pub async fn disown(ctx: &mut Ctx, token: &str) -> Result<()> {
    let id = links::redeem(ctx, Purpose::Verify, token).await?.account;
    links::delete_all(ctx, &id).await?;
    let query = sql("DELETE FROM account WHERE id = $1 AND email_verified_at IS NULL").bind(&id);
    if query.execute(&mut ctx.tx).await? == 0 {
        return Err(Error::LinkInvalid);
    }
    Ok(log::record(ctx, &Event::new(Actor::System, Action::AccountDisowned, "account", id.as_str())).await?)
}
