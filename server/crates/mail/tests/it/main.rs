//! Mail, from the outbox to the wire.

mod mailer;
mod outbox;
mod smtp_server;
