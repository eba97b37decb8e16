//! Columns that hold a word or a list of words.

use std::{fmt::Display, str::FromStr};

use store::{Error, Result, Row};

/// A text that a type reads itself from.
pub(crate) fn text<T: FromStr<Err: Display>>(row: &Row, index: usize) -> Result<T> {
    parse(&row.get::<String>(index)?, index)
}

/// The same where it may be absent.
pub(crate) fn text_optional<T: FromStr<Err: Display>>(row: &Row, index: usize) -> Result<Option<T>> {
    row.get::<Option<String>>(index)?.map(|text| parse(&text, index)).transpose()
}

/// The text of this column.
pub(crate) fn parse<T: FromStr<Err: Display>>(text: &str, index: usize) -> Result<T> {
    text.parse().map_err(|error: T::Err| Error::Column { index, reason: error.to_string() })
}
