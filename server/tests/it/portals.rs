//! The portals as a browser without JavaScript sees them.

mod access;
mod accounts;
mod admin;
pub mod browser;
mod consent;
pub mod desk;
mod endings;
pub mod inbox;
mod keys;
mod linking;
mod lists;
mod member;
pub mod network;
mod owner;
mod pages;
mod passkeys;
mod payers;
mod second_factor;
mod staff;
mod typed;
mod way;
