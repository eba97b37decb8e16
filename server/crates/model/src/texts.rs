//! Sentences that people read, in English and Spanish side by side.
//!
//! ```
//! use model::{locale::Locale, sentences, texts, texts::Text};
//!
//! texts! {
//!     /// The heading of the sign-in page.
//!     TITLE = "Sign in", "Inicie sesión";
//!     greeting(name) = "Hello {name},", "Hola, {name}:";
//!     /// On a page that exists in English alone.
//!     DASHBOARD = "Dashboard";
//! }
//!
//! enum Answer { Yes, No }
//!
//! sentences! {
//!     answer(Answer) { Yes = "Yes", "Sí"; No = "No", "No"; }
//! }
//!
//! assert_eq!(TITLE.of(Locale::Spanish), "Inicie sesión");
//! assert_eq!(greeting(Locale::English, "Ada"), "Hello Ada,");
//! assert_eq!(answer(Answer::Yes).of(Locale::Spanish), "Sí");
//! assert_eq!(DASHBOARD, "Dashboard");
//! ```
//!
//! Views and letters name a text; they hold none. `cargo xtask texts` writes all of them as one table for translators.

use std::borrow::Cow;

use crate::locale::Locale;

/// A sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    english: &'static str,
    spanish: &'static str,
}

impl Text {
    pub const fn new(english: &'static str, spanish: &'static str) -> Self {
        Self { english, spanish }
    }

    /// The same in both: a name, or a sentence of a page that exists in English alone.
    pub const fn english(text: &'static str) -> Self {
        Self::new(text, text)
    }

    pub const fn of(self, locale: Locale) -> &'static str {
        match locale {
            Locale::English => self.english,
            Locale::Spanish => self.spanish,
        }
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self::english(text)
    }
}

impl From<[&'static str; 2]> for Text {
    fn from([english, spanish]: [&'static str; 2]) -> Self {
        Self::new(english, spanish)
    }
}

/// A sentence of ours, or words that are data, such as the name of a health plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    Ours(Text),
    Given(String),
}

impl Words {
    pub fn of(&self, locale: Locale) -> Cow<'static, str> {
        match self {
            Self::Ours(text) => text.of(locale).into(),
            Self::Given(text) => text.clone().into(),
        }
    }
}

impl<T: Into<Text>> From<T> for Words {
    fn from(text: T) -> Self {
        Self::Ours(text.into())
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::Given(text)
    }
}

/// Declares texts. `NAME = "…", "…";` is a [`Text`]. `name(app) = "… {app} …", "… {app} …";` is a function of the language
/// and of the names in braces. With one language they are a `&str` and a function without the language.
#[macro_export]
macro_rules! texts {
    ($($(#[$meta:meta])* $name:ident $(($($arg:ident),+))? = $english:literal $(, $spanish:literal)?;)*) => {
        $($crate::texts!(@one $(#[$meta])* $name $(($($arg),+))? = $english $(, $spanish)?);)*
    };
    (@one $(#[$meta:meta])* $name:ident = $english:literal) => {
        $(#[$meta])*
        pub(crate) const $name: &str = $english;
    };
    (@one $(#[$meta:meta])* $name:ident = $english:literal, $spanish:literal) => {
        $(#[$meta])*
        pub(crate) const $name: $crate::texts::Text = $crate::texts::Text::new($english, $spanish);
    };
    (@one $(#[$meta:meta])* $name:ident ($($arg:ident),+) = $english:literal) => {
        $(#[$meta])*
        pub(crate) fn $name($($arg: impl ::std::fmt::Display),+) -> String {
            format!($english)
        }
    };
    (@one $(#[$meta:meta])* $name:ident ($($arg:ident),+) = $english:literal, $spanish:literal) => {
        $(#[$meta])*
        pub(crate) fn $name(locale: $crate::locale::Locale, $($arg: impl ::std::fmt::Display),+) -> String {
            match locale {
                $crate::locale::Locale::English => format!($english),
                $crate::locale::Locale::Spanish => format!($spanish),
            }
        }
    };
}

/// Declares the sentence of each variant of an enumeration: `name(Enum) { Variant = "…", "…"; … }` is a function to a
/// [`Text`]. A variant without a sentence does not compile. Where all have one language it is a function to a `&str`.
#[macro_export]
macro_rules! sentences {
    ($(#[$meta:meta])* $vis:vis $name:ident ($enum:ident) { $($variant:ident = $english:literal;)+ }) => {
        $(#[$meta])*
        $vis fn $name(it: $enum) -> &'static str {
            match it {
                $($enum::$variant => $english,)+
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis $name:ident ($enum:ident) { $($variant:ident = $($language:literal),+;)+ }) => {
        $(#[$meta])*
        $vis fn $name(it: $enum) -> $crate::texts::Text {
            match it {
                $($enum::$variant => $crate::sentences!(@text $($language),+),)+
            }
        }
    };
    (@text $english:literal) => { $crate::texts::Text::english($english) };
    (@text $english:literal, $spanish:literal) => { $crate::texts::Text::new($english, $spanish) };
}
