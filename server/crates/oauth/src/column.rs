//! Columns that hold a word or a list of words.

use std::{fmt::Display, str::FromStr};

use store::{Error, Result, Row};

/// A text that a type reads itself from.
pub(crate) fn text<T: FromStr<Err: Display>>(row: &Row, index: usize) -> Result<T> {
    let text: String = row.get(index)?;
    text.parse().map_err(|error: T::Err| Error::Column { index, reason: error.to_string() })
}
