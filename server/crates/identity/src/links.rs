//! Links that work once: a token in a mail, its hash here.

use jiff::SignedDuration;
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
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Reset => "reset",
            Self::Email => "email",
        }
    }

    /// How long it works; the messages say so too.
    fn ttl(self) -> SignedDuration {
        match self {
            Self::Verify | Self::Email => SignedDuration::from_hours(24),
            Self::Reset => SignedDuration::from_mins(30),
        }
    }
}

/// Makes a link's token. A newer link to reset a password or to change an address ends the one before; links that
/// confirm a new account stay until one of them is used, because people open the wrong one of two mails.
pub async fn issue(ctx: &mut Ctx, account: &AccountId, purpose: Purpose, email: Option<&Email>) -> Result<String> {
    if purpose != Purpose::Verify {
        delete(ctx, account, purpose).await?;
    }
    let token = ctx.random_secret();
    sql("INSERT INTO account_link (token_hash, account_id, purpose, email, expires_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(secret::hash(&token))
        .bind(account)
        .bind(purpose.as_str())
        .bind(email.map(Email::as_str))
        .bind(ctx.now + purpose.ttl())
        .execute(&mut ctx.tx)
        .await?;
    Ok(token)
}

/// Ends the account's links of this purpose.
pub async fn delete(ctx: &mut Ctx, account: &AccountId, purpose: Purpose) -> Result<()> {
    sql("DELETE FROM account_link WHERE account_id = $1 AND purpose = $2")
        .bind(account)
        .bind(purpose.as_str())
        .execute(&mut ctx.tx)
        .await?;
    Ok(())
}

/// Whose link it is, if it still works.
pub async fn find(ctx: &mut Ctx, purpose: Purpose, token: &str) -> Result<Option<AccountId>> {
    let found: Option<(AccountId,)> =
        sql("SELECT account_id FROM account_link WHERE token_hash = $1 AND purpose = $2 AND $3 < expires_at")
            .bind(secret::hash(token))
            .bind(purpose.as_str())
            .bind(ctx.now)
            .fetch_optional(&mut ctx.tx)
            .await?;
    Ok(found.map(|(account,)| account))
}

/// Uses the link up, and every other of its purpose with it. Of several at once one succeeds; the rest find [`Error::LinkInvalid`].
pub async fn redeem(ctx: &mut Ctx, purpose: Purpose, token: &str) -> Result<(AccountId, Option<Email>)> {
    let (account, email): (AccountId, Option<String>) =
        sql("DELETE FROM account_link WHERE token_hash = $1 AND purpose = $2 AND $3 < expires_at RETURNING account_id, email")
            .bind(secret::hash(token))
            .bind(purpose.as_str())
            .bind(ctx.now)
            .fetch_optional(&mut ctx.tx)
            .await?
            .ok_or(Error::LinkInvalid)?;
    delete(ctx, &account, purpose).await?;
    let email = email.map(|email| email.parse()).transpose().map_err(|_| Error::LinkInvalid)?;
    Ok((account, email))
}
