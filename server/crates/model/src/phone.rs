//! Phone numbers, as the registration forms ask for them: digits only, US or not.

use serde::Serialize;

use crate::form::Code;

words! {
    /// Which of the form's two kinds of number it is.
    PhoneKind {
        Us = "us",
        International = "international",
    }
}

/// A phone number, kept as E.164: `+` and 7 to 15 digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct Phone(String);

parsed_text!(Phone);
stored_text!(Phone);

impl Phone {
    /// Reads what was typed. Only digits are allowed: ten for a US number; country code first for any other.
    pub fn from_digits(kind: PhoneKind, digits: &str) -> Result<Self, Code> {
        let digits = digits.trim();
        if digits.is_empty() {
            return Err(Code::Required);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Code::DigitsOnly);
        }
        match kind {
            PhoneKind::Us if is_north_american(digits) => Ok(Self(format!("+1{digits}"))),
            PhoneKind::Us => Err(Code::NotAUsPhone),
            PhoneKind::International if is_international(digits) => Ok(Self(format!("+{digits}"))),
            PhoneKind::International => Err(Code::NotAnInternationalPhone),
        }
    }

    /// Reads E.164, as [`Phone::as_str`] gives it.
    pub fn parse(text: &str) -> Result<Self, Code> {
        let digits = text.strip_prefix('+').ok_or(Code::NotAnInternationalPhone)?;
        Self::from_digits(PhoneKind::International, digits)
    }

    pub fn kind(&self) -> PhoneKind {
        if self.0.starts_with("+1") { PhoneKind::Us } else { PhoneKind::International }
    }

    /// The digits as the form asks for them.
    pub fn digits(&self) -> &str {
        let prefix = if self.kind() == PhoneKind::Us { "+1" } else { "+" };
        self.0.strip_prefix(prefix).unwrap_or(&self.0)
    }
}

/// ITU-T E.164: a country code, which never begins with 0, and a number; 15 digits at most.
fn is_international(digits: &str) -> bool {
    let country_fits = match digits.as_bytes().first() {
        Some(b'0') | None => false,
        Some(b'1') => is_north_american(&digits[1..]),
        Some(_) => true,
    };
    country_fits && (7..=15).contains(&digits.len())
}

/// The North American plan: ten digits; area code and exchange begin with 2 to 9.
fn is_north_american(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 10 && [bytes[0], bytes[3]].iter().all(|first| (b'2'..=b'9').contains(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Code::{DigitsOnly, NotAUsPhone, NotAnInternationalPhone, Required};
    use PhoneKind::{International, Us};

    #[test]
    fn numbers_are_taken_or_refused() {
        check(Us, "6175550123", Ok("+16175550123"));
        check(Us, " 6175550123 ", Ok("+16175550123"));
        check(Us, "", Err(Required));
        check(Us, "617-555-0123", Err(DigitsOnly));
        check(Us, "(617)5550123", Err(DigitsOnly));
        check(Us, "+16175550123", Err(DigitsOnly));
        check(Us, "６１７5550123", Err(DigitsOnly));
        check(Us, "617555012", Err(NotAUsPhone));
        check(Us, "16175550123", Err(NotAUsPhone));
        check(Us, "0175550123", Err(NotAUsPhone));
        check(Us, "6170550123", Err(NotAUsPhone));
        check(International, "442079460958", Ok("+442079460958"));
        check(International, "4930123", Ok("+4930123"));
        check(International, "14165550123", Ok("+14165550123"));
        check(International, "123456789", Err(NotAnInternationalPhone));
        check(International, "00442079460958", Err(NotAnInternationalPhone));
        check(International, "0207946095", Err(NotAnInternationalPhone));
        check(International, "449301", Err(NotAnInternationalPhone));
        check(International, "4420794609581234", Err(NotAnInternationalPhone));
        check(International, "+442079460958", Err(DigitsOnly));

        fn check(kind: PhoneKind, input: &str, expect: Result<&str, Code>) {
            let found = Phone::from_digits(kind, input);
            assert_eq!(found.as_ref().map(Phone::as_str).map_err(|code| *code), expect, "{kind} {input:?}");
            if let Ok(phone) = found {
                assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
                assert_eq!(Phone::from_digits(phone.kind(), phone.digits()), Ok(phone));
            }
        }
    }
}
