//! Secrets are kept as their SHA-256: they are 256 random bits, so nothing slower is needed.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// SHA-256 as base64url without padding: what the database keeps of a secret, and the `S256` of RFC 7636 §4.2.
pub(crate) fn sha256(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes()))
}

/// The left half of SHA-256 as base64url: `at_hash` (OpenID Connect Core §3.1.3.6).
pub(crate) fn left_half(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(&digest(&SHA256, text.as_bytes()).as_ref()[..16])
}

/// Equal, in a time that does not tell where they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(a.as_bytes(), b.as_bytes()).is_ok()
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
}
