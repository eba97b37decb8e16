//! The portals as a browser without JavaScript sees them.

mod access;
mod accounts;
mod admin;
mod browser;
mod consent;
mod desk;
mod member;
mod owner;
mod pages;
mod payers;
