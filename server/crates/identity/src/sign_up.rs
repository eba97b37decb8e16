//! Getting a Healthcare ID. Whether an e-mail address has an account already is told to nobody but its owner: every
//! sign-up takes the same steps and gets the same answer, and differs only in which mail goes out. So several accounts
//! may name one address; one of them can be confirmed, and the others end with time.

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
/// Of one network, for IDs that are taken: whoever signs up has to be told, and whoever collects IDs is slowed down.
const TAKEN_IDS: Rule = Rule {
    free: 10,
    first_wait: SignedDuration::from_secs(10),
    longest_wait: SignedDuration::from_mins(15),
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
    let network = attempts::network(address);
    let taken_ids = format!("sign-up:taken:{network}");
    attempts::admit(&mut ctx, SIGN_UPS, &format!("sign-up:{network}")).await?;
    attempts::admit(&mut ctx, TAKEN_IDS, &taken_ids).await?;
    let salt = ctx.random_bytes();
    ctx.commit().await?;
    let hash = identity.hasher.hash(&new.password, salt).await?;

    let mut ctx = identity.store.write().await?;
    let id = accounts::insert(&mut ctx, new, &hash, false).await?;
    attempts::take_back(&mut ctx, &taken_ids).await?;
    let token = links::issue(&mut ctx, &id, Purpose::Verify, None).await?;
    if may_mail(&mut ctx, &new.email).await? {
        tell(&mut ctx, &identity.site, &new.email, &token, &format!("sign-up:{id}")).await?;
    }
    Ok(ctx.commit().await?)
}

/// Sends the link, or, where the address has an account, a mail that says so.
async fn tell(ctx: &mut Ctx, site: &Site, email: &Email, token: &str, event: &str) -> Result<()> {
    let message = match accounts::find_verified(ctx, email).await? {
        Some(owner) => messages::account::sign_up_with_known_email(site, &owner.email, &owner.name),
        None => messages::account::verify_email(site, email, token),
    };
    Ok(outbox::enqueue(ctx, event, &message).await?)
}

/// Whether this address may get one more mail that anybody can cause.
pub(crate) async fn may_mail(ctx: &mut Ctx, email: &Email) -> Result<bool> {
    attempts::is_admitted(ctx, MAILS, &format!("mail:sign-up:{}", secret::hash(&email.folded()))).await
}

/// Sends one more link.
pub(crate) async fn send_link(ctx: &mut Ctx, site: &Site, account: &Account) -> Result<()> {
    if may_mail(ctx, &account.email).await? {
        let token = links::issue(ctx, &account.id, Purpose::Verify, None).await?;
        tell(ctx, site, &account.email, &token, &format!("verify:{}", secret::hash(&token))).await?;
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
    log::record(ctx, &Event::new(Actor::Account(id.clone()), "account.verified", "account", id.as_str())).await?;
    Ok(id)
}
