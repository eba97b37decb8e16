//! To whom a message is written, and in which language.

use model::{account::PersonName, email::Email, locale::Locale};

use crate::letter::Letter;

/// Somebody with a mailbox.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub to: &'a Email,
    pub name: &'a PersonName,
    pub locale: Locale,
}

impl Reader<'_> {
    /// The text in the reader's language.
    pub fn of(&self, english: &'static str, spanish: &'static str) -> &'static str {
        self.locale.of(english, spanish)
    }

    /// A letter that greets the reader by name.
    pub fn letter(&self, english: &'static str, spanish: &'static str) -> Letter {
        Letter::in_language(self.locale, self.of(english, spanish)).greeting(self.name)
    }
}
