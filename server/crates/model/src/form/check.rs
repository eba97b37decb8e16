//! What a browser checks while a person types, with the parsers that the server uses.

use serde::{Deserialize, Serialize};

use crate::{
    account::{HealthcareId, HealthcareIdError},
    email::Email,
    form::Code,
    password::Password,
    phone::{Phone, PhoneKind},
    tin::{Tin, TinKind},
};

/// What a value must be. These are only parsers that need few bytes in the browser. Those of web addresses and names need
/// Unicode tables, so only the server checks them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Check {
    Email,
    HealthcareId,
    /// Long enough; the server checks whether it is too common.
    NewPassword,
    /// Digits of the kind that the radio buttons `{input}_kind` say.
    Phone,
    /// A tax identifier of the kind that the radio buttons `{input}_kind` say.
    Tin,
    /// Begins like a web address; the server checks the rest.
    Https,
}

words! {
    /// What a check finds.
    Live {
        Email = "email",
        HealthcareIdLength = "healthcare_id_length",
        HealthcareIdCharacters = "healthcare_id_characters",
        Password = "password",
        Digits = "digits",
        UsPhone = "us_phone",
        InternationalPhone = "international_phone",
        Ein = "ein",
        BusinessId = "business_id",
        Shorter = "shorter",
        Https = "https",
    }
}

impl Check {
    pub const ALL: [Self; 6] =
        [Self::Email, Self::HealthcareId, Self::NewPassword, Self::Phone, Self::Tin, Self::Https];

    /// Everything that it finds.
    pub fn finds(self) -> &'static [Live] {
        match self {
            Self::Email => &[Live::Email],
            Self::HealthcareId => &[Live::HealthcareIdLength, Live::HealthcareIdCharacters],
            Self::NewPassword => &[Live::Password],
            Self::Phone => &[Live::Digits, Live::UsPhone, Live::InternationalPhone],
            Self::Tin => &[Live::Ein, Live::BusinessId, Live::Shorter],
            Self::Https => &[Live::Https],
        }
    }

    /// What is wrong. `kind` is the answer of the radio buttons beside the input. Nothing is wrong while they have no answer.
    pub fn find(self, text: &str, kind: Option<&str>) -> Option<Live> {
        match self {
            Self::Email => text.parse::<Email>().err().map(|_| Live::Email),
            Self::HealthcareId => text.parse::<HealthcareId>().err().map(|error| match error {
                HealthcareIdError::Characters => Live::HealthcareIdCharacters,
                HealthcareIdError::Empty | HealthcareIdError::Length => Live::HealthcareIdLength,
            }),
            Self::NewPassword => (text.chars().count() < Password::MIN_LENGTH).then_some(Live::Password),
            Self::Phone => {
                let kind = kind?.parse().ok()?;
                Phone::from_digits(kind, text).err().map(|code| match (code, kind) {
                    (Code::DigitsOnly, _) => Live::Digits,
                    (_, PhoneKind::Us) => Live::UsPhone,
                    (_, PhoneKind::International) => Live::InternationalPhone,
                })
            }
            Self::Tin => {
                let kind = kind?.parse().ok()?;
                Tin::parse(kind, text).err().map(|code| match (code, kind) {
                    (Code::TooLong, _) => Live::Shorter,
                    (_, TinKind::Us) => Live::Ein,
                    _ => Live::BusinessId,
                })
            }
            Self::Https => (!text.trim().starts_with("https://")).then_some(Live::Https),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_kept_for_every_error_that_a_check_finds() {
        let (long, foreign) = ("1".repeat(50), "é".repeat(300));
        let texts = ["", " ", "a", "a@b", "x y z", "http://a", "123", "12-3456789", long.as_str(), foreign.as_str()];
        let kinds = [None, Some("us"), Some("international")];
        for check in Check::ALL {
            for (text, kind) in texts.iter().flat_map(|text| kinds.map(|kind| (text, kind))) {
                let found = check.find(text, kind);
                assert!(found.is_none_or(|live| check.finds().contains(&live)), "{check:?} {text}: {found:?}");
            }
        }
    }
}
