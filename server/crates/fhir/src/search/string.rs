//! String parameters (hl7.org/fhir/R4/search.html#string).

use store::Query;

use crate::text::{LONGEST, after_prefix, escape_like, fold};

/// One value sought.
#[derive(Debug)]
pub enum Match {
    Prefix { from: String, to: Option<String> },
    Exact { folded: String, original: String },
    Contains { pattern: String },
}

/// What the modifier asks for.
#[derive(Clone, Copy, Debug)]
pub enum Mode {
    Prefix,
    Exact,
    Contains,
}

/// The reason, if the value cannot be sought.
pub fn parse(text: &str, mode: Mode) -> Result<Match, String> {
    if LONGEST < text.chars().count() {
        return Err(format!("a value is longer than {LONGEST} characters"));
    }
    let folded = fold(text);
    if folded.is_empty() {
        return Err("a value is empty".to_owned());
    }
    Ok(match mode {
        Mode::Prefix => Match::Prefix { to: after_prefix(&folded), from: folded },
        Mode::Exact => Match::Exact { folded, original: text.to_owned() },
        Mode::Contains => Match::Contains { pattern: format!("%{}%", escape_like(&folded)) },
    })
}

impl Match {
    pub fn push(&self, query: &mut Query, alias: &str) {
        match self {
            Self::Prefix { from, to } => {
                query.push(&format!("{alias}.value >= ")).push_bind(from);
                if let Some(to) = to {
                    query.push(&format!(" AND {alias}.value < ")).push_bind(to);
                }
            }
            Self::Exact { folded, original } => {
                query.push(&format!("{alias}.value = ")).push_bind(folded);
                query.push(&format!(" AND {alias}.original = ")).push_bind(original);
            }
            Self::Contains { pattern } => {
                query.push(&format!("{alias}.value LIKE ")).push_bind(pattern).push(r" ESCAPE '\'");
            }
        }
    }

    /// Whether it surely finds few.
    pub fn is_selective(&self) -> bool {
        match self {
            Self::Prefix { from, .. } => 4 <= from.chars().count(),
            Self::Exact { .. } => true,
            Self::Contains { .. } => false,
        }
    }
}
