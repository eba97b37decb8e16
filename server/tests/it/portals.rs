//! The portals as a browser without JavaScript sees them.

mod access;
mod accounts;
mod browser;
mod consent;
mod member;
mod pages;
