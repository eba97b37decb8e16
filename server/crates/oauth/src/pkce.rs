//! Proof Key for Code Exchange (RFC 7636), `S256` only.

use store::digest::{is_same, sha256};

/// A code challenge: the SHA-256 of a verifier as base64url.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge(String);

/// Why a challenge is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("code_challenge_method must be S256")]
    Method,
    #[error("code_challenge must be the base64url form of a SHA-256: 43 characters, no padding")]
    Malformed,
    #[error("code_challenge_method was sent without code_challenge")]
    Missing,
}

impl Challenge {
    /// Reads the two parameters. RFC 7636 §4.3 takes a missing method as `plain`, which we do not offer.
    pub fn read(challenge: Option<&str>, method: Option<&str>) -> Result<Option<Self>, Refused> {
        let Some(challenge) = challenge else {
            return if method.is_none() { Ok(None) } else { Err(Refused::Missing) };
        };
        if method != Some("S256") {
            return Err(Refused::Method);
        }
        if challenge.len() != 43 || !challenge.bytes().all(is_base64url) {
            return Err(Refused::Malformed);
        }
        Ok(Some(Self(challenge.to_owned())))
    }

    pub(crate) fn from_stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The challenge of a verifier; `None` for what a verifier cannot be (RFC 7636 §4.1, §4.2).
    pub fn of(verifier: &str) -> Option<Self> {
        let is_verifier = (43..=128).contains(&verifier.len()) && verifier.bytes().all(is_unreserved);
        is_verifier.then(|| Self(sha256(verifier)))
    }

    /// Whether this is the verifier of the challenge (RFC 7636 §4.6).
    pub fn accepts(&self, verifier: &str) -> bool {
        Self::of(verifier).is_some_and(|own| is_same(&own.0, &self.0))
    }
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// RFC 3986 §2.3.
fn is_unreserved(byte: u8) -> bool {
    is_base64url(byte) || matches!(byte, b'.' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHALLENGE: &str = "hI2vVv0Er_dHX9lUJo2O8lbFzkxfChVyM2WcHfODLnU";
    const VERIFIER: &str = "eae64b84b53f479d92ab81dce7c8bbe608492951def502d84b4f0cd7";

    #[test]
    fn only_s256_is_taken() {
        fn check(challenge: Option<&str>, method: Option<&str>, expect: Result<bool, Refused>) {
            let read = Challenge::read(challenge, method).map(|challenge| challenge.is_some());
            assert_eq!(read, expect, "{challenge:?} {method:?}");
        }
        check(None, None, Ok(false));
        check(Some(CHALLENGE), Some("S256"), Ok(true));
        check(None, Some("S256"), Err(Refused::Missing));
        check(Some(CHALLENGE), None, Err(Refused::Method));
        check(Some(CHALLENGE), Some("plain"), Err(Refused::Method));
        check(Some(CHALLENGE), Some("s256"), Err(Refused::Method));
        check(Some(&CHALLENGE[1..]), Some("S256"), Err(Refused::Malformed));
        check(Some(&format!("{CHALLENGE}=")), Some("S256"), Err(Refused::Malformed));
        check(Some(&CHALLENGE.replace('_', "/")), Some("S256"), Err(Refused::Malformed));
    }

    #[test]
    fn only_the_verifier_itself_is_accepted() {
        let challenge = Challenge::from_stored(CHALLENGE.to_owned());
        assert!(challenge.accepts(VERIFIER));
        for wrong in ["", CHALLENGE, &VERIFIER[1..], &format!("{VERIFIER} "), &VERIFIER.to_uppercase()] {
            assert!(!challenge.accepts(wrong), "{wrong}");
        }
        let short = "a".repeat(42);
        assert!(!Challenge::from_stored(sha256(&short)).accepts(&short));
        let long = "a".repeat(129);
        assert!(!Challenge::from_stored(sha256(&long)).accepts(&long));
    }
}
