//! SHA-2 by AWS-LC, in one place for every crate that depends on the store.

use aws_lc_rs::{
    constant_time::verify_slices_are_equal,
    digest::{Algorithm, SHA256, SHA384, SHA512, digest},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// Which digest a signature's algorithm goes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sha2 {
    Sha256,
    Sha384,
    Sha512,
}

impl Sha2 {
    fn algorithm(self) -> &'static Algorithm {
        match self {
            Self::Sha256 => &SHA256,
            Self::Sha384 => &SHA384,
            Self::Sha512 => &SHA512,
        }
    }
}

/// SHA-256 as base64url without padding: what the database keeps of a secret, which has 256 random bits, so that nothing
/// slower is needed; and `S256` of RFC 7636 §4.2.
pub fn sha256(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(sha256_bytes(text.as_bytes()))
}

/// SHA-256 in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(sha256_bytes(bytes))
}

pub fn sha256_bytes(bytes: &[u8]) -> [u8; 32] {
    let mut digested = [0; 32];
    digested.copy_from_slice(digest(&SHA256, bytes).as_ref());
    digested
}

/// The left half of the digest as base64url: `at_hash` (OpenID Connect Core §3.1.3.6).
pub fn left_half(sha2: Sha2, text: &str) -> String {
    let digest = digest(sha2.algorithm(), text.as_bytes());
    URL_SAFE_NO_PAD.encode(&digest.as_ref()[..digest.as_ref().len() / 2])
}

/// Whether two texts are equal, in a time that does not tell where they differ.
pub fn is_same(a: &str, b: &str) -> bool {
    verify_slices_are_equal(a.as_bytes(), b.as_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// oauth.md D8: the documents print it with scanning errors.
    #[test]
    fn the_printed_verifier_has_this_challenge() {
        let verifier = "eae64b84b53f479d92ab81dce7c8bbe608492951def502d84b4f0cd7";
        assert_eq!(sha256(verifier), "hI2vVv0Er_dHX9lUJo2O8lbFzkxfChVyM2WcHfODLnU");
    }

    /// FIPS 180-4's example, `abc`.
    #[test]
    fn digests_are_those_of_the_standard() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex(b"abc"), abc);
        assert_eq!(hex::encode(sha256_bytes(b"abc")), abc);
        let half = |sha2| hex::encode(URL_SAFE_NO_PAD.decode(left_half(sha2, "abc")).unwrap());
        assert_eq!(half(Sha2::Sha256), abc[..32]);
        assert_eq!(half(Sha2::Sha384), "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163");
        assert_eq!(half(Sha2::Sha512), "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a");
    }

    #[test]
    fn texts_are_the_same_to_the_last_letter() {
        assert!(is_same("secret", "secret") && is_same("", ""));
        assert!(!is_same("secret", "secreT") && !is_same("secret", "secre") && !is_same("secret", ""));
    }
}
