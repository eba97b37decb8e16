//! String parameters (hl7.org/fhir/R4/search.html#string).

use store::Query;

use crate::{
    index::string::{BESIDE, WHOLE},
    text::{after_prefix, fold},
};

/// One value sought.
#[derive(Debug)]
pub enum Match {
    /// Values that start with this.
    Prefix(Beginning),
    /// People's names that start with this, including words that are found only together with others.
    Person(Beginning),
    /// People's names in which each of these words starts some part, the longest first.
    Words(Vec<Beginning>),
    Exact {
        folded: String,
        original: String,
    },
    /// Values that contain one of these.
    Contains(Vec<String>),
    /// Only punctuation and blanks, which do not count: no value matches.
    Nothing,
}

/// A range of the index.
#[derive(Debug, PartialEq, Eq)]
pub struct Beginning {
    from: String,
    to: Option<String>,
}

/// What the modifier asks for.
#[derive(Clone, Copy, Debug)]
pub enum Mode {
    Prefix,
    Exact,
    Contains,
}

/// The most words of a name.
const MOST_WORDS: usize = 16;

/// The match for a value.
pub fn parse(text: &str, mode: Mode) -> Match {
    let folded = fold(text);
    match mode {
        Mode::Exact => Match::Exact { folded, original: text.to_owned() },
        _ if folded.is_empty() => Match::Nothing,
        Mode::Prefix => Match::Prefix(Beginning::of(folded)),
        Mode::Contains => Match::Contains(vec![folded]),
    }
}

/// The matches for a person's name: a part of it, or all its words in any order.
pub fn parse_person(text: &str) -> Vec<Match> {
    let folded = fold(text);
    if folded.is_empty() {
        return vec![Match::Nothing];
    }
    let words = text.split(|character: char| character.is_whitespace() || character == ',').map(fold);
    let mut words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut matches = vec![Match::Person(Beginning::of(folded))];
    if (2..=MOST_WORDS).contains(&words.len()) {
        matches.push(Match::Words(words.into_iter().map(Beginning::of).collect()));
    }
    matches
}

impl Beginning {
    fn of(folded: String) -> Self {
        Self { to: after_prefix(&folded), from: folded }
    }

    fn push(&self, query: &mut Query, alias: &str) {
        query.push(&format!("{alias}.value >= ")).push_bind(&self.from);
        if let Some(to) = &self.to {
            query.push(&format!(" AND {alias}.value < ")).push_bind(to);
        }
    }

    fn is_selective(&self) -> bool {
        4 <= self.from.chars().count()
    }
}

impl Match {
    /// Combines all these into one, so that a single scan looks for them.
    pub fn within_one(matches: Vec<Self>) -> Self {
        let parts = matches.into_iter().flat_map(|found| match found {
            Self::Contains(parts) => parts,
            _ => Vec::new(),
        });
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() { Self::Nothing } else { Self::Contains(parts) }
    }

    pub fn push(&self, query: &mut Query, alias: &str) {
        match self {
            Self::Prefix(beginning) => beginning.push(query, alias),
            Self::Person(beginning) => {
                beginning.push(query, alias);
                query.push(&format!(" AND {alias}.ordinal > {BESIDE}"));
            }
            Self::Words(words) => {
                for (index, word) in words.iter().enumerate() {
                    if index == 0 {
                        word.push(query, alias);
                        continue;
                    }
                    query.push(&format!(
                        " AND EXISTS (SELECT 1 FROM fhir_string o WHERE o.key = {alias}.key AND o.param = {alias}.param AND "
                    ));
                    word.push(query, "o");
                    query.push(" LIMIT 1 OFFSET 0)");
                }
            }
            Self::Exact { folded, original } => {
                query.push(&format!("{alias}.value = ")).push_bind(folded);
                query.push(&format!(" AND {alias}.original = ")).push_bind(original);
                query.push(&format!(" AND {alias}.ordinal >= {WHOLE}"));
            }
            Self::Contains(parts) => {
                // Only letters and digits, so it cannot contain a pattern.
                for (index, part) in parts.iter().enumerate() {
                    query.push(if index == 0 { "(" } else { " OR " });
                    query.push(&format!("{alias}.value LIKE ")).push_bind(format!("%{part}%"));
                }
                query.push(&format!(") AND {alias}.ordinal >= {WHOLE}"));
            }
            Self::Nothing => {
                query.push("1 = 0");
            }
        }
    }

    /// Whether it is certain to find few resources.
    pub fn is_selective(&self) -> bool {
        match self {
            Self::Prefix(beginning) | Self::Person(beginning) => beginning.is_selective(),
            Self::Words(words) => words.first().is_some_and(Beginning::is_selective),
            Self::Exact { .. } | Self::Nothing => true,
            Self::Contains(_) => false,
        }
    }
}
