//! Links between pages: opaque, and useless with another query, patient or base.

use crate::{
    authority::Authority,
    digest::digest,
    error::{Error, Result},
};

use super::request::Request;

/// Where a page starts: next to a match of the previous page, so that resources that come or go meanwhile neither
/// repeat nor hide others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub place: Place,
    /// Whether the page lies before that match.
    pub backward: bool,
    /// For searches that follow changes: the moment as of which the first page was made, in milliseconds since 1970.
    pub until: Option<i64>,
}

/// A match, identified by its position in the order. A link does not contain its values, because links end up in logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Key(i64),
    /// Sorted by the values that it had in this version.
    Version {
        key: i64,
        version: i64,
    },
    /// Sorted by distance: the bits of the square of its distance on the unit sphere.
    Distance {
        key: i64,
        square: u64,
    },
}

impl Position {
    fn write(self) -> String {
        let mut text = match self.place {
            Place::Key(key) => format!("{key:x}"),
            Place::Version { key, version } => format!("{key:x}v{version:x}"),
            Place::Distance { key, square } => format!("{key:x}s{square:x}"),
        };
        self.until.iter().for_each(|until| text.push_str(&format!("u{until:x}")));
        text.push_str(if self.backward { "-" } else { "" });
        text
    }

    fn read(text: &str) -> Option<Self> {
        let (text, backward) = text.strip_suffix('-').map_or((text, false), |text| (text, true));
        let number = |text: &str| i64::from_str_radix(text, 16).ok();
        let (text, until) = match text.split_once('u') {
            Some((text, until)) => (text, Some(number(until)?)),
            None => (text, None),
        };
        let place = if let Some((key, version)) = text.split_once('v') {
            Place::Version { key: number(key)?, version: number(version)? }
        } else if let Some((key, square)) = text.split_once('s') {
            Place::Distance { key: number(key)?, square: u64::from_str_radix(square, 16).ok()? }
        } else {
            Place::Key(number(text)?)
        };
        Some(Self { place, backward, until })
    }
}

/// What a token is bound to. It is not a secret: forging one only gives another page of what the caller may see anyway,
/// because the request's own authority decides that.
pub struct Binding(u64);

impl Binding {
    pub fn new(authority: &Authority, request: &Request, query: &str) -> Self {
        let patient = authority.patient.as_ref().map_or("", |patient| patient.as_str());
        let client = authority.client.as_ref().map_or("", |client| client.as_str());
        Self(digest([&*authority.partition.to_string(), request.base, request.kind, query, patient, client]))
    }

    pub fn token(&self, position: Position) -> String {
        let text = position.write();
        let sum = self.0 ^ digest([&*text]);
        format!("{text}.{sum:016x}")
    }

    pub fn position(&self, token: &str) -> Result<Position> {
        let read = || {
            let (text, _) = token.split_once('.')?;
            let position = Position::read(text)?;
            (self.token(position) == token).then_some(position)
        };
        read().ok_or_else(Error::foreign_page)
    }
}

/// `{base}/{Type}?{query}`, and the parameter that selects the page.
pub fn url(request: &Request, query: &str, page: Option<(&str, &str)>) -> String {
    let mut url = format!("{}/{}", request.base, request.kind);
    let mut glue = '?';
    if !query.is_empty() {
        url.push('?');
        url.push_str(query);
        glue = '&';
    }
    if let Some((name, value)) = page {
        url.push(glue);
        url.push_str(name);
        url.push('=');
        url.push_str(value);
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
        for place in [
            Place::Key(300),
            Place::Version { key: 300, version: 2 },
            Place::Distance { key: 300, square: 0.25_f64.to_bits() },
        ] {
            for (backward, until) in [(false, None), (true, None), (false, Some(1_772_000_000_000)), (true, Some(0))] {
                let position = Position { place, backward, until };
                let token = binding.token(position);
                assert_eq!(binding.position(&token).unwrap(), position);
                assert!(other.position(&token).is_err());
                assert!(binding.position(&token.to_uppercase()).is_err());
            }
        }
        let token = binding.token(Position { place: Place::Key(300), backward: false, until: None });
        for wrong in ["", "12c", "12c.", "12d.0000000000000000", &token.replace('.', "-."), "-1.1", "é.é"] {
            assert!(binding.position(wrong).is_err(), "{wrong}");
        }
    }
}
