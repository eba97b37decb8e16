//! The built-in account: its public handle, its holder's name, its roles.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::word::Word;

/// A Healthcare ID: the handle that its holder signs in with. Lower-case ASCII letters and digits with single `.`, `-`
/// or `_` between them, so that no two look alike, and none looks like an email address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct HealthcareId(String);

stored_text!(HealthcareId);

impl HealthcareId {
    pub const MIN_LENGTH: usize = 6;
    pub const MAX_LENGTH: usize = 50;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for HealthcareId {
    type Err = HealthcareIdError;

    fn from_str(text: &str) -> Result<Self, HealthcareIdError> {
        let text = text.trim().to_ascii_lowercase();
        if text.is_empty() {
            return Err(HealthcareIdError::Empty);
        }
        if !(Self::MIN_LENGTH..=Self::MAX_LENGTH).contains(&text.chars().count()) {
            return Err(HealthcareIdError::Length);
        }
        let is_part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if text.split(['.', '-', '_']).all(is_part) { Ok(Self(text)) } else { Err(HealthcareIdError::Characters) }
    }
}

impl From<HealthcareId> for String {
    fn from(id: HealthcareId) -> Self {
        id.0
    }
}

impl fmt::Display for HealthcareId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HealthcareIdError {
    #[error("Enter a Healthcare ID")]
    Empty,
    #[error("A Healthcare ID has 6 to 50 characters")]
    Length,
    #[error("A Healthcare ID has letters a to z and digits, with single dots, hyphens, or underscores between them")]
    Characters,
}

/// The name that a person wants to use, in any script (NFC). One line of 1 to 100 characters, without those that change
/// how the text around them is shown.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct PersonName(String);

stored_text!(PersonName);

impl PersonName {
    pub const MAX_LENGTH: usize = 100;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For a person whose name we do not know.
    pub fn unknown() -> Self {
        Self("Member".to_owned())
    }
}

impl FromStr for PersonName {
    type Err = PersonNameError;

    fn from_str(text: &str) -> Result<Self, PersonNameError> {
        // The length first, so that normalizing a very long text does not cost time.
        let text = text.trim();
        if text.is_empty() {
            return Err(PersonNameError::Empty);
        }
        if Self::MAX_LENGTH < text.chars().count() {
            return Err(PersonNameError::TooLong);
        }
        if text.chars().any(is_unseen) || !text.chars().any(char::is_alphabetic) {
            return Err(PersonNameError::Characters);
        }
        Ok(Self(text.nfc().collect()))
    }
}

/// Controls, zero-width and bidirectional marks, and code points that are not characters (Unicode's `Cc`, the invisible
/// part of `Cf`, `Zl`, `Zp`, `Co`).
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{10ffff}')
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names stay out of logs.
impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(…)")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonNameError {
    #[error("Enter a name")]
    Empty,
    #[error("A name has at most 100 characters")]
    TooLong,
    #[error("A name has letters, and no hidden characters")]
    Characters,
}

/// What an account may do in the Administrative & Support Portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything, and the roles of others.
    Administrator,
    /// Decides on organizations and applications.
    Reviewer,
    /// Answers tickets and members.
    Support,
    /// Sees everything, changes nothing.
    Auditor,
    /// One that only a newer version knows. It gives access to nothing here, and is protected like the others.
    #[serde(skip)]
    Unknown,
}

impl Word for Role {
    const UNKNOWN: Self = Self::Unknown;
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Administrator, Self::Reviewer, Self::Support, Self::Auditor];

    /// The word of the database and of forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Reviewer => "reviewer",
            Self::Support => "support",
            Self::Auditor => "auditor",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such role")]
pub struct UnknownRole;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn healthcare_ids_are_taken_or_refused() {
        check("ada.lovelace", Ok("ada.lovelace"));
        check(" Ada_Lovelace-1 ", Ok("ada_lovelace-1"));
        check(" ", Err(HealthcareIdError::Empty));
        check("short", Err(HealthcareIdError::Length));
        check(&"a".repeat(51), Err(HealthcareIdError::Length));
        check("ada@example", Err(HealthcareIdError::Characters));
        check("ada..lovelace", Err(HealthcareIdError::Characters));
        check("_lovelace", Err(HealthcareIdError::Characters));
        check("аda.lovelace", Err(HealthcareIdError::Characters));

        fn check(input: &str, expect: Result<&str, HealthcareIdError>) {
            assert_eq!(
                input.parse::<HealthcareId>().as_ref().map(HealthcareId::as_str),
                expect.as_ref().copied(),
                "{input:?}"
            );
        }
    }

    #[test]
    fn names_are_taken_or_refused() {
        check(" Ada  Lovelace ", Ok("Ada  Lovelace"));
        check("Jose\u{301}", Ok("José"));
        check("山田 太郎", Ok("山田 太郎"));
        check("O’Neil <b>", Ok("O’Neil <b>"));
        check("", Err(PersonNameError::Empty));
        check(&"x".repeat(101), Err(PersonNameError::TooLong));
        check("Ada\u{202e}ecalevoL", Err(PersonNameError::Characters));
        check("Ada\r\nBcc: x", Err(PersonNameError::Characters));
        check("-- ", Err(PersonNameError::Characters));

        fn check(input: &str, expect: Result<&str, PersonNameError>) {
            assert_eq!(
                input.parse::<PersonName>().as_ref().map(PersonName::as_str),
                expect.as_ref().copied(),
                "{input:?}"
            );
        }
    }
}
