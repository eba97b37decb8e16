//! The registry on both databases.

#![cfg(test)]

mod applications;
mod client_keys;
mod clients;
mod credentials;
mod desk;
mod drafts;
mod organizations;
mod reviews;
