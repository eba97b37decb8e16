//! The registry on both databases.

#![cfg(test)]

mod applications;
mod changes;
mod client_keys;
mod clients;
mod credentials;
mod desk;
mod drafts;
mod expiry;
mod long_lists;
mod names;
mod organizations;
mod program_changes;
mod published;
mod reviews;
mod standing;
mod unknown_words;
