//! Our letters, one file per family. A function takes the facts of its event and returns the whole message. The caller
//! decides who gets it and when. The sentences are in [`crate::texts`].

pub mod access;
pub mod account;
pub mod application;
pub mod audit;
pub mod change;
pub mod conversation;
pub mod desk;
pub mod digest;
pub mod organization;
pub mod outage;
pub mod report;
pub mod representative;
pub mod second_factor;
pub mod staff;
pub mod team;
