//! The guides' own examples and generated data: all are R4, and of their profiles, but for flaws that are known.

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

/// Resources and the elements that are wrong in them.
type Flaws = &'static [(&'static str, &'static str)];

/// Its hash is a text with dots in its middle.
const FLAWS: Flaws =
    &[("ig-us-core-3.1.1/DiagnosticReport-cardiology-report.json", "DiagnosticReport.presentedForm[0].hash")];

/// Version 1.1.0 of CARIN's guide asks for items and adjudications that its older examples have not got.
#[rustfmt::skip]
const PROFILE_FLAWS: Flaws = &[
    ("ig-carin-bb-1.1.0/ExplanationOfBenefit-EOBInpatient1.json", "ExplanationOfBenefit.adjudication"),
    ("ig-carin-bb-1.1.0/ExplanationOfBenefit-EOBInpatient1.json", "ExplanationOfBenefit.item"),
    ("ig-carin-bb-1.1.0/ExplanationOfBenefit-EOBOutpatientInstitutional1.json", "ExplanationOfBenefit.adjudication"),
    ("ig-carin-bb-1.1.0/ExplanationOfBenefit-EOBOutpatientInstitutional1.json", "ExplanationOfBenefit.item"),
    ("ig-carin-bb-1.1.0/ExplanationOfBenefit-EOBPharmacy1.json", "ExplanationOfBenefit.adjudication"),
    ("ig-carin-bb-1.1.0/ExplanationOfBenefit-EOBPharmacy1.json", "ExplanationOfBenefit.item[0].serviced[x]"),
    ("ig-carin-bb-1.1.0/ExplanationOfBenefit-EOBPharmacy1.json", "ExplanationOfBenefit.supportingInfo"),
    ("ig-carin-bb-1.1.0/ExplanationOfBenefit-EOBProfessional1a.json", "ExplanationOfBenefit.item[0].adjudication"),
    ("ig-carin-bb-1.1.0/ExplanationOfBenefit-EOBProfessional1a.json", "ExplanationOfBenefit.item[0].location[x]"),
    ("ig-carin-bb-1.1.0/ExplanationOfBenefit-EOBProfessional1a.json", "ExplanationOfBenefit.item[0].serviced[x]"),
];

#[test]
fn the_examples_are_r4_but_for_one() {
    let Some(shared) = shared::folder() else { return };
    let validator = shared::guides(&shared);
    check(|resource| validator.structure(resource), FLAWS);
}

#[test]
fn the_examples_are_of_their_profiles_but_for_known_flaws() {
    let Some(shared) = shared::folder() else { return };
    let validator = shared::guides(&shared);
    check(|resource| validator.profiles(resource, None), PROFILE_FLAWS);
}

fn check(problems: impl Fn(&Value) -> Vec<Problem>, expect: Flaws) {
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
