//! The authorization server without HTTP: OAuth 2.0, OpenID Connect and SMART App Launch as services on a
//! [`Ctx`](store::Ctx).
//!
//! An app's request ([`authorize`]), which it may have pushed before ([`pushed`]), waits ([`requests`]) for the member's answer
//! ([`consent`]). The answer makes a grant ([`grants`]) and a code ([`codes`]). The code becomes tokens ([`token`]), and every call
//! checks its token ([`access`]).

pub mod access;
pub mod answered;
pub mod app_notices;
pub mod audit_events;
pub mod authorize;
pub mod bases;
pub mod client;
pub mod client_auth;
pub mod client_keys;
pub mod codes;
pub mod consent;
pub mod dpop;
pub mod endpoint;
pub mod error;
pub mod figures;
pub mod grants;
pub mod housekeeping;
pub mod id_token;
pub mod introspection;
pub mod keys;
pub mod metadata;
pub mod on_behalf;
pub mod parameters;
pub mod pkce;
pub mod pushed;
pub mod reason;
pub mod redirect;
pub mod reminders;
pub mod reports;
pub mod requests;
pub mod revocation;
pub mod scope;
pub mod shown;
pub mod token;
pub mod tokens;
pub mod whose;

#[cfg(any(test, feature = "testing"))]
pub mod testing;

mod column;
mod notices;
