//! Columns that hold lists of words, such as scopes. A scope that this version does not know, because another version wrote it, gives nothing here.

use std::collections::BTreeSet;

use model::scope::{Scope, Scopes};
use store::{Result, Row};

pub(crate) fn scopes(row: &Row, index: usize) -> Result<Scopes> {
    Ok(parse(&row.get::<String>(index)?))
}

/// The same for a column that may be null.
pub(crate) fn scopes_optional(row: &Row, index: usize) -> Result<Option<Scopes>> {
    Ok(row.get::<Option<String>>(index)?.map(|text| parse(&text)))
}

/// The text of such a column.
pub(crate) fn parse(text: &str) -> Scopes {
    text.split_whitespace().filter_map(known).collect()
}

fn known(scope: &str) -> Option<Scope> {
    let known = scope.parse().ok();
    if known.is_none() {
        tracing::warn!("the database holds a scope that this version does not know; another version wrote it");
    }
    known
}

/// Words separated by blanks.
pub(crate) fn words(row: &Row, index: usize) -> Result<BTreeSet<String>> {
    Ok(row.get::<String>(index)?.split_whitespace().map(str::to_owned).collect())
}

/// The text of such a column.
pub(crate) fn joined(words: &BTreeSet<String>) -> String {
    words.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}
