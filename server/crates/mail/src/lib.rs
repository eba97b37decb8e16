//! Mail: what it says, where it waits, how it leaves.
//!
//! A service writes a message to the [`outbox`] in the transaction of the event that it is about; a worker hands it
//! to the [`mailer`]. No message carries health data, or a secret other than a link that works once.

pub mod catalog;
pub mod delivery;
pub mod letter;
pub mod mailer;
pub mod message;
pub mod messages;
pub mod moment;
pub mod outbox;
pub mod reader;
pub mod site;
mod smtp;
mod texts;
