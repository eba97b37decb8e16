//! Healthcare ID on both databases.

#![cfg(test)]

mod change;
mod enrolled;
mod guests;
mod half_open;
mod holder;
mod members;
mod passkey_sign_in;
mod passkeys;
mod recovery;
mod recovery_codes;
mod refused_forms;
mod representatives;
mod roles;
mod second_factor;
mod sessions;
mod sign_in;
mod sign_up;
mod world;
