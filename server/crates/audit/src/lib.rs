//! Who did what ([`log`]: append-only, tamper-evident) and which app read what kind of data ([`access`]: counts by the
//! hour). The first is for our own people and rare; the second is for members and far too frequent to be chained.

pub mod access;
mod chain;
pub mod entry;
pub mod event;
pub mod log;
