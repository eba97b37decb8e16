//! The audit log and the access history on both databases.

mod access;
mod log;
