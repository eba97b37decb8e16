//! One mail.

use model::email::Email;

/// One mail to one recipient, in plain text and in HTML that say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub to: Email,
    /// One line.
    pub subject: String,
    pub text: String,
    pub html: String,
}
