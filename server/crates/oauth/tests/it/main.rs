//! The authorization server's services on both databases.

#![cfg(test)]

mod answered;
mod app_notices;
mod assertions;
mod authorize;
mod bearer;
mod clients;
mod codes;
mod consent;
mod dpop;
mod forms;
mod housekeeping;
mod keys;
mod lists;
mod members;
mod newest;
mod offline;
mod on_behalf;
mod plans;
mod pushed;
mod refresh;
mod reminders;
mod reports;
mod representatives;
mod scopes;
mod sensitive;
mod signer;
mod superseded;
mod world;
