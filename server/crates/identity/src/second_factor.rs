//! The second factors of an account: the codes of an authenticator app (TOTP, RFC 6238), passkeys (WebAuthn), and recovery
//! codes for when neither is available. An account has none, an app, one or several passkeys, or all of them.
//!
//! Callers that need to know whether a second step is due ask [`is_enrolled`], and pass what the person gave to [`use_up`],
//! whichever kind it is.

pub mod change;
pub mod enrol;
pub mod passkeys;
pub mod recovery_codes;
mod totp;

use jiff::{SignedDuration, Timestamp};
use model::id::{AccountId, SessionId};
use store::{Ctx, sql};

use crate::{
    Identity,
    attempts::Rule,
    error::{Error, Result},
};
use passkeys::{Passkey, proof};

/// Three of a million codes are correct at a time. At this pace, someone who knows the password tries some forty a day: they
/// succeed with a probability of about one in ten thousand.
pub(crate) const CODES: Rule = Rule {
    free: 5,
    first_wait: SignedDuration::from_secs(30),
    longest_wait: SignedDuration::from_hours(1),
    forget_after: SignedDuration::from_hours(24),
};

/// The factors of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// When the oldest was added.
    pub since: Timestamp,
    /// Since when the account has an authenticator app.
    pub app: Option<Timestamp>,
    /// The oldest first.
    pub passkeys: Vec<Passkey>,
    /// How many are not used yet.
    pub recovery_codes: i64,
}

/// The account's factors; `None` for many accounts.
pub async fn find(ctx: &mut Ctx, account: &AccountId) -> Result<Option<Status>> {
    let query = sql("SELECT confirmed_at FROM totp WHERE account_id = $1").bind(account);
    let app: Option<Timestamp> = query.fetch_optional(&mut ctx.tx).await?.map(|(since,)| since);
    let passkeys = passkeys::list(ctx, account).await?;
    let Some(since) = passkeys.iter().map(|passkey| passkey.created_at).chain(app).min() else { return Ok(None) };
    Ok(Some(Status { since, app, passkeys, recovery_codes: recovery_codes::count(ctx, account).await? }))
}

/// Whether signing in takes more than the account's password.
pub async fn is_enrolled(ctx: &mut Ctx, account: &AccountId) -> Result<bool> {
    let query = sql("SELECT last_step FROM totp WHERE account_id = $1
         UNION ALL SELECT sign_count FROM passkey WHERE account_id = $1");
    Ok(query.bind(account).fetch_optional::<(i64,)>(&mut ctx.tx).await?.is_some())
}

/// Whether any account has a factor that the deployment's key file seals.
pub async fn exist(ctx: &mut Ctx) -> store::Result<bool> {
    Ok(sql("SELECT last_step FROM totp LIMIT 1").fetch_optional::<(i64,)>(&mut ctx.tx).await?.is_some())
}

async fn has_app(ctx: &mut Ctx, account: &AccountId) -> Result<bool> {
    let query = sql("SELECT last_step FROM totp WHERE account_id = $1").bind(account);
    Ok(query.fetch_optional::<(i64,)>(&mut ctx.tx).await?.is_some())
}

/// What a person gives as proof.
#[derive(Clone, Copy)]
pub enum Given<'a> {
    /// A code of the app or a recovery code, as it was typed.
    Code(&'a str),
    /// The browser's answer, as JSON, to the challenge that waits in this session.
    Passkey { session: &'a SessionId, answer: &'a str },
}

/// The kind of proof that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Used {
    Totp,
    Passkey,
    RecoveryCode,
}

impl Used {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Passkey => "passkey",
            Self::RecoveryCode => "recovery_code",
        }
    }
}

/// Uses up the code or the challenge: it works once. If it is not accepted, the error is one of [`Error::is_wrong_factor`];
/// the caller, who has counted the attempt, commits then too.
pub(crate) async fn use_up(ctx: &mut Ctx, identity: &Identity, account: &AccountId, given: Given<'_>) -> Result<Used> {
    let typed = match given {
        Given::Passkey { session, answer } => {
            proof::use_up(ctx, &identity.relying_party, account, session, answer).await?;
            return Ok(Used::Passkey);
        }
        Given::Code(typed) => typed,
    };
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if totp::is_code(&typed) {
        totp::use_up(ctx, &identity.sealing, account, &typed).await?;
        return Ok(Used::Totp);
    }
    if !is_enrolled(ctx, account).await? {
        return Err(Error::WrongCode);
    }
    recovery_codes::use_up(ctx, &identity.sealing, account, &typed).await?;
    Ok(Used::RecoveryCode)
}
