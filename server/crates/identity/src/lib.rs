//! Healthcare ID: accounts, signing in and account recovery, sessions, roles, and which member an account is.
//!
//! Services take a `Ctx`, as in every crate. Services that hash a password take an [`Identity`] and open their own
//! transactions, because no transaction may be open while a hash is computed: SQLite has one writer.

pub mod accounts;
pub mod attempts;
pub mod change;
pub mod error;
pub mod flash;
pub mod guests;
pub mod half_open;
pub mod hasher;
pub mod housekeeping;
mod links;
pub mod member_cards;
pub mod member_codes;
pub mod members;
pub mod payer_accounts;
pub mod probes;
pub mod recovery;
pub mod refused_forms;
pub mod representatives;
pub mod roles;
pub mod second_factor;
mod secret;
pub mod sessions;
pub mod sign_in;
pub mod sign_up;
pub mod staff;
#[cfg(feature = "testing")]
pub mod testing;

/// What the services that hash passwords or seal secrets need. Cheap to clone.
#[derive(Clone)]
pub struct Identity {
    pub store: store::Store,
    pub hasher: hasher::Hasher,
    pub sealing: store::SealingKey,
    pub site: mail::site::Site,
    /// Where passkeys work.
    pub relying_party: webauthn::relying_party::RelyingParty,
    /// Counts wrong passwords and codes.
    pub watch: audit::security::Watch,
}
