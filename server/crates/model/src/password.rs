//! Passwords that are long enough and hard to guess (NIST SP 800-63B §3.1.1.2: length and a list of known ones, no rules
//! about kinds of characters, any script).

use std::{fmt, str::FromStr};

use unicode_normalization::UnicodeNormalization;

/// A password that an account may have, in NFKC so that every keyboard types the same one.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    pub const MIN_LENGTH: usize = 12;
    pub const MAX_LENGTH: usize = 128;

    /// The same normal form for a password that is only compared, such as one typed at sign-in.
    pub fn normalize(typed: &str) -> String {
        // Stored passwords are never longer, so a very long text does not cost time.
        typed.chars().take(Self::MAX_LENGTH + 1).nfkc().collect()
    }

    /// For hashing only.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Refuses a password that contains what others know about its owner: their Healthcare ID, the local part of
    /// their email address, their name. Words of fewer than four letters do not count.
    pub fn check_against(&self, known: &[&str]) -> Result<(), PasswordError> {
        let password = self.0.to_lowercase();
        let is_inside = |word: &str| 4 <= word.chars().count() && password.contains(&word.to_lowercase());
        let rest_is_short = |word: &str| password.chars().count() < word.chars().count() + Self::MIN_LENGTH / 2;
        if known.iter().any(|word| is_inside(word) && rest_is_short(word)) {
            return Err(PasswordError::Personal);
        }
        Ok(())
    }
}

impl FromStr for Password {
    type Err = PasswordError;

    fn from_str(typed: &str) -> Result<Self, PasswordError> {
        if typed.is_empty() {
            return Err(PasswordError::Empty);
        }
        let text = Self::normalize(typed);
        let length = text.chars().count();
        if length < Self::MIN_LENGTH {
            return Err(PasswordError::TooShort);
        }
        if Self::MAX_LENGTH < length {
            return Err(PasswordError::TooLong);
        }
        if is_plain(&text) { Err(PasswordError::TooPlain) } else { Ok(Self(text)) }
    }
}

/// Known words that become a password of at least twelve characters when people repeat them, join them or add digits.
const KNOWN: &[&str] = &[
    "password",
    "passwort",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1q2w3e4r",
    "1qaz2wsx",
    "letmein",
    "welcome",
    "iloveyou",
    "admin",
    "administrator",
    "changeme",
    "trustno",
    "football",
    "baseball",
    "dragon",
    "monkey",
    "sunshine",
    "princess",
    "superman",
    "starwars",
    "whatever",
    "login",
    "secret",
    "default",
    "master",
    "access",
    "hello",
    "health",
    "healthcare",
    "healthcareid",
    "insurance",
    "medicare",
    "medicaid",
    "flex",
    "winter",
    "spring",
    "summer",
    "autumn",
    "abc",
];

/// Few different characters, one run along the alphabet or the digits, or only known words and digits.
fn is_plain(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut different: Vec<char> = text.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 5 || is_run(&text) {
        return true;
    }
    let mut words = text.clone();
    // The longest first, so that a short word does not leave the end of a long one.
    let mut known = KNOWN.to_vec();
    known.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    for word in known {
        words = words.replace(word, "");
    }
    words != text && words.chars().filter(|character| character.is_alphabetic()).count() < 4
}

fn is_run(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|character| i64::from(u32::from(character))).collect();
    let steps = codes.windows(2).map(|pair| pair[1] - pair[0]);
    // A run may wrap once (`…890123`).
    steps.clone().filter(|&step| step == 1).count() + 2 >= codes.len()
        || steps.filter(|&step| step == -1).count() + 2 >= codes.len()
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    #[error("Enter a password")]
    Empty,
    #[error("A password has at least 12 characters; a few words you can remember make a good one")]
    TooShort,
    #[error("A password has at most 128 characters")]
    TooLong,
    #[error("This password is easy to guess; choose another")]
    TooPlain,
    #[error("A password must not be made of your name, Healthcare ID, or email address")]
    Personal,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_taken_or_refused() {
        check("correct horse battery", Ok(()));
        check("kX9#vLq2!mZp", Ok(()));
        check("пароль из слов", Ok(()));
        check("", Err(PasswordError::Empty));
        check("kX9#vLq2!mZ", Err(PasswordError::TooShort));
        check(&"kX9#vLq2!mZp".repeat(11), Err(PasswordError::TooLong));
        check("aaaaaaaaaaaaaaa", Err(PasswordError::TooPlain));
        check("abababababab", Err(PasswordError::TooPlain));
        check("abcdefghijklm", Err(PasswordError::TooPlain));
        check("1234567890123", Err(PasswordError::TooPlain));
        check("Password2026!", Err(PasswordError::TooPlain));
        check("passwordpassword", Err(PasswordError::TooPlain));
        check("Welcome-Admin-1", Err(PasswordError::TooPlain));

        fn check(input: &str, expect: Result<(), PasswordError>) {
            assert_eq!(input.parse::<Password>().map(|_| ()), expect, "{input:?}");
        }
    }

    #[test]
    fn a_password_made_of_its_owners_name_is_refused() {
        let personal: Password = "Lovelace1815!".parse().unwrap();
        assert_eq!(personal.check_against(&["ada", "lovelace"]), Err(PasswordError::Personal));
        let fine: Password = "lovelace rides a bicycle".parse().unwrap();
        assert_eq!(fine.check_against(&["ada", "lovelace"]), Ok(()));
    }

    #[test]
    fn every_keyboard_types_the_same_password() {
        let composed: Password = "caf\u{e9} au lait noir".parse().unwrap();
        assert_eq!(composed.expose(), Password::normalize("cafe\u{301} au lait noir"));
        assert_eq!(format!("{composed:?}"), "Password(…)");
    }
}
