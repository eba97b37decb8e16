//! The languages that members read, on pages and in mail.

/// A language of pages and mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Locale {
    #[default]
    English,
    Spanish,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// Its name in the language itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
        }
    }

    /// The text in this language.
    pub fn of(self, english: &'static str, spanish: &'static str) -> &'static str {
        match self {
            Self::English => english,
            Self::Spanish => spanish,
        }
    }

    /// For a cookie: a language that the reader did not choose but an app or the reader's account suggests (a private-use
    /// subtag, RFC 5646 §2.2.7).
    pub fn suggestion(self) -> &'static str {
        match self {
            Self::English => "en-x-hint",
            Self::Spanish => "es-x-hint",
        }
    }

    /// The language of a [`Locale::suggestion`].
    pub fn suggested(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.suggestion() == value)
    }

    pub fn find(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    /// The first language of an `Accept-Language` header that we support. Browsers list them by preference, so the weights
    /// do not matter.
    pub fn accept(header: &str) -> Option<Self> {
        header.split(',').find_map(|range| Self::of_tag(range.split(';').next()?.trim()))
    }

    /// The first language of an OpenID Connect `ui_locales` parameter that we support: tags by preference, separated by blanks.
    pub fn of_ui_locales(tags: &str) -> Option<Self> {
        tags.split(' ').find_map(Self::of_tag)
    }

    /// `es` of `es-MX`
    fn of_tag(tag: &str) -> Option<Self> {
        Self::find(&tag.split('-').next()?.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apps_first_language_that_we_speak_is_taken() {
        fn check(tags: &str, expect: Option<Locale>) {
            assert_eq!(Locale::of_ui_locales(tags), expect, "{tags}");
        }
        check("fr-CA ES-419 en", Some(Locale::Spanish));
        check("en", Some(Locale::English));
        check("es,en", None);
        check("  fr  ", None);
        check("", None);
    }

    #[test]
    fn a_suggestion_is_not_a_choice() {
        for locale in Locale::ALL {
            assert_eq!(Locale::suggested(locale.suggestion()), Some(locale));
            assert_eq!(Locale::suggested(locale.tag()), None);
            assert_eq!(Locale::find(locale.suggestion()), None);
        }
    }

    #[test]
    fn the_first_language_we_speak_is_taken() {
        fn check(header: &str, expect: Option<Locale>) {
            assert_eq!(Locale::accept(header), expect, "{header}");
        }
        check("es-MX,es;q=0.9,en;q=0.8", Some(Locale::Spanish));
        check("fr-FR, EN-us;q=0.5, es;q=0.1", Some(Locale::English));
        check("es;q=0.1, en", Some(Locale::Spanish));
        check("de", None);
        check(&"es;q=NaN,en;q=0.1,".repeat(200), Some(Locale::Spanish));
        check("-, ;q, ;;, *;q=1e999", None);
        check("", None);
    }
}
