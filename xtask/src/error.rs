//! What can go wrong, worded so that the reader knows what to do next.

use std::{io, path::PathBuf, process::ExitStatus};

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("usage:\n{0}")]
    Usage(&'static str),
    #[error("`{command}` could not be started: {source}")]
    Start { command: String, source: io::Error },
    #[error("`{command}` failed ({status})")]
    Failed { command: String, status: ExitStatus },
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("{what} is missing. {remedy}")]
    Missing { what: &'static str, remedy: String },
    #[error("wasm-bindgen: {0}")]
    Bindgen(String),
    #[error("{0}")]
    Site(String),
    #[error("not everything passed: {0}")]
    Tests(String),
}

impl Error {
    /// For `map_err`: an input or output error on this file.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |source| Self::File { path, source }
    }
}
