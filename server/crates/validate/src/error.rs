//! Errors that prevent the checks from being set up.

use std::{io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{path}: {source}", path = path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{path}: {reason}", path = path.display())]
    Package { path: PathBuf, reason: String },
    /// A mistake in our own copy of R4.
    #[error("the definitions of R4, line {line}: {reason}")]
    Definitions { line: usize, reason: String },
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
