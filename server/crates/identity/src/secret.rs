//! Secrets that only machines handle: 256 random bits each, so a plain hash of them is enough to keep.

/// What is kept of a token: SHA-256 in base64url.
pub fn hash(token: &str) -> String {
    store::digest::sha256(token)
}
