//! Time-based codes (RFC 6238): SHA-1, six digits, steps of 30 seconds, as in every authenticator app. The previous and the
//! next step count too (§5.2). A step works once, and older steps no longer work after it.

use jiff::Timestamp;
use model::{account::HealthcareId, id::AccountId};
use store::{Ctx, SealingKey, sql};
use totp_rs::{Algorithm, Builder, Totp, TotpError};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// RFC 4226 §4 recommends 160 bits.
const SECRET_LENGTH: usize = 20;
const DIGITS: u8 = 6;
const STEP_SECONDS: u64 = 30;
const STEPS_ASIDE: u16 = 1;
/// The name under which authenticator apps list us.
const ISSUER: &str = "FLEX";

/// A secret, and the forms in which an app takes it.
pub(super) struct Shown {
    /// In base32, for typing.
    pub(super) secret: String,
    /// For the QR code.
    pub(super) uri: String,
}

/// Whether the text looks like a code of an app.
pub(super) fn is_code(typed: &str) -> bool {
    typed.len() == usize::from(DIGITS) && typed.bytes().all(|byte| byte.is_ascii_digit())
}

/// A new secret, sealed.
pub(super) fn new_secret(ctx: &Ctx, sealing: &SealingKey, account: &AccountId) -> Result<String> {
    let secret = Zeroizing::new(ctx.random_bytes::<SECRET_LENGTH>());
    sealing.seal(&context(account), &*secret).map_err(|_| Error::Sealed(account.clone()))
}

/// What the holder enters into the app.
pub(super) fn show(sealing: &SealingKey, account: &AccountId, holder: &HealthcareId, sealed: &str) -> Result<Shown> {
    let totp = open(sealing, account, sealed)?;
    let builder = builder(totp.secret().as_bytes()).with_issuer(Some(ISSUER)).with_account_name(holder.as_str());
    let named = builder.build().map_err(|error| unusable(account, &error))?;
    let uri = named.to_url().map_err(|error| unusable(account, &error))?;
    Ok(Shown { secret: named.secret().to_base32(), uri })
}

/// Which of the three steps has this code, if any; compared in constant time.
pub(super) fn find_step(
    sealing: &SealingKey,
    account: &AccountId,
    sealed: &str,
    code: &str,
    now: Timestamp,
) -> Result<Option<i64>> {
    Ok(step(&open(sealing, account, sealed)?, code, now))
}

fn step(totp: &Totp, code: &str, now: Timestamp) -> Option<i64> {
    let seconds = u64::try_from(now.as_second()).ok()?;
    totp.check(code, seconds).and_then(|step| i64::try_from(step).ok())
}

/// If several requests give the same code at once, one succeeds and the others get [`Error::WrongCode`].
pub(super) async fn use_up(ctx: &mut Ctx, sealing: &SealingKey, account: &AccountId, code: &str) -> Result<()> {
    let query = sql("SELECT secret FROM totp WHERE account_id = $1").bind(account);
    let (sealed,): (String,) = query.fetch_optional(&mut ctx.tx).await?.ok_or(Error::WrongCode)?;
    let step = find_step(sealing, account, &sealed, code, ctx.now)?.ok_or(Error::WrongCode)?;
    let used = sql("UPDATE totp SET last_step = $1 WHERE account_id = $2 AND secret = $3 AND last_step < $1")
        .bind(step)
        .bind(account)
        .bind(sealed)
        .execute(&mut ctx.tx)
        .await?;
    if used == 1 { Ok(()) } else { Err(Error::WrongCode) }
}

fn open(sealing: &SealingKey, account: &AccountId, sealed: &str) -> Result<Totp> {
    let secret = sealing.open(&context(account), sealed).map_err(|_| Error::Sealed(account.clone()))?;
    builder(&secret).build().map_err(|error| unusable(account, &error))
}

fn builder(secret: &[u8]) -> Builder {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_step_duration(STEP_SECONDS)
        .with_skew(STEPS_ASIDE)
        .with_secret(secret)
}

/// Ties a sealed secret to its account.
fn context(account: &AccountId) -> String {
    format!("totp:{account}")
}

fn unusable(account: &AccountId, error: &TotpError) -> Error {
    let (id, reason) = (account.to_string(), error.to_string());
    store::Error::Corrupt { table: "totp", column: "secret", id, reason }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 Appendix B, for SHA-1. The table has eight digits; of fewer, RFC 4226 §5.3 keeps the last.
    #[test]
    fn codes_are_those_of_the_rfc() {
        check(59, "94287082");
        check(1_111_111_109, "07081804");
        check(1_111_111_111, "14050471");
        check(1_234_567_890, "89005924");
        check(2_000_000_000, "69279037");
        check(20_000_000_000, "65353130");

        fn check(second: i64, expect: &str) {
            let now = Timestamp::from_second(second).unwrap();
            assert_eq!(step(&totp(), &expect[2..], now), Some(second / 30), "{second}");
        }
    }

    #[test]
    fn one_step_aside_counts_and_two_do_not() {
        let code = "287082";
        for (second, expect) in [(0, true), (29, true), (30, true), (59, true), (89, true), (90, false), (120, false)] {
            let now = Timestamp::from_second(second).unwrap();
            assert_eq!(step(&totp(), code, now).is_some(), expect, "{second}");
        }
        assert_eq!(step(&totp(), code, Timestamp::from_second(-60).unwrap()), None);
    }

    #[test]
    fn a_code_has_six_digits() {
        fn check(typed: &str, expect: bool) {
            assert_eq!(is_code(typed), expect, "{typed:?}");
        }
        check("000000", true);
        check("287082", true);
        check("28708", false);
        check("2870821", false);
        check("28708a", false);
        check("+28708", false);
        check("٢٨٧٠٨٢", false);
        check("", false);
    }

    #[test]
    fn an_app_learns_whose_code_it_is() {
        let (sealing, account) = (SealingKey::new([7; 32]), AccountId::new("a"));
        let sealed = sealing.seal(&context(&account), SECRET).unwrap();
        let shown = show(&sealing, &account, &"ada.lovelace".parse().unwrap(), &sealed).unwrap();
        assert_eq!(shown.secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(shown.uri, format!("otpauth://totp/FLEX:ada.lovelace?secret={}&issuer=FLEX", shown.secret));
    }

    #[test]
    fn a_secret_opens_for_its_own_account_alone() {
        let (sealing, account) = (SealingKey::new([7; 32]), AccountId::new("a"));
        let sealed = sealing.seal(&context(&account), SECRET).unwrap();
        let now = Timestamp::from_second(59).unwrap();
        assert_eq!(find_step(&sealing, &account, &sealed, "287082", now).unwrap(), Some(1));
        let other = find_step(&sealing, &AccountId::new("b"), &sealed, "287082", now);
        assert!(matches!(other, Err(Error::Sealed(_))), "{other:?}");
    }

    const SECRET: &[u8] = b"12345678901234567890";

    fn totp() -> Totp {
        builder(SECRET).build().unwrap()
    }
}
