//! The guides' own examples and generated data: all are valid R4 except for known flaws, and match their profiles.

use std::collections::BTreeSet;

use serde_json::Value;
use validate::problem::{Problem, Severity};

use crate::shared;

const FOLDERS: [&str; 7] = [
    "ig-carin-bb-1.1.0",
    "ig-carin-bb-2.0.0",
    "ig-pdex-2.0.0",
    "ig-plan-net-1.0.0",
    "ig-us-core-3.1.1",
    "plannet-generated",
    "synthea-r4",
];

/// Resources and their invalid elements.
type Flaws = &'static [(&'static str, &'static str)];

/// Its hash has dots in the middle, so it is not base64.
const FLAWS: Flaws =
    &[("ig-us-core-3.1.1/DiagnosticReport-cardiology-report.json", "DiagnosticReport.presentedForm[0].hash")];

/// Profiles that examples claim and that are in other packages.
const UNKNOWN: Flaws = &[
    ("Coverage.meta.profile", "http://hl7.org/fhir/us/davinci-hrex/StructureDefinition/hrex-coverage"),
    ("Observation.meta.profile", "http://hl7.org/fhir/StructureDefinition/vitalsigns"),
];

#[test]
fn the_examples_are_r4_but_for_one() {
    let Some(shared) = shared::folder() else { return };
    let validator = shared::guides(&shared);
    check(|resource| validator.structure(resource), FLAWS);
}

#[test]
fn the_examples_are_of_the_profiles_that_they_claim() {
    let Some(shared) = shared::folder() else { return };
    let validator = shared::guides(&shared);
    let mut unknown = BTreeSet::new();
    check(
        |resource| {
            let problems = validator.profiles(resource, None);
            let untold = problems.iter().filter(|problem| problem.severity == Severity::Information);
            unknown.extend(untold.map(|problem| (problem.path.clone(), problem.reason.clone())));
            problems
        },
        &[],
    );
    assert_eq!(unknown.len(), UNKNOWN.len(), "{unknown:?}");
    for ((path, reason), (expect, profile)) in unknown.iter().zip(UNKNOWN) {
        assert!(path == expect && reason.contains(profile), "{path}: {reason}");
    }
}

fn check(mut problems: impl FnMut(&Value) -> Vec<Problem>, expect: Flaws) {
    let Some(shared) = shared::folder() else { return };
    let mut found = Vec::new();
    for folder in FOLDERS {
        for (name, resource) in shared::resources(&shared.join("data").join(folder)) {
            let serious = problems(&resource).into_iter().filter(|problem| Severity::Warning <= problem.severity);
            found.extend(serious.map(|problem| (format!("{folder}/{name}"), problem.path)));
        }
    }
    found.sort();
    let found: Vec<(&str, &str)> = found.iter().map(|(name, path)| (name.as_str(), path.as_str())).collect();
    assert_eq!(found, expect);
}
