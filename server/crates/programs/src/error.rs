//! What is wrong in program files: every mistake at once, each with file, line and key.

use std::fmt;

/// Every mistake found. Shown one a line.
#[derive(Debug, thiserror::Error)]
pub struct ProgramErrors(pub Vec<ProgramError>);

impl fmt::Display for ProgramErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if 0 < index {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramError {
    /// `idaho.toml`
    pub file: String,
    /// From 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// `resources[3].parameters[2].code`, elements counted from 1; empty where the file as a whole is meant.
    pub key: String,
    pub message: String,
}

impl fmt::Display for ProgramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if 0 < self.line {
            write!(f, ":{}", self.line)?;
        }
        if !self.key.is_empty() {
            write!(f, ": `{}`", self.key)?;
        }
        write!(f, ": {}", self.message)
    }
}
