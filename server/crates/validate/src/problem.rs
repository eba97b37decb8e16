//! What is wrong with a resource, where, and how bad it is.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something could not be checked.
    Information,
    /// The resource does not match a profile.
    Warning,
    /// The resource is not FHIR R4.
    Error,
}

impl Severity {
    /// The code of `OperationOutcome.issue.severity` (hl7.org/fhir/R4/valueset-issue-severity.html).
    pub fn code(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A problem. The reason repeats no values except codes and references, because it may end up in logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    /// As a FHIRPath: `Patient.name[0].given[1]`.
    pub path: String,
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}
