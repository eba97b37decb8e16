//! No answer ever contains a byte of another member's data: random requests by three members who share every value that
//! can be shared, and whose other texts each carry a mark. A request that names another member's ids gets the same
//! answer as one with ids that belong to no one.
//!
//! `TEST_ISOLATION=1000000` makes this many requests; `TEST_ISOLATION_SEED` repeats a run.

mod answers;
mod data;
mod outsiders;
mod random;
mod requests;
mod tests;
