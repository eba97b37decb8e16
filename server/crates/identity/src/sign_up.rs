//! Getting a Healthcare ID. Whether an e-mail address has an account already is told to nobody but its owner: every
//! sign-up takes the same steps and gets the same answer, and differs only in which mail goes out. So several accounts
//! may name one address until one of them is confirmed; the others are gone then.

use std::net::IpAddr;

use audit::{
    event::{Actor, Event},
    log,
};
use jiff::SignedDuration;
use mail::{messages, outbox, site::Site};
use model::{email::Email, id::AccountId};
use store::{Ctx, sql};

use crate::{
    Identity,
    accounts::{self, Account, NewAccount},
    attempts::{self, Rule},
    error::Result,
    links::{self, Purpose},
    secret,
};

/// Of one network: a company's people may sign up on one day.
const SIGN_UPS: Rule = Rule {
    free: 30,
    first_wait: SignedDuration::from_secs(10),
    longest_wait: SignedDuration::from_mins(10),
    forget_after: SignedDuration::from_hours(1),
};
/// To one address, about an account somebody wants to make: nobody's mailbox is filled by strangers.
const MAILS: Rule = Rule {
    free: 5,
    first_wait: SignedDuration::from_mins(5),
    longest_wait: SignedDuration::from_hours(1),
    forget_after: SignedDuration::from_hours(24),
};

/// Makes an account that waits for its e-mail address to be confirmed. A taken Healthcare ID is told; a known e-mail
/// address is not: its owner gets a mail instead.
pub async fn sign_up(identity: &Identity, new: &NewAccount, address: Option<IpAddr>) -> Result<()> {
    new.check_password()?;
    let mut ctx = identity.store.write().await?;
    attempts::admit(&mut ctx, SIGN_UPS, &format!("sign-up:{}", attempts::network(address))).await?;
    let salt = ctx.random_bytes();
    ctx.commit().await?;
    let hash = identity.hasher.hash(&new.password, salt).await?;

    let mut ctx = identity.store.write().await?;
    let id = accounts::insert(&mut ctx, new, &hash, false).await?;
    let token = links::issue(&mut ctx, &id, Purpose::Verify, None).await?;
    let message = match accounts::find_verified(&mut ctx, &new.email).await? {
        Some(owner) => messages::account::sign_up_with_known_email(&identity.site, &owner.email, &owner.name),
        None => messages::account::verify_email(&identity.site, &new.email, &token),
    };
    if may_mail(&mut ctx, &new.email).await? {
        outbox::enqueue(&mut ctx, &format!("sign-up:{id}"), &message).await?;
    }
    Ok(ctx.commit().await?)
}

/// Whether this address may get one more mail that anybody can cause.
pub(crate) async fn may_mail(ctx: &mut Ctx, email: &Email) -> Result<bool> {
    attempts::is_admitted(ctx, MAILS, &format!("mail:sign-up:{}", secret::hash(&email.folded()))).await
}

/// Sends the link anew, in place of the one before.
pub(crate) async fn send_link(ctx: &mut Ctx, site: &Site, account: &Account) -> Result<()> {
    if may_mail(ctx, &account.email).await? {
        let token = links::issue(ctx, &account.id, Purpose::Verify, None).await?;
        let message = messages::account::verify_email(site, &account.email, &token);
        outbox::enqueue(ctx, &format!("verify:{}", secret::hash(&token)), &message).await?;
    }
    Ok(())
}

/// Whether a link still works, for the page that asks for a click.
pub async fn is_link_valid(ctx: &mut Ctx, token: &str) -> Result<bool> {
    Ok(links::find(ctx, Purpose::Verify, token).await?.is_some())
}

/// Confirms the address: the account can be signed in to. `LinkInvalid` where the link was used or is too old,
/// `EmailTaken` where another account has confirmed the same address meanwhile.
pub async fn verify(ctx: &mut Ctx, token: &str) -> Result<AccountId> {
    let (id, _) = links::redeem(ctx, Purpose::Verify, token).await?;
    sql("UPDATE account SET email_verified_at = $1 WHERE id = $2 AND email_verified_at IS NULL")
        .bind(ctx.now)
        .bind(&id)
        .execute(&mut ctx.tx)
        .await
        .map_err(accounts::refused)?;
    sql("DELETE FROM account WHERE email_verified_at IS NULL AND email_folded = (SELECT email_folded FROM account WHERE id = $1)")
        .bind(&id)
        .execute(&mut ctx.tx)
        .await?;
    log::record(ctx, &Event::new(Actor::Account(id.clone()), "account.verified", "account", id.as_str())).await?;
    Ok(id)
}
