//! Mail, from the outbox to the wire.

#![cfg(test)]

mod delivery;
mod mailer;
mod outbox;
mod smtp_server;
