//! The relying party of Web Authentication (W3C WebAuthn, Level 2, and what Level 3 adds for passkeys): what browsers are
//! asked for, and whether their answers hold.
//!
//! Knows no database, no clock and no chance: challenges, and what is known of a credential, are given.

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

/// What an answer must be an answer to.
#[derive(Clone, Copy)]
pub struct Expected<'a> {
    pub relying_party: &'a RelyingParty,
    /// In base64url, as it was given out.
    pub challenge: &'a str,
}
