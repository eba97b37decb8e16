//! The authorization server's services on both databases.

#![cfg(test)]

mod assertions;
mod authorize;
mod bearer;
mod clients;
mod codes;
mod consent;
mod dpop;
mod housekeeping;
mod keys;
mod members;
mod pushed;
mod refresh;
mod scopes;
mod signer;
mod world;
