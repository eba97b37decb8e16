//! What `flex check-config` says, for a page: the server's own check of its configuration.

use std::{future::Future, pin::Pin};

use jiff::Timestamp;

/// What a check found. No line contains a secret.
#[derive(Clone, Debug)]
pub struct Diagnosed {
    /// As the command prints them.
    pub lines: Vec<String>,
    /// What would stop a start.
    pub problem: Option<String>,
    pub version: &'static str,
    /// The number of the process that answered; several may serve the same deployment.
    pub process: u32,
    pub started_at: Timestamp,
    /// The settings file, if there is one.
    pub file: Option<String>,
}

pub trait Diagnosis: Send + Sync {
    /// Checks now. The caller holds no connection.
    fn run(&self) -> Pin<Box<dyn Future<Output = Diagnosed> + Send + '_>>;
}
