//! The authorization server over HTTP: statuses, headers, addresses. Its decisions are tested beside the code that
//! makes them.

mod assertion;
mod authorize;
mod bearer;
mod counted;
mod crate_oauth2;
mod cross_origin;
mod discovery;
mod dpop;
mod killed;
mod limits;
mod par;
mod probe;
pub mod signer;
pub mod site;
mod token;
