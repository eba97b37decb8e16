//! The attacks that the server withstands, paragraph by paragraph of the security specification, driven over HTTP through
//! the real router. `table.rs` lists them all with the test that shows each, wherever it stands; the list may only grow.

mod calm;
mod input;
mod routes;
mod world;
