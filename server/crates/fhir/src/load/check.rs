//! Checks resources against FHIR R4 and the profiles of packages before they are loaded.

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
    /// Whether a resource that does not match its profile is refused.
    is_strict: bool,
}

impl Checks {
    /// Checks only what the loader cannot work without: JSON, a type and an id.
    pub fn none() -> Self {
        Self::default()
    }

    /// Refuses what is not R4, and reports what does not match its profile.
    pub fn with(validator: Validator) -> Self {
        Self(Some(Rules { validator, is_strict: false }))
    }

    /// Refuses what is not R4 or does not match its profile.
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

/// What a check found in a loaded resource, or in a refused one in addition to the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub origin: Origin,
    pub problem: Problem,
}

/// The checks of a program. Cheap to clone.
#[derive(Clone)]
pub struct Checker {
    checks: Checks,
    /// The only profile of a type that has just one, for resources that claim none.
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

    /// The findings for a resource that may be loaded. For one that may not: the most serious problem as the reason,
    /// and the rest.
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
