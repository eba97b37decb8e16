//! Federal Tax ID or business identifier of an organization.

use serde::{Deserialize, Serialize};

use crate::form::Code;

words! {
    /// Which of the form's two kinds of number was typed.
    TinKind {
        Us = "us",
        International = "international",
    }
}

/// A US employer identification number (`NN-NNNNNNN`), or what stands for it elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "TinForm", into = "TinForm")]
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

    pub fn kind(&self) -> TinKind {
        self.kind
    }

    pub fn number(&self) -> &str {
        &self.number
    }
}

/// Two digits, a hyphen, seven digits; the Internal Revenue Service never gave out the prefix 00.
fn is_ein(text: &str) -> bool {
    let Some((prefix, rest)) = text.split_once('-') else { return false };
    let all_digits = prefix.bytes().chain(rest.bytes()).all(|byte| byte.is_ascii_digit());
    prefix.len() == 2 && rest.len() == 7 && all_digits && prefix != "00"
}

fn is_business_id(text: &str) -> bool {
    let allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'.' | b'/');
    4 <= text.len() && text.bytes().all(allowed) && text.bytes().any(|byte| byte.is_ascii_digit())
}

impl TryFrom<TinForm> for Tin {
    type Error = Code;

    fn try_from(form: TinForm) -> Result<Self, Code> {
        Self::parse(form.kind, &form.number)
    }
}

impl From<Tin> for TinForm {
    fn from(tin: Tin) -> Self {
        Self { kind: tin.kind, number: tin.number }
    }
}
