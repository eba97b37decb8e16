//! CBOR (RFC 8949) as WebAuthn uses it: maps with a few distinct keys.

use std::io::Read;

use ciborium::{
    de::from_reader_with_recursion_limit,
    value::{Integer, Value},
};

use crate::refused::{Refused, Result};

/// The certificates in an attestation statement are nested less deeply.
const DEEPEST: usize = 16;

/// A map whose keys are texts or small integers, each of them once.
pub struct Map(Vec<(Value, Value)>);

impl Map {
    /// The map at the beginning; advances `bytes` past it. `what` names it in [`Refused::Malformed`].
    pub fn read(bytes: &mut impl Read, what: &'static str) -> Result<Self> {
        let value: Value = from_reader_with_recursion_limit(bytes, DEEPEST).map_err(|_| Refused::Malformed(what))?;
        let entries = value.into_map().map_err(|_| Refused::Malformed(what))?;
        let repeats =
            |(place, (key, _)): (usize, &(Value, Value))| entries[..place].iter().any(|(other, _)| other == key);
        if entries.iter().enumerate().any(repeats) { Err(Refused::Malformed(what)) } else { Ok(Self(entries)) }
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.find(&Value::from(name))?.as_text()
    }

    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.find(&Value::from(name))?.as_bytes().map(Vec::as_slice)
    }

    /// How many entries the map with this name has.
    pub fn size_of(&self, name: &str) -> Option<usize> {
        self.find(&Value::from(name))?.as_map().map(Vec::len)
    }

    pub fn integer_at(&self, label: i64) -> Option<i64> {
        self.find(&Value::from(label))?.as_integer()?.try_into().ok()
    }

    pub fn bytes_at(&self, label: i64) -> Option<&[u8]> {
        self.find(&Value::Integer(Integer::from(label)))?.as_bytes().map(Vec::as_slice)
    }

    fn find(&self, key: &Value) -> Option<&Value> {
        self.0.iter().find(|(own, _)| own == key).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_read_and_what_follows_is_left() {
        fn check(hex: &[u8], expect: Result<usize>) {
            let mut rest = hex;
            assert_eq!(Map::read(&mut rest, "map").map(|_| rest.len()), expect, "{hex:x?}");
        }
        let wrong = Err(Refused::Malformed("map"));
        check(&[0xa1, 0x01, 0x02], Ok(0));
        check(&[0xa1, 0x01, 0x02, 0xff, 0x00], Ok(2));
        check(&[0xbf, 0x01, 0x02, 0xff, 0x00], Ok(1));
        check(&[], wrong);
        check(&[0xa1, 0x01], wrong);
        check(&[0x01], wrong);
        check(&[0x81, 0x01], wrong);
        // The same key twice.
        check(&[0xa2, 0x01, 0x02, 0x01, 0x03], wrong);
        // Bytes of four gigabytes, of which three are present.
        check(&[0xa1, 0x01, 0x5a, 0xff, 0xff, 0xff, 0xff, 1, 2, 3], wrong);
        // A map with four billion entries.
        check(&[0xba, 0xff, 0xff, 0xff, 0xff, 0x01, 0x02], wrong);
        let deep = [&[0xa1, 0x01][..], &[0x81; 40], &[0x01]].concat();
        check(&deep, wrong);
    }
}
