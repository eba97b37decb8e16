//! Secrets that only machines handle: 256 random bits each, so a plain hash of them is enough to keep.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// What is kept of a token: SHA-256 in base64url.
pub fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, token.as_bytes()))
}
