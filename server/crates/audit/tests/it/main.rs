//! The audit log and the access history on both databases.

#![cfg(test)]

mod access;
mod log;
mod plans;
mod security;
mod verify;
mod views;
