//! To whom a message is written, and in which language.

use model::{account::PersonName, email::Email, locale::Locale, texts::Words};

use crate::letter::Letter;

/// A person with a mailbox.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub to: &'a Email,
    pub name: &'a PersonName,
    pub locale: Locale,
}

impl Reader<'_> {
    /// A letter that greets the reader by name, in their language.
    pub fn letter(&self, subject: impl Into<Words>) -> Letter {
        Letter::in_language(self.locale, subject).greeting(self.name)
    }
}
