//! Signing in at a payer's provider, on both databases, against a provider without a network.

#![cfg(test)]

mod acts_for;
mod callback;
mod id_token;
mod members;
mod provider;
mod token_endpoint;
mod world;
