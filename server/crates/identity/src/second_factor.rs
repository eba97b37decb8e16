//! The second factor of an account: the codes of an authenticator app (TOTP, RFC 6238), and recovery codes for when the
//! app is lost. An account has one or none.
//!
//! Whoever has to know whether a code is due asks [`is_enrolled`], and gives what was typed to [`use_up`], whichever kind
//! it is: another kind of factor, such as passkeys, goes in at these two places.

pub mod change;
pub mod enrol;
pub mod recovery_codes;
mod totp;

use jiff::{SignedDuration, Timestamp};
use model::id::AccountId;
use store::{Ctx, SealingKey, sql};

use crate::{
    attempts::Rule,
    error::{Error, Result},
};

/// Of a million codes three are right at a time. At this pace somebody who knows the password tries some forty a day:
/// about one chance in ten thousand.
pub(crate) const CODES: Rule = Rule {
    free: 5,
    first_wait: SignedDuration::from_secs(30),
    longest_wait: SignedDuration::from_hours(1),
    forget_after: SignedDuration::from_hours(24),
};

/// How the factor of an account stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub since: Timestamp,
    /// How many were not used yet.
    pub recovery_codes: i64,
}

/// The account's factor; none for many.
pub async fn find(ctx: &mut Ctx, account: &AccountId) -> Result<Option<Status>> {
    let query = sql("SELECT confirmed_at FROM totp WHERE account_id = $1").bind(account);
    let Some((since,)) = query.fetch_optional(&mut ctx.tx).await? else { return Ok(None) };
    Ok(Some(Status { since, recovery_codes: recovery_codes::count(ctx, account).await? }))
}

/// Whether the account's password alone does not sign in.
pub async fn is_enrolled(ctx: &mut Ctx, account: &AccountId) -> Result<bool> {
    let query = sql("SELECT last_step FROM totp WHERE account_id = $1").bind(account);
    Ok(query.fetch_optional::<(i64,)>(&mut ctx.tx).await?.is_some())
}

/// What was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Used {
    Totp,
    RecoveryCode,
}

impl Used {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::RecoveryCode => "recovery_code",
        }
    }
}

/// Uses the code up: it works once. [`Error::WrongCode`] otherwise; the caller, who has counted the attempt, commits then
/// too.
pub(crate) async fn use_up(ctx: &mut Ctx, sealing: &SealingKey, account: &AccountId, typed: &str) -> Result<Used> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if totp::is_code(&typed) {
        totp::use_up(ctx, sealing, account, &typed).await?;
        return Ok(Used::Totp);
    }
    if !is_enrolled(ctx, account).await? {
        return Err(Error::WrongCode);
    }
    recovery_codes::use_up(ctx, sealing, account, &typed).await?;
    Ok(Used::RecoveryCode)
}
