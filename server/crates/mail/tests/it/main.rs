//! Mail, from the outbox to the wire.

mod delivery;
mod mailer;
mod outbox;
mod smtp_server;
