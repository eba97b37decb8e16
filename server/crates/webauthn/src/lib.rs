//! The relying party of Web Authentication (W3C WebAuthn, Level 2, and what Level 3 adds for passkeys): the requests to
//! browsers, and whether the answers are valid.
//!
//! It does not use a database, a clock or randomness: the caller provides challenges and what is known of a credential.

pub mod assertion;
mod authenticator_data;
mod cbor;
mod client_data;
pub mod options;
mod posted;
pub mod public_key;
pub mod refused;
pub mod registration;
pub mod relying_party;
#[cfg(feature = "testing")]
pub mod testing;

use relying_party::RelyingParty;

/// What an answer must match.
#[derive(Clone, Copy)]
pub struct Expected<'a> {
    pub relying_party: &'a RelyingParty,
    /// In base64url, as it was sent.
    pub challenge: &'a str,
}
