//! Links that work once: the token is in a mail, and its hash is here. When a link ends, a mail that still waits is deleted
//! with it.

use jiff::{SignedDuration, Timestamp};
use mail::{message::Message, outbox};
use model::{email::Email, id::AccountId};
use store::{Ctx, sql};

use crate::{
    error::{Error, Result},
    secret,
};

/// What a link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Confirms the address of a new account.
    Verify,
    /// Sets a new password.
    Reset,
    /// Confirms a changed address.
    Email,
    /// Lets a person continue after a reminder of their Healthcare ID; opens nothing.
    Remind,
}

impl Purpose {
    const ALL: [Self; 4] = [Self::Verify, Self::Reset, Self::Email, Self::Remind];

    fn as_str(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Reset => "reset",
            Self::Email => "email",
            Self::Remind => "remind",
        }
    }

    /// How long it works; the messages name the same time.
    fn ttl(self) -> SignedDuration {
        match self {
            Self::Verify | Self::Email | Self::Remind => SignedDuration::from_hours(24),
            Self::Reset => SignedDuration::from_mins(30),
        }
    }
}

/// A new link.
pub struct Link {
    /// For the mail, and nowhere else.
    pub token: String,
    expires_at: Timestamp,
}

/// What a link was made for.
#[derive(Debug)]
pub struct Redeemed {
    pub account: AccountId,
    /// The new address, where the link confirms one.
    pub email: Option<Email>,
    /// Where the holder continues.
    pub next: Option<String>,
}

/// Longer than any path of ours that leads to sign-in.
const LONGEST_NEXT: usize = 512;

/// Where the person continues, if the path is short enough to keep.
pub fn keep_next(next: Option<&str>) -> Option<String> {
    next.filter(|next| !next.is_empty() && next.len() <= LONGEST_NEXT).map(str::to_owned)
}

/// Makes a link's token. A newer link to reset a password or to change an address ends the previous one. Links that
/// confirm a new account stay until one of them is used, because people open the wrong one of two mails.
pub async fn issue(
    ctx: &mut Ctx,
    account: &AccountId,
    purpose: Purpose,
    email: Option<&Email>,
    next: Option<&str>,
) -> Result<Link> {
    if purpose != Purpose::Verify {
        delete(ctx, account, purpose).await?;
    }
    let link = Link { token: ctx.random_secret(), expires_at: ctx.now + purpose.ttl() };
    sql("INSERT INTO account_link (token_hash, account_id, purpose, email, expires_at, next) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(secret::hash(&link.token))
        .bind(account)
        .bind(purpose.as_str())
        .bind(email.map(Email::as_str))
        .bind(link.expires_at)
        .bind(keep_next(next))
        .execute(&mut ctx.tx)
        .await?;
    Ok(link)
}

/// Mails a link. A mail that waits longer than the link works is not sent.
pub async fn mail(ctx: &mut Ctx, link: &Link, message: &Message) -> Result<()> {
    Ok(outbox::enqueue_until(ctx, &event(&secret::hash(&link.token)), message, link.expires_at).await?)
}

fn event(token_hash: &str) -> String {
    format!("link:{token_hash}")
}

/// Ends the account's links of this purpose, and the mails that bring them.
pub async fn delete(ctx: &mut Ctx, account: &AccountId, purpose: Purpose) -> Result<()> {
    let ended: Vec<(String,)> =
        sql("DELETE FROM account_link WHERE account_id = $1 AND purpose = $2 RETURNING token_hash")
            .bind(account)
            .bind(purpose.as_str())
            .fetch_all(&mut ctx.tx)
            .await?;
    for (token_hash,) in ended {
        outbox::withdraw(ctx, &event(&token_hash)).await?;
    }
    Ok(())
}

/// The same for links of every purpose.
pub async fn delete_all(ctx: &mut Ctx, account: &AccountId) -> Result<()> {
    for purpose in Purpose::ALL {
        delete(ctx, account, purpose).await?;
    }
    Ok(())
}

/// The account that the link belongs to, if it still works.
pub async fn find(ctx: &mut Ctx, purpose: Purpose, token: &str) -> Result<Option<AccountId>> {
    Ok(look(ctx, purpose, token).await?.map(|(account, _)| account))
}

/// Where a link leads, if it still works and its holder was on the way to some page.
pub async fn next(ctx: &mut Ctx, purpose: Purpose, token: &str) -> Result<Option<String>> {
    Ok(look(ctx, purpose, token).await?.and_then(|(_, next)| next))
}

async fn look(ctx: &mut Ctx, purpose: Purpose, token: &str) -> Result<Option<(AccountId, Option<String>)>> {
    let query =
        sql("SELECT account_id, next FROM account_link WHERE token_hash = $1 AND purpose = $2 AND $3 < expires_at");
    let query = query.bind(secret::hash(token)).bind(purpose.as_str()).bind(ctx.now);
    Ok(query.fetch_optional(&mut ctx.tx).await?)
}

/// Uses up the link and every other link of its purpose. If several callers try at once, one succeeds and the others get
/// [`Error::LinkInvalid`].
pub async fn redeem(ctx: &mut Ctx, purpose: Purpose, token: &str) -> Result<Redeemed> {
    let (account, email, next): (AccountId, Option<String>, Option<String>) =
        sql("DELETE FROM account_link WHERE token_hash = $1 AND purpose = $2 AND $3 < expires_at
             RETURNING account_id, email, next")
        .bind(secret::hash(token))
        .bind(purpose.as_str())
        .bind(ctx.now)
        .fetch_optional(&mut ctx.tx)
        .await?
        .ok_or(Error::LinkInvalid)?;
    delete(ctx, &account, purpose).await?;
    let email = email.map(|email| email.parse()).transpose().map_err(|_| Error::LinkInvalid)?;
    Ok(Redeemed { account, email, next })
}
