//! The attacks that the server withstands, paragraph by paragraph of the security specification, over HTTP through the
//! real router. `table.rs` lists all of them, each with its test, in whatever file that is; the list may only grow.

mod authorization;
mod bearer;
mod calm;
mod client;
mod compartment;
mod connections;
mod consent;
pub mod input;
mod log;
mod looks;
mod matrix;
mod platform;
mod queries;
mod race;
mod routes;
mod sessions;
mod sign_in;
mod table;
pub mod traces;
mod unwritable;
pub mod world;
