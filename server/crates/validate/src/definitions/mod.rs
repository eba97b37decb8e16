//! R4 itself, read from the lists in this crate (definitions/README.md).

mod builder;

use self::builder::Builder;
use crate::{error::Result, terminology::Terminology, types::Types};

const TYPES: &str = include_str!("../../definitions/types.txt");
const CODES: &str = include_str!("../../definitions/codes.txt");

/// The types and the codes of R4.
pub fn load() -> Result<(Types, Terminology)> {
    let codes = codes(CODES);
    let types = Builder::new(&codes).build(TYPES)?;
    Ok((types, codes))
}

/// Lines `* system⇥code…`, `= value set`, and below it ` system⇥code…`; a system without codes means all of them.
fn codes(text: &str) -> Terminology {
    let mut terminology = Terminology::default();
    let mut set: Option<(&str, Vec<_>)> = None;
    for line in text.lines() {
        let (mark, rest) = line.split_at(line.len().min(1));
        let mut fields = rest.trim_start().split('\t');
        let first = fields.next().unwrap_or_default();
        let listed: Vec<String> = fields.map(str::to_owned).collect();
        match (mark, &mut set) {
            ("*", _) => terminology.add_listed_system(first, listed),
            ("=", _) => {
                if let Some((url, parts)) = set.replace((first, Vec::new())) {
                    terminology.add_listed_set(url, parts);
                }
            }
            (" ", Some((_, parts))) => {
                parts.push((first.to_owned(), if listed.is_empty() { None } else { Some(listed) }));
            }
            _ => {}
        }
    }
    if let Some((url, parts)) = set {
        terminology.add_listed_set(url, parts);
    }
    terminology
}
