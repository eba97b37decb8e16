//! The authorization server over HTTP: statuses, headers, addresses. What it decides is tested where it is decided.

mod authorize;
mod bearer;
mod discovery;
mod dpop;
pub mod site;
mod token;
