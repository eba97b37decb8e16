//! The portals as a browser without JavaScript sees them.

mod access;
mod accounts;
mod admin;
mod browser;
mod consent;
mod desk;
mod keys;
mod member;
mod network;
mod owner;
mod pages;
mod passkeys;
mod payers;
mod second_factor;
mod staff;
