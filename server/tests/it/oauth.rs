//! The authorization server over HTTP: statuses, headers, addresses. What it decides is tested where it is decided.

mod authorize;
mod bearer;
mod discovery;
mod dpop;
mod limits;
pub mod site;
mod token;
