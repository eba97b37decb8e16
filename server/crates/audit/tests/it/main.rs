//! The audit log and the access history on both databases.

#![cfg(test)]

mod access;
mod log;
mod security;
mod plans;
mod verify;
mod views;
