//! The authorization server's services on both databases.

#![cfg(test)]

mod authorize;
mod bearer;
mod clients;
mod codes;
mod consent;
mod dpop;
mod housekeeping;
mod keys;
mod members;
mod refresh;
mod world;
