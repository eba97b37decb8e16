//! The words of a program.

use crate::locale::Locale;

/// In the reader's language.
pub fn text(text: &programs::text::Text, locale: Locale) -> String {
    match locale {
        Locale::English => text.en.clone(),
        Locale::Spanish => text.es.clone(),
    }
}
