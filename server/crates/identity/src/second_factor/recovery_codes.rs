//! Codes on paper, each of which works for one sign-in.
//!
//! A code has 50 random bits: ten characters, because people type them. That is plenty against guessing at our pace
//! ([`super::CODES`]), but too little against a machine that has a copy of the database. So we keep a keyed digest
//! ([`SealingKey::digest`]), and the copy alone is useless.

use std::fmt;

use model::id::AccountId;
use store::{Ctx, SealingKey, sql};

use crate::error::{Error, Result};

/// How many are made at a time.
pub const COUNT: usize = 10;
const LENGTH: usize = 10;
/// Crockford's base32: no letter looks like a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Shown once, and never kept in plain text.
pub struct RecoveryCodes(Vec<String>);

impl RecoveryCodes {
    /// Each as the page shows it: `k3m9x-7qp2d`.
    pub fn expose(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCodes(…)")
    }
}

/// Makes new ones; the old ones no longer work.
pub(super) async fn make(ctx: &mut Ctx, sealing: &SealingKey, account: &AccountId) -> Result<RecoveryCodes> {
    delete(ctx, account).await?;
    let mut codes = Vec::with_capacity(COUNT);
    for _ in 0..COUNT {
        let code = code(u64::from_be_bytes(ctx.random_bytes()));
        sql("INSERT INTO recovery_code (account_id, code_digest) VALUES ($1, $2)")
            .bind(account)
            .bind(digest(sealing, account, &code))
            .execute(&mut ctx.tx)
            .await?;
        codes.push(format!("{}-{}", &code[..LENGTH / 2], &code[LENGTH / 2..]));
    }
    Ok(RecoveryCodes(codes))
}

pub(super) async fn delete(ctx: &mut Ctx, account: &AccountId) -> Result<()> {
    sql("DELETE FROM recovery_code WHERE account_id = $1").bind(account).execute(&mut ctx.tx).await?;
    Ok(())
}

/// How many are left.
pub(crate) async fn count(ctx: &mut Ctx, account: &AccountId) -> Result<i64> {
    let query = sql("SELECT COUNT(*) FROM recovery_code WHERE account_id = $1").bind(account);
    let (count,) = query.fetch_one(&mut ctx.tx).await?;
    Ok(count)
}

/// If several requests give the same code at once, one succeeds and the others get [`Error::WrongCode`].
pub(super) async fn use_up(ctx: &mut Ctx, sealing: &SealingKey, account: &AccountId, typed: &str) -> Result<()> {
    let query = sql("DELETE FROM recovery_code WHERE account_id = $1 AND code_digest = $2").bind(account);
    let used = query.bind(digest(sealing, account, &normalize(typed))).execute(&mut ctx.tx).await?;
    if used == 1 { Ok(()) } else { Err(Error::WrongCode) }
}

fn code(bits: u64) -> String {
    (0..LENGTH).map(|place| char::from(ALPHABET[(bits >> (place * 5) & 31) as usize])).collect()
}

fn digest(sealing: &SealingKey, account: &AccountId, code: &str) -> String {
    sealing.digest(&format!("recovery_code:{account}"), code)
}

/// What the person meant: capitals, hyphens, and look-alikes do not matter. Longer texts cannot be codes, so they are cut.
fn normalize(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).take(LENGTH + 1);
    letters
        .map(|letter| match letter.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            letter => letter,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_read_as_it_was_meant() {
        fn check(typed: &str, expect: &str) {
            assert_eq!(normalize(typed), expect, "{typed}");
        }
        check("k3m9x-7qp2d", "k3m9x7qp2d");
        check("K3M9X 7QP2D", "k3m9x7qp2d");
        check("kOm9x–7qIlD", "k0m9x7q11d");
        check("k3m9x7qp2dk3m9x7qp2d", "k3m9x7qp2dk");
        check("", "");
    }

    #[test]
    fn a_code_is_typed_without_doubt() {
        assert_eq!(code(0), "0000000000");
        assert_eq!(code(u64::MAX), "zzzzzzzzzz");
        assert_eq!(normalize(&code(0x0123_4567_89ab_cdef)), code(0x0123_4567_89ab_cdef));
    }
}
