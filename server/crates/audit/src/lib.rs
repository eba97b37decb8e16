//! Who did what ([`log`]: append-only, tamper-evident), which app read what kind of data ([`access`]: counts by the hour),
//! and what attackers tried ([`security`]: added up, then written to the log). The first is for our own people and rare; the
//! second is for members and far too frequent to be chained.

pub mod access;
pub mod action;
mod chain;
pub mod checks;
pub mod entry;
pub mod event;
pub mod log;
pub mod security;
pub mod verify;
pub mod views;
