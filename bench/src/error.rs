//! Why the measurement failed.

use std::{io, path::PathBuf};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} could not be used: {1}")]
    File(PathBuf, io::Error),
    #[error("{command} failed; its output is in {log}")]
    Command { command: String, log: PathBuf },
    #[error("{0} did not answer within a minute; its output is in {1}")]
    Silent(&'static str, PathBuf),
    #[error("the database did not answer as expected: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the connection failed: {0}")]
    Connection(#[from] io::Error),
    #[error("{path} was answered with status {status}")]
    Status { path: String, status: u16 },
    #[cfg(feature = "drivers")]
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("{0}")]
    Answer(String),
    #[error("PostgreSQL needs a cluster: `cargo xtask bench` starts one and sets TEST_POSTGRES_PORT to its port")]
    NoCluster,
}
