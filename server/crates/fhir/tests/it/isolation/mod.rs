//! No answer ever holds a byte of another member's data: random requests of three members who share every value that can be
//! shared, and whose other texts each carry a mark. What a request says of others' ids is answered as if they were nobody's.
//!
//! `FLEX_ISOLATION=1000000` asks so many; `FLEX_ISOLATION_SEED` repeats a run.

mod answers;
mod data;
mod outsiders;
mod random;
mod requests;
mod tests;
