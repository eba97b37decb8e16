//! What we write, one file per family. A function takes the facts of its event and gives the whole message; who is
//! written to and when is the caller's affair.

pub mod access;
pub mod account;
pub mod application;
pub mod organization;
pub mod second_factor;
