//! Links between pages: opaque, and useless with another query, patient or base.

use crate::{
    authority::Authority,
    digest::digest,
    error::{Error, Result},
};

use super::{request::Request, shape::PAGE};

/// Where a page begins: after this key. Resources that come or go meanwhile neither repeat nor hide others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub after: i64,
}

/// What a token is bound to. It is no secret: whoever forges one gets another page of what they may see anyway, because who may
/// see what comes from the request's own authority.
pub struct Binding(u64);

impl Binding {
    pub fn new(authority: &Authority, request: &Request, query: &str) -> Self {
        let patient = authority.patient.as_ref().map_or("", |patient| patient.as_str());
        Self(digest([&*authority.partition.to_string(), request.base, request.kind, query, patient]))
    }

    pub fn token(&self, position: Position) -> String {
        format!("{:x}.{:016x}", position.after, self.0 ^ digest([&*position.after.to_string()]))
    }

    pub fn position(&self, token: &str) -> Result<Position> {
        let read = || {
            let (after, _) = token.split_once('.')?;
            let position = Position { after: i64::from_str_radix(after, 16).ok()? };
            (self.token(position) == token).then_some(position)
        };
        read().ok_or_else(|| Error::parameter(PAGE, "it belongs to another search"))
    }
}

/// `{base}/{Type}?{query}`, and a token after it.
pub fn url(request: &Request, query: &str, token: Option<&str>) -> String {
    let mut url = format!("{}/{}", request.base, request.kind);
    let mut glue = '?';
    if !query.is_empty() {
        url.push('?');
        url.push_str(query);
        glue = '&';
    }
    if let Some(token) = token {
        url.push(glue);
        url.push_str(PAGE);
        url.push('=');
        url.push_str(token);
    }
    url
}

/// Appends text as a query's name or value (RFC 3986 §3.4).
pub fn encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b',' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_urls_is_encoded() {
        let mut out = String::new();
        encode(&mut out, "a b&c=d|é+%\"<http://x/y");
        assert_eq!(out, "a%20b%26c%3Dd%7C%C3%A9%2B%25%22%3Chttp://x/y");
    }

    #[test]
    fn a_token_is_read_where_it_was_written_only() {
        let (binding, other) = (Binding(7), Binding(8));
        let token = binding.token(Position { after: 300 });
        assert_eq!(binding.position(&token).unwrap(), Position { after: 300 });
        assert!(other.position(&token).is_err());
        for wrong in ["", "12c", "12c.", "12d.0000000000000000", &token.to_uppercase(), "-1.1", "é.é"] {
            assert!(binding.position(wrong).is_err(), "{wrong}");
        }
    }
}
