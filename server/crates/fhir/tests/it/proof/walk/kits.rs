//! What the conformance kits request beyond the tables (conformance.md §4–8).

use crate::proof::{
    ask::{Along, Ask},
    oracle::{Condition, Held, path::values},
    subject::Subject,
};

/// Types and the parameters that a kit combines on them.
const COMBINED: [(&str, &[&str]); 13] = [
    ("PractitionerRole", &["specialty", "location"]),
    ("HealthcareService", &["specialty", "_has:OrganizationAffiliation:service:network"]),
    ("Patient", &["birthdate", "name"]),
    ("Patient", &["gender", "name"]),
    ("Condition", &["patient", "onset-date"]),
    ("Encounter", &["date", "patient"]),
    ("Immunization", &["patient", "date"]),
    ("Immunization", &["patient", "status"]),
    ("ExplanationOfBenefit", &["patient", "_lastUpdated"]),
    ("ExplanationOfBenefit", &["patient", "type"]),
    ("ExplanationOfBenefit", &["patient", "service-date"]),
    ("ExplanationOfBenefit", &["patient", "identifier"]),
    ("Organization", &["type", "name"]),
];

pub async fn walk(ask: &Ask<'_>) {
    for (kind, names) in COMBINED.iter().filter(|(kind, _)| ask.subject.asks_for(ask.world, kind)) {
        combined(ask, kind, names).await;
    }
    if ask.patient().is_some() {
        every_reference_of_claims(ask).await;
        alike_by_either_form(ask).await;
    } else {
        practitioners_of_matching_roles(ask).await;
    }
}

/// Searches with the values of each resource in turn.
async fn combined(ask: &Ask<'_>, kind: &str, names: &[&str]) {
    let held: Vec<&Held> = ask.oracle.of(ask.patient(), kind).collect();
    let mut any = 0;
    for held in held.iter().step_by(held.len().div_ceil(5).max(1)) {
        let own = |name: &&str| super::combinations::met_by(ask, kind, name, held);
        let conditions: Vec<Condition> = names.iter().filter_map(own).collect();
        if conditions.len() == names.len() {
            any += ask.compare(kind, &conditions, &[]).await;
        }
    }
    ask.findings.found(&format!("{kind} by {}", names.join(" and ")), 0 < any);
}

/// `PractitionerRole?specialty=S&location=L&_include=PractitionerRole:practitioner` includes no practitioners of other
/// roles.
async fn practitioners_of_matching_roles(ask: &Ask<'_>) {
    for role in ask.oracle.of(None, "PractitionerRole").step_by(7) {
        let own = |name| super::combinations::met_by(ask, "PractitionerRole", name, role);
        let Some((specialty, location)) = own("specialty").zip(own("location")) else { continue };
        let include = [Along::Include("PractitionerRole:practitioner")];
        ask.compare("PractitionerRole", &[specialty, location], &include).await;
    }
}

/// A claim includes its patient, provider, care team, coverage and insurer.
async fn every_reference_of_claims(ask: &Ask<'_>) {
    for claim in ask.oracle.of(ask.patient(), "ExplanationOfBenefit") {
        let id = [Condition::new("_id", &claim.id)];
        ask.compare("ExplanationOfBenefit", &id, &[Along::Include("ExplanationOfBenefit:*")]).await;
    }
}

/// `patient=[id]` and `patient=Patient/[id]` are the same.
async fn alike_by_either_form(ask: &Ask<'_>) {
    let Subject { patient: Some(patient), .. } = ask.subject else { return };
    for kind in ["Coverage", "ExplanationOfBenefit", "Condition", "Encounter", "Immunization"] {
        if !ask.subject.asks_for(ask.world, kind) {
            continue;
        }
        let bare = ask.compare(kind, &[Condition::new("patient", patient)], &[]).await;
        let typed = ask.compare(kind, &[Condition::new("patient", format!("Patient/{patient}"))], &[]).await;
        let all = ask.oracle.of(ask.patient(), kind).filter(|held| !values(&held.json, "id").is_empty()).count();
        if (bare, typed) != (all, all) {
            ask.findings.fail(format!("{kind} of {patient}: {bare} and {typed} of {all}"));
        }
    }
}
