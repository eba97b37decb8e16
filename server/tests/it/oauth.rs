//! The authorization server over HTTP: statuses, headers, addresses. What it decides is tested where it is decided.

mod assertion;
mod authorize;
mod bearer;
mod crate_oauth2;
mod cross_origin;
mod discovery;
mod dpop;
mod killed;
mod limits;
mod par;
pub mod signer;
pub mod site;
mod token;
