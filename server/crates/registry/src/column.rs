//! Reads and writes the types of `model` as columns: text as TEXT, structures as JSON. Errors are logged, so they do not repeat
//! the value. Text that was checked when it was written is not checked again (`model::stored`), and words are read by
//! [`Row::word`].

use std::{fmt::Display, str::FromStr};

use model::stored::Stored;
use serde::{Serialize, de::DeserializeOwned};
use store::{Error, Result, Row};

/// Text that a person typed.
pub(crate) fn stored<T: Stored>(row: &Row, index: usize) -> Result<T> {
    row.get(index).map(T::stored)
}

pub(crate) fn stored_optional<T: Stored>(row: &Row, index: usize) -> Result<Option<T>> {
    Ok(row.get::<Option<String>>(index)?.map(T::stored))
}

/// A word that decides how an app authenticates. One that this version does not know is an error.
pub(crate) fn known<T: FromStr<Err: Display>>(row: &Row, index: usize) -> Result<T> {
    let text: String = row.get(index)?;
    text.parse().map_err(|error: T::Err| Error::Column { index, reason: error.to_string() })
}

pub(crate) fn json<T: DeserializeOwned>(row: &Row, index: usize) -> Result<T> {
    let text: String = row.get(index)?;
    serde_json::from_str(&text).map_err(|error| Error::Column { index, reason: error.to_string() })
}

/// Our own structures are always JSON.
pub(crate) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
