//! The portals as a browser without JavaScript sees them.

mod access;
mod accounts;
mod admin;
mod announcements;
mod audit;
pub mod browser;
mod checks;
mod codes;
pub mod consent;
mod conversation;
pub mod desk;
mod drafts;
mod endings;
mod history;
pub mod hook;
pub mod inbox;
mod keys;
mod languages;
pub mod linking;
mod lists;

mod member;
pub mod network;
mod notices;
mod office;
mod owner;
mod pages;
mod passkeys;
mod payers;
mod protected;
mod reports;
mod representatives;
mod second_factor;
mod staff;
mod team;
mod typed;
mod way;
