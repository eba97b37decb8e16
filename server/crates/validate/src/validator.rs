//! The whole check: R4, then the profiles that a resource claims or that its type has by default.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use crate::{
    definitions,
    error::Result,
    index::Index,
    package::Package,
    path::Path,
    problem::{Problem, Severity},
    profile::{check::Checker, compile::Context},
    structure,
    terminology::{Sources, Terminology},
    types::Types,
};

/// The prefix of R4's own definitions.
const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";

/// R4 and the profiles of some packages. Cheap to clone.
#[derive(Clone)]
pub struct Validator(Arc<Inner>);

struct Inner {
    types: Types,
    index: Index,
    packages: Vec<String>,
    notes: Vec<String>,
}

impl Validator {
    /// R4 and the packages' profiles. Fails only if our own copy of R4 is damaged.
    pub fn new(packages: &[Package]) -> Result<Self> {
        let (types, codes) = definitions::load()?;
        let (index, notes) = index(packages, &codes);
        let packages = packages.iter().map(|package| package.name.clone()).collect();
        Ok(Self(Arc::new(Inner { types, index, packages, notes })))
    }

    /// The names and versions of the packages.
    pub fn packages(&self) -> &[String] {
        &self.0.packages
    }

    /// Requirements of the packages that we cannot check: codes of systems that they do not contain.
    pub fn notes(&self) -> &[String] {
        &self.0.notes
    }

    /// Everything in a resource that is not allowed in R4; all are errors.
    pub fn structure(&self, resource: &Value) -> Vec<Problem> {
        structure::check(&self.0.types, resource)
    }

    /// The requirements of its profiles that the resource does not meet, as warnings, and the unknown profiles, as
    /// information. The resource must be R4. `default` is the profile for a resource that claims none.
    pub fn profiles(&self, resource: &Value, default: Option<&str>) -> Vec<Problem> {
        let Some(object) = resource.as_object().filter(|_| !self.0.packages.is_empty()) else { return Vec::new() };
        let kind = structure::kind_of(resource).unwrap_or_default();
        let claimed =
            resource.pointer("/meta/profile").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut canonicals: Vec<&str> = claimed.iter().filter_map(Value::as_str).collect();
        if canonicals.is_empty() {
            canonicals.extend(default);
        }
        // R4's checks have already determined the type.
        canonicals.retain(|canonical| canonical.strip_prefix(CORE) != Some(kind));
        // If a URL is claimed with and without a version, the one with the version counts.
        let has_version = |canonical: &str| {
            claimed
                .iter()
                .filter_map(Value::as_str)
                .any(|other| other.strip_prefix(canonical).is_some_and(|rest| rest.starts_with('|')))
        };
        canonicals.retain(|canonical| !has_version(canonical));
        let root = Path::root(kind);
        let mut checker = Checker::new(&self.0.types, &self.0.index, resource);
        for canonical in canonicals {
            match self.0.index.find(canonical, None) {
                Some(profile) if profile.kind == kind => checker.object(&profile.root, object, profile, &root),
                Some(profile) => checker.problems.push(Problem {
                    severity: Severity::Warning,
                    path: format!("{kind}.meta.profile"),
                    reason: format!("{canonical} is a profile of {}", profile.kind),
                }),
                None => checker.problems.push(Problem {
                    severity: Severity::Information,
                    path: format!("{kind}.meta.profile"),
                    reason: format!("{canonical} is not in any of the packages"),
                }),
            }
        }
        checker.problems
    }
}

fn index(packages: &[Package], codes: &Terminology) -> (Index, Vec<String>) {
    let mut kinds = HashMap::new();
    let text = |profile: &Value, name: &str| profile.get(name).and_then(Value::as_str).map(str::to_owned);
    for profile in packages.iter().flat_map(|package| &package.profiles) {
        if let (Some(url), Some(kind)) = (text(profile, "url"), text(profile, "type")) {
            kinds.insert(url, kind);
        }
    }
    let (mut index, mut notes) = (Index::default(), Vec::new());
    for (place, package) in packages.iter().enumerate() {
        let others =
            packages.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, other)| &other.terminology);
        let sources = std::iter::once(&package.terminology).chain(others).chain([codes]).collect();
        let mut context = Context {
            package: place,
            sources: Sources(sources),
            kinds: &kinds,
            expansions: HashMap::new(),
            notes: Vec::new(),
        };
        for definition in &package.profiles {
            match context.profile(definition) {
                Some(profile) => index.add(profile),
                None => {
                    let url = text(definition, "url").unwrap_or_default();
                    context.notes.push(format!("the profile {url}: it has no snapshot"));
                }
            }
        }
        notes.extend(context.notes.into_iter().map(|note| format!("{}: {note}", package.name)));
    }
    notes.sort_unstable();
    notes.dedup();
    (index, notes)
}
