//! A name as words. Where they begin and end decides whether it contains a short name.

use model::skeleton::readings;

use super::look;

/// The words of a name as they look; `fLeX`, `F.L.E.X` and `FLEX2go` are several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tokens(pub Vec<String>);

/// Words that make no difference, as they look.
const LITTLE: [&str; 9] = ["of", "the", "and", "for", "by", "ln", "at", "dba", "a"];

impl Tokens {
    /// For each way to read its signs as letters or as punctuation.
    pub fn readings(name: &str) -> Vec<Self> {
        readings(name).iter().map(|reading| Self::of(reading)).collect()
    }

    /// Punctuation separates.
    pub fn of(name: &str) -> Self {
        let chars: Vec<char> = name.chars().collect();
        let mut tokens: Vec<String> = Vec::new();
        let mut begins = true;
        for (index, &char) in chars.iter().enumerate() {
            if !look::is_letter(char) && !unicode_normalization::char::is_combining_mark(char) {
                begins = true;
                continue;
            }
            let (before, after) = (index.checked_sub(1).and_then(|at| chars.get(at)), chars.get(index + 1));
            begins |= before.is_some_and(|&before| turns(before, char, after.copied()));
            let seen = look::of(char);
            match tokens.last_mut().filter(|_| !begins) {
                Some(last) => last.push_str(&seen),
                None => tokens.push(seen),
            }
            begins = false;
        }
        let tokens = tokens.into_iter().map(|token| token.replace("rn", "m").replace("uu", "w"));
        Self(tokens.filter(|token| !token.is_empty()).collect())
    }

    pub fn joined(&self) -> String {
        self.0.concat()
    }

    /// Without the little words.
    pub fn significant(&self) -> Vec<&str> {
        self.0.iter().map(String::as_str).filter(|token| !LITTLE.contains(token)).collect()
    }
}

/// Whether a new word begins between two characters that touch: `Care|Plan`, `FLEX|Plan`, `Plan|18`, `18|Plan`.
fn turns(before: char, char: char, after: Option<char>) -> bool {
    let capital = char.is_uppercase();
    (capital && before.is_lowercase())
        || (capital && before.is_uppercase() && after.is_some_and(char::is_lowercase))
        || (char.is_numeric() != before.is_numeric() && before.is_alphanumeric())
}
