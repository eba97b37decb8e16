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

    pub fn find(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    /// The first language of an `Accept-Language` header that we support. Browsers list them by preference, so the weights
    /// do not matter.
    pub fn accept(header: &str) -> Option<Self> {
        header.split(',').find_map(|range| {
            let tag = range.split(';').next()?.trim();
            Self::find(&tag.split('-').next()?.to_ascii_lowercase())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
