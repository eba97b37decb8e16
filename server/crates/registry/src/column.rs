//! Reads and writes the types of `model` as columns: words and text as TEXT, structures as JSON. Errors are logged, so they do
//! not repeat what stands there. Text that was checked when it was written is read as it stands (`model::stored`).

use std::{fmt::Display, str::FromStr};

use model::stored::Stored;
use serde::{Serialize, de::DeserializeOwned};
use store::{Error, Result, Row};

/// Text that somebody typed.
pub(crate) fn stored<T: Stored>(row: &Row, index: usize) -> Result<T> {
    row.get(index).map(T::stored)
}

pub(crate) fn stored_optional<T: Stored>(row: &Row, index: usize) -> Result<Option<T>> {
    Ok(row.get::<Option<String>>(index)?.map(T::stored))
}

/// One of our own words.
pub(crate) fn text<T: FromStr<Err: Display>>(row: &Row, index: usize) -> Result<T> {
    let text: String = row.get(index)?;
    text.parse().map_err(|error: T::Err| Error::Column { index, reason: error.to_string() })
}

pub(crate) fn text_optional<T: FromStr<Err: Display>>(row: &Row, index: usize) -> Result<Option<T>> {
    let text: Option<String> = row.get(index)?;
    let parse = |text: String| text.parse().map_err(|error: T::Err| Error::Column { index, reason: error.to_string() });
    text.map(parse).transpose()
}

pub(crate) fn json<T: DeserializeOwned>(row: &Row, index: usize) -> Result<T> {
    let text: String = row.get(index)?;
    serde_json::from_str(&text).map_err(|error| Error::Column { index, reason: error.to_string() })
}

/// Our own structures are always JSON.
pub(crate) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
