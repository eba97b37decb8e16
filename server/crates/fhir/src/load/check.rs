//! Checks resources against FHIR R4 and the profiles of packages before anything is done with them.

use std::{collections::HashMap, fmt, sync::Arc};

use programs::program::Program;
use serde_json::Value;
use validate::{
    problem::{Problem, Severity},
    validator::Validator,
};

use super::{Origin, resource::Refused};

/// What resources are checked against.
#[derive(Clone, Default)]
pub struct Checks(Option<Rules>);

#[derive(Clone)]
struct Rules {
    validator: Validator,
    /// Whether a resource that is not of its profile is refused.
    is_strict: bool,
}

impl Checks {
    /// Nothing but what the loader cannot do without: JSON, a type and an id.
    pub fn none() -> Self {
        Self::default()
    }

    /// What is not R4 is refused; what is not as its profile asks is told.
    pub fn with(validator: Validator) -> Self {
        Self(Some(Rules { validator, is_strict: false }))
    }

    /// What is not R4 or not as its profile asks is refused.
    pub fn strictly_with(validator: Validator) -> Self {
        Self(Some(Rules { validator, is_strict: true }))
    }
}

impl fmt::Debug for Checks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Rules { validator, is_strict }) = &self.0 else { return f.write_str("Checks::none") };
        let name = if *is_strict { "Checks::strictly_with" } else { "Checks::with" };
        f.debug_tuple(name).field(&validator.packages()).finish()
    }
}

/// What a check found beside what a resource was refused for, or in one that was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub origin: Origin,
    pub problem: Problem,
}

/// The checks, as a program has them. Cheap to clone.
#[derive(Clone)]
pub struct Checker {
    checks: Checks,
    /// The profile of a type that has only one, for resources that claim none.
    profiles: Arc<HashMap<String, String>>,
}

impl Checker {
    pub fn new(program: &Program, checks: &Checks) -> Self {
        let only = program.resources.iter().filter_map(|resource| match &resource.profiles[..] {
            [one] => Some((resource.kind.clone(), one.clone())),
            _ => None,
        });
        Self { checks: checks.clone(), profiles: Arc::new(only.collect()) }
    }

    /// What is to be told of a resource that may be loaded; the most serious first, and why, of one that may not.
    pub fn check(&self, kind: &str, resource: &Value) -> Result<Vec<Problem>, (Refused, Vec<Problem>)> {
        let Some(Rules { validator, is_strict }) = &self.checks.0 else { return Ok(Vec::new()) };
        let mut problems = validator.structure(resource);
        if problems.is_empty() {
            problems = validator.profiles(resource, self.profiles.get(kind).map(String::as_str));
        }
        let least = if *is_strict { Severity::Warning } else { Severity::Error };
        let Some(worst) = problems.iter().position(|problem| least <= problem.severity) else { return Ok(problems) };
        let Problem { path, reason, .. } = problems.remove(worst);
        Err((Refused::at(path, reason), problems))
    }
}
