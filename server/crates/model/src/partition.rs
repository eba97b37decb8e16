//! Which data: a program in an environment. Rows of one partition are invisible to every other.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

/// The name of a program file without its ending: `oph-ca`, `idaho`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProgramId(Arc<str>);

impl ProgramId {
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProgramId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An application is registered for exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// Synthetic data.
    Sandbox,
    Production,
}

impl Environment {
    pub const ALL: [Self; 2] = [Self::Sandbox, Self::Production];

    /// The word of the database and of URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Production => "production",
        }
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Environment {
    type Err = UnknownEnvironment;

    fn from_str(text: &str) -> Result<Self, UnknownEnvironment> {
        Self::ALL.into_iter().find(|environment| environment.as_str() == text).ok_or(UnknownEnvironment)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("neither `sandbox` nor `production`")]
pub struct UnknownEnvironment;

/// A program in an environment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Partition {
    pub program: ProgramId,
    pub environment: Environment,
}

impl Partition {
    pub fn new(program: &ProgramId, environment: Environment) -> Self {
        Self { program: program.clone(), environment }
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.program, self.environment)
    }
}
