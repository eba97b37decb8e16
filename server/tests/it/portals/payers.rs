//! Signing in at a payer's own identity provider, as a browser without JavaScript sees it.

mod consent;
mod portal;
mod representatives;
pub mod world;
