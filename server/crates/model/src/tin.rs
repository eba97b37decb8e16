//! Federal Tax ID or business identifier of an organization.

use serde::{Deserialize, Serialize};

use crate::form::Code;

words! {
    /// Which of the form's two kinds of number it is.
    TinKind {
        Us = "us",
        International = "international",
        ..Unknown
    }
}

/// A US employer identification number (`NN-NNNNNNN`), or the number that other countries use instead.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "TinForm", into = "TinForm")]
pub struct Tin {
    kind: TinKind,
    number: String,
}

#[derive(Serialize, Deserialize)]
struct TinForm {
    kind: TinKind,
    number: String,
}

impl Tin {
    pub fn parse(kind: TinKind, text: &str) -> Result<Self, Code> {
        let number = text.trim();
        if number.is_empty() {
            return Err(Code::Required);
        }
        match kind {
            TinKind::Us if !is_ein(number) => return Err(Code::NotAnEin),
            TinKind::International if 40 < number.len() => return Err(Code::TooLong),
            TinKind::International if !is_business_id(number) => return Err(Code::NotABusinessId),
            _ => {}
        }
        Ok(Self { kind, number: number.to_owned() })
    }

    /// As a row has it, whatever today's rules are.
    pub fn stored(kind: TinKind, number: String) -> Self {
        Self { kind, number }
    }

    pub fn kind(&self) -> TinKind {
        self.kind
    }

    pub fn number(&self) -> &str {
        &self.number
    }
}

/// Two digits, a hyphen, seven digits; the Internal Revenue Service never used the prefix 00.
fn is_ein(text: &str) -> bool {
    let Some((prefix, rest)) = text.split_once('-') else { return false };
    let all_digits = prefix.bytes().chain(rest.bytes()).all(|byte| byte.is_ascii_digit());
    prefix.len() == 2 && rest.len() == 7 && all_digits && prefix != "00"
}

fn is_business_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'.' | b'/');
    4 <= text.len() && text.bytes().all(allowed) && text.bytes().any(|byte| byte.is_ascii_digit())
}

impl From<TinForm> for Tin {
    fn from(form: TinForm) -> Self {
        Self::stored(form.kind, form.number)
    }
}

impl From<Tin> for TinForm {
    fn from(tin: Tin) -> Self {
        Self { kind: tin.kind, number: tin.number }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Code::{NotABusinessId, NotAnEin, Required, TooLong};
    use TinKind::{International, Us};

    #[test]
    fn numbers_are_taken_or_refused() {
        check(Us, "12-3456789", Ok(()));
        check(Us, " 12-3456789 ", Ok(()));
        check(Us, "", Err(Required));
        check(Us, "123456789", Err(NotAnEin));
        check(Us, "123-45-6789", Err(NotAnEin));
        check(Us, "1-23456789", Err(NotAnEin));
        check(Us, "00-1234567", Err(NotAnEin));
        check(Us, "12-345678a", Err(NotAnEin));
        check(Us, "12–3456789", Err(NotAnEin));
        check(Us, "१२-3456789", Err(NotAnEin));
        check(International, "DE 123456789", Ok(()));
        check(International, "HRB 12345/B", Ok(()));
        check(International, "abc", Err(NotABusinessId));
        check(International, "ABCDE", Err(NotABusinessId));
        check(International, "12345;DROP", Err(NotABusinessId));
        check(International, &"1".repeat(41), Err(TooLong));

        fn check(kind: TinKind, input: &str, expect: Result<(), Code>) {
            assert_eq!(
                Tin::parse(kind, input).map(|tin| assert_eq!(tin.number(), input.trim())),
                expect,
                "{kind} {input:?}"
            );
        }
    }
}
