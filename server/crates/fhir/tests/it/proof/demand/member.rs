//! Member data: parameters as the programs print them; includes as in CARIN Blue Button and US Core.

use super::{Demand, NOTHING};

const IDAHO: &str = "ExplanationOfBenefit:patient HealthcareService:coverage-area HealthcareService:endpoint \
    HealthcareService:location HealthcareService:organization Location:organization Organization:partof \
    OrganizationAffiliation:location OrganizationAffiliation:network OrganizationAffiliation:participating-organization \
    OrganizationAffiliation:primary-organization OrganizationAffiliation:service PractitionerRole:location \
    PractitionerRole:network PractitionerRole:organization PractitionerRole:practitioner PractitionerRole:service";

pub const DEMANDS: &[Demand] = &[
    Demand {
        kind: "Patient",
        ca: Some("_id _lastUpdated gender identifier name birthdate"),
        idaho: Some("_id _lastUpdated birthdate gender identifier name"),
        rev_includes: "Provenance:target",
        ..NOTHING
    },
    Demand {
        kind: "Coverage",
        ca: Some("_id _lastUpdated patient"),
        idaho: Some("_id _lastUpdated patient"),
        includes: "payor",
        rev_includes: "Provenance:target",
        printed_rev_includes: IDAHO,
        ..NOTHING
    },
    Demand {
        kind: "ExplanationOfBenefit",
        ca: Some("_id _lastUpdated identifier service-date type patient"),
        idaho: Some("_id _lastUpdated identifier service-date type patient"),
        includes: "patient provider care-team coverage insurer *",
        rev_includes: "Provenance:target",
        printed_rev_includes: IDAHO,
        ..NOTHING
    },
    Demand {
        kind: "Condition",
        idaho: Some("_id _lastUpdated onset-date patient"),
        printed_rev_includes: "Provenance:target",
        ..NOTHING
    },
    Demand {
        kind: "Encounter",
        idaho: Some("_id _lastUpdated date patient"),
        printed_rev_includes: "Provenance:target",
        ..NOTHING
    },
    Demand {
        kind: "Immunization",
        idaho: Some("_id _lastUpdated date patient status"),
        printed_rev_includes: "Provenance:target",
        ..NOTHING
    },
];
