//! An app's logo, by the digest of its picture.

use serde::Serialize;

use crate::form::{Code, field::Field};

/// SHA-256 of the picture as we keep it, in 64 hexadecimal digits: the picture behind one never changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct LogoDigest(String);

parsed_text!(LogoDigest);
stored_text!(LogoDigest);

impl LogoDigest {
    /// [`Code::LogoGone`] for anything else than lower-case digits: none of our forms sends it.
    pub fn parse(text: &str) -> Result<Self, Code> {
        let is_digest = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if is_digest { Ok(Self(text.to_owned())) } else { Err(Code::LogoGone) }
    }

    /// Where browsers find the picture.
    pub fn address(&self) -> String {
        format!("/logos/{}", self.0)
    }
}

impl Field for LogoDigest {
    fn read(typed: &str) -> Result<Self, Code> {
        if typed.is_empty() { Err(Code::Required) } else { Self::parse(typed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_digest_is_one() {
        let digest = "0123456789abcdef".repeat(4);
        assert_eq!(LogoDigest::parse(&digest).unwrap().address(), format!("/logos/{digest}"));
        assert_eq!(Option::<LogoDigest>::read(""), Ok(None));
        for wrong in
            ["../../etc/passwd", &digest[1..], &digest.to_uppercase(), &digest.replace('0', "/"), "\" onerror=\"x"]
        {
            assert_eq!(Option::<LogoDigest>::read(wrong), Err(Code::LogoGone), "{wrong}");
        }
    }
}
