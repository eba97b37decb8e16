//! Email addresses.

use std::{fmt, str::FromStr};

use serde::Serialize;

/// An address that mail can be sent to: `dot-atom@domain` of RFC 5322 §3.4.1 in ASCII, without comments, quotes or
/// address literals. Nothing in it can end a header line.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct Email(String);

stored_text!(Email);

/// RFC 5321 §4.5.3.1.3: a path is at most 256 octets, two of them its angle brackets.
const MAX_LENGTH: usize = 254;
/// RFC 5321 §4.5.3.1.1.
const MAX_LOCAL_LENGTH: usize = 64;
/// RFC 1035 §2.3.4.
const MAX_LABEL_LENGTH: usize = 63;

impl Email {
    /// As its owner wrote it, without the space around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of one mailbox have in common: lower case. Accounts are found by it.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// What to show instead of the whole address, where that is private: `m…@example.org`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        format!("{}…@{domain}", local.chars().next().map(String::from).unwrap_or_default())
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if MAX_LENGTH < text.len() {
            return Err(EmailError::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError::Malformed)?;
        if is_local_part(local) && is_domain(domain) { Ok(Self(text.to_owned())) } else { Err(EmailError::Malformed) }
    }
}

fn is_local_part(text: &str) -> bool {
    let is_atext = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    text.len() <= MAX_LOCAL_LENGTH && text.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atext))
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= MAX_LABEL_LENGTH
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // A last label of digits alone would be an IP address, not a domain.
    text.split('.').all(is_label)
        && text.rsplit_once('.').is_some_and(|(_, last)| !last.bytes().all(|byte| byte.is_ascii_digit()))
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A log must not show whose address it is.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({})", self.masked())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    #[error("Enter an email address")]
    Empty,
    #[error("An email address has at most 254 characters")]
    TooLong,
    #[error("Enter an email address in the format name@example.org")]
    Malformed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_or_refused() {
        let long = format!("{}@example.org", "a".repeat(65));
        check("ada@example.org", Ok("ada@example.org"));
        check("  Ada.L+x@Sub.Example.org ", Ok("Ada.L+x@Sub.Example.org"));
        check("", Err(EmailError::Empty));
        check("ada@localhost", Err(EmailError::Malformed));
        check("ada@127.0.0.1", Err(EmailError::Malformed));
        check("ada@[127.0.0.1]", Err(EmailError::Malformed));
        check("a..b@example.org", Err(EmailError::Malformed));
        check("\"a b\"@example.org", Err(EmailError::Malformed));
        check("a@b@example.org", Err(EmailError::Malformed));
        check("ada@example.org\r\nBcc: eve@example.org", Err(EmailError::Malformed));
        check("ada@exa\u{0}mple.org", Err(EmailError::Malformed));
        check("Ada <ada@example.org>", Err(EmailError::Malformed));
        check("ada@-example.org", Err(EmailError::Malformed));
        check(&long, Err(EmailError::Malformed));
        check(&format!("ada@{}org", "example.".repeat(40)), Err(EmailError::TooLong));

        fn check(input: &str, expect: Result<&str, EmailError>) {
            assert_eq!(input.parse::<Email>().as_ref().map(Email::as_str), expect.as_ref().copied(), "{input:?}");
        }
    }

    #[test]
    fn an_address_is_masked_where_it_is_logged() {
        let email: Email = "Ada@Example.org".parse().unwrap();
        assert_eq!(format!("{email:?}"), "Email(A…@Example.org)");
        assert_eq!(email.folded(), "ada@example.org");
    }
}
