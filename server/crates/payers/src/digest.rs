//! SHA-2 as OpenID Connect and PKCE write it.

use aws_lc_rs::digest::{Algorithm, SHA256, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// SHA-256 as base64url: what the database keeps of a secret, and `S256` of RFC 7636 §4.2.
pub fn sha256(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes()))
}

/// The left half of a digest as base64url: `at_hash` (OpenID Connect Core §3.1.3.6).
pub fn left_half(algorithm: &'static Algorithm, text: &str) -> String {
    let digest = digest(algorithm, text.as_bytes());
    URL_SAFE_NO_PAD.encode(&digest.as_ref()[..digest.as_ref().len() / 2])
}
