//! A table of corrupted examples: each violates one profile of a guide but not R4.

use std::fs;

use serde_json::Value;
use validate::problem::{Problem, Severity};

use crate::{
    corrupted::{Row, corrupted},
    shared,
};

const PHARMACY: &str = "ig-carin-bb-2.0.0/ExplanationOfBenefit-EOBPharmacy1";
const COVERAGE: &str = "ig-carin-bb-1.1.0/Coverage-CoverageEx1";
const PATIENT: &str = "ig-us-core-3.1.1/Patient-example";
const ROLE: &str = "ig-plan-net-1.0.0/PractitionerRole-HansSoloRole1";
const PLAN: &str = "ig-plan-net-1.0.0/InsurancePlan-AcmeQHPGold";
const ORGANIZATION: &str = "ig-plan-net-1.0.0/Organization-Acme";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Cardinality
    (PHARMACY, "/identifier", "-", "ExplanationOfBenefit.identifier", "missing"),
    (PHARMACY, "/meta/lastUpdated", "-", "ExplanationOfBenefit.meta.lastUpdated", "missing"),
    (PHARMACY, "/item", "-", "ExplanationOfBenefit.item", "missing"),
    (PHARMACY, "/item/0/servicedDate", "-", "ExplanationOfBenefit.item[0].serviced[x]", "missing"),
    (COVERAGE, "/relationship", "-", "Coverage.relationship", "missing"),
    (COVERAGE, "/subscriberId", "-", "Coverage.subscriberId", "missing"),
    (COVERAGE, "/payor/1", r#"{"reference":"Organization/o2"}"#, "Coverage.payor", "too often"),
    (PATIENT, "/name", "-", "Patient.name", "missing"),
    (PATIENT, "/identifier/0/value", "-", "Patient.identifier[0].value", "missing"),
    (PATIENT, "/gender", "-", "Patient.gender", "missing"),
    (PLAN, "/administeredBy", "-", "InsurancePlan.administeredBy", "missing"),
    (PLAN, "/ownedBy", "-", "InsurancePlan.ownedBy", "missing"),
    (ORGANIZATION, "/active", "-", "Organization.active", "missing"),
    (ORGANIZATION, "/type", "-", "Organization.type", "missing"),
    // Slices
    (PHARMACY, "/adjudication/0", "-", "ExplanationOfBenefit.adjudication", "benefitpaymentstatus"),
    (PHARMACY, "/supportingInfo/0/category/coding/0/code", r#""dawcode""#, "ExplanationOfBenefit.supportingInfo", "dawcode"),
    (PHARMACY, "/supportingInfo/6/timingDate", "-", "ExplanationOfBenefit.supportingInfo[6].timing[x]", "missing"),
    (PHARMACY, "/identifier/0/type/coding/0/code", r#""other""#, "ExplanationOfBenefit.identifier", "uniqueclaimid"),
    (PHARMACY, "/adjudication/1/reason", "-", "ExplanationOfBenefit.adjudication[1].reason", "missing"),
    (COVERAGE, "/class/1/type/coding/0/code", r#""group""#, "Coverage.class", "too often"),
    // Fixed values and patterns
    (PHARMACY, "/type/coding/0/code", r#""oral""#, "ExplanationOfBenefit.type", "pharmacy"),
    (PHARMACY, "/use", r#""predetermination""#, "ExplanationOfBenefit.use", "claim"),
    (ORGANIZATION, "/active", "false", "Organization.active", "true"),
    // Required bindings
    (PHARMACY, "/adjudication/0/reason/coding/0/code", r#""perhaps""#, "ExplanationOfBenefit.adjudication[0].reason", "Status"),
    (ORGANIZATION, "/telecom/0/extension/0/extension/0/valueCode", r#""monday""#, "Organization.telecom[0].extension[0].extension[0].valueCode", "days-of-week"),
    // Types and targets
    (PHARMACY, "/item/0/servicedDate", "-", "ExplanationOfBenefit.item[0].serviced[x]", "missing"),
    (PHARMACY, "/insurer/reference", r#""Organization/o1""#, "", ""),
    (COVERAGE, "/payor/0/reference", r#""RelatedPerson/r1""#, "Coverage.payor[0]", "points at RelatedPerson"),
    (ROLE, "/location/0/reference", r#""Location/l1""#, "", ""),
    // Extensions
    (PATIENT, "/extension/0/extension/5", "-", "Patient.extension[0].extension", "text"),
    (PATIENT, "/extension/2/valueCode", r#""X""#, "Patient.extension[2].valueCode", "birthsex"),
    (ROLE, "/extension/1/extension/1/valueCode", r#""perhaps""#, "PractitionerRole.extension[1].extension[1].valueCode", "QualificationStatus"),
    (ROLE, "/extension/1/extension/0", "-", "PractitionerRole.extension[1].extension", "code"),
    // The profile itself
    (PATIENT, "/meta/profile/0", r#""http://hl7.org/fhir/us/core/StructureDefinition/us-core-location""#, "Patient.meta.profile", "profile of Location"),
];

#[test]
fn what_is_corrupted_is_a_warning_at_its_place() {
    let Some(shared) = shared::folder() else { return };
    let validator = shared::guides(&shared);
    let mut wrong = Vec::new();
    for row @ (name, pointer, value, path, word) in ROWS {
        let example: Value =
            serde_json::from_slice(&fs::read(shared.join("data").join(format!("{name}.json"))).unwrap()).unwrap();
        let bad = corrupted(example.clone(), pointer, value);
        assert_eq!(validator.structure(&bad), [], "{row:?}");
        let before = validator.profiles(&example, None);
        let after = validator.profiles(&bad, None);
        let fits = |found: &Problem| {
            found.severity == Severity::Warning
                && found.path == *path
                && found.reason.contains(word)
                && !before.contains(found)
        };
        let is_right = if path.is_empty() { after == before } else { after.iter().any(fits) };
        if !is_right {
            wrong.push(format!("{row:?}: {after:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), ROWS.len(), wrong.join("\n"));
}
