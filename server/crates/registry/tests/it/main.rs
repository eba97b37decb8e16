//! The registry on both databases.

#![cfg(test)]

mod applications;
mod bulletins;
mod changes;
mod client_keys;
mod clients;
mod conversations;
mod credentials;
mod criteria;
mod desk;
mod desks;
mod digest;
mod drafts;
mod expiry;
mod letters;
mod lists;
mod logos;
mod long_lists;
mod names;
mod organizations;
mod outages;
mod plans;
mod program_changes;
mod promises;
mod published;
mod reviews;
mod revoking;
mod search;
mod standing;
mod submissions;
mod team;
mod tickets;
mod unknown_words;
