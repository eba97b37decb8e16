//! Healthcare ID on both databases.

#![cfg(test)]

mod change;
mod members;
mod recovery;
mod roles;
mod sessions;
mod sign_in;
mod sign_up;
mod world;
