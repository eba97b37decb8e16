//! What the CapabilityStatements of implementation guides demand of a server: for each type they say it SHALL offer, the
//! interactions, parameters and reverse includes that they say it SHALL have. A program instantiates one only where it has
//! all of that (hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.instantiates).

use crate::{
    program::Program,
    resource::{Interaction, Resource},
};

/// A type that a guide demands.
struct Demand {
    kind: &'static str,
    /// Whether it is searched, and not only read.
    is_searched: bool,
    parameters: &'static [&'static str],
    rev_includes: &'static [&'static str],
}

const fn read(kind: &'static str) -> Demand {
    Demand { kind, is_searched: false, parameters: &[], rev_includes: &[] }
}

const fn search(kind: &'static str, parameters: &'static [&'static str]) -> Demand {
    Demand { kind, is_searched: true, parameters, rev_includes: &[] }
}

/// A type of a member's record, which says where it is from.
const fn recorded(kind: &'static str, parameters: &'static [&'static str]) -> Demand {
    Demand { kind, is_searched: true, parameters, rev_includes: &["Provenance:target"] }
}

/// By their URLs.
const GUIDES: &[(&str, &[Demand])] = &[
    ("http://hl7.org/fhir/us/carin-bb/CapabilityStatement/c4bb", CARIN_BLUE_BUTTON),
    ("http://hl7.org/fhir/us/davinci-pdex-plan-net/CapabilityStatement/plan-net", PLAN_NET),
    ("http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server", US_CORE),
];

/// CARIN Blue Button 1.1.0.
const CARIN_BLUE_BUTTON: &[Demand] = &[
    read("Coverage"),
    search("ExplanationOfBenefit", &["_id", "patient", "_lastUpdated", "type", "identifier", "service-date"]),
    read("Organization"),
    read("Patient"),
    read("Practitioner"),
];

/// Da Vinci PDEX Plan-Net 1.0.0.
#[rustfmt::skip]
const PLAN_NET: &[Demand] = &[
    search("Endpoint", &["organization", "_id", "_lastUpdated"]),
    search("HealthcareService", &[
        "location", "coverage-area", "organization", "endpoint", "name", "service-category", "service-type", "specialty",
        "_id", "_lastUpdated",
    ]),
    search("InsurancePlan", &[
        "administered-by", "owned-by", "coverage-area", "name", "plan-type", "identifier", "type", "_id", "_lastUpdated",
    ]),
    search("Location", &[
        "partof", "organization", "endpoint", "address-city", "address-state", "address-postalcode", "address", "type",
        "_id", "_lastUpdated",
    ]),
    search("Organization", &[
        "partof", "endpoint", "address", "name", "type", "coverage-area", "_id", "_lastUpdated",
    ]),
    search("OrganizationAffiliation", &[
        "primary-organization", "participating-organization", "location", "service", "network", "endpoint", "role",
        "specialty", "_id", "_lastUpdated",
    ]),
    search("Practitioner", &["name", "family", "given", "_id", "_lastUpdated"]),
    search("PractitionerRole", &[
        "practitioner", "organization", "location", "service", "network", "endpoint", "role", "specialty", "_id",
        "_lastUpdated",
    ]),
];

/// US Core 3.1.1; the reverse includes as of 4.0.0, which has them in writing.
const US_CORE: &[Demand] = &[
    recorded("AllergyIntolerance", &["patient"]),
    recorded("CarePlan", &["patient", "category"]),
    recorded("CareTeam", &["patient", "status"]),
    recorded("Condition", &["patient"]),
    recorded("Device", &["patient"]),
    recorded("DiagnosticReport", &["patient", "category", "code", "date"]),
    recorded("DocumentReference", &["_id", "patient", "category", "type", "date"]),
    recorded("Encounter", &["_id", "patient", "date"]),
    recorded("Goal", &["patient"]),
    recorded("Immunization", &["patient"]),
    search("Location", &["name", "address"]),
    read("Medication"),
    recorded("MedicationRequest", &["patient", "intent", "status"]),
    recorded("Observation", &["patient", "category", "code", "date"]),
    search("Organization", &["name", "address"]),
    recorded("Patient", &["_id", "identifier", "name", "birthdate", "gender"]),
    search("Practitioner", &["name", "identifier"]),
    search("PractitionerRole", &["specialty", "practitioner"]),
    recorded("Procedure", &["patient", "date"]),
    read("Provenance"),
];

impl Program {
    /// What the program lacks of a guide's CapabilityStatement; `None` where the statement is not known here.
    pub fn lacks(&self, statement: &str) -> Option<Vec<String>> {
        let (_, demands) = GUIDES.iter().find(|(url, _)| *url == statement)?;
        Some(demands.iter().flat_map(|demand| demand.lacking(self.resource(demand.kind))).collect())
    }

    /// Whether the program has everything that the statement demands; `false` where we cannot know.
    pub fn is_whole(&self, statement: &str) -> bool {
        self.lacks(statement).is_some_and(|lacks| lacks.is_empty())
    }
}

impl Demand {
    fn lacking(&self, resource: Option<&Resource>) -> Vec<String> {
        let Some(resource) = resource else { return vec![self.kind.to_owned()] };
        let mut lacking = Vec::new();
        if !resource.offers(Interaction::Read) || (self.is_searched && !resource.offers(Interaction::Search)) {
            lacking.push(format!("an interaction of {}", self.kind));
        }
        let missing = self.parameters.iter().filter(|code| resource.parameter(code).is_none());
        lacking.extend(missing.map(|code| format!("{}?{code}", self.kind)));
        let offered = |text: &&&str| resource.rev_includes.iter().any(|include| include.text == **text);
        let missing = self.rev_includes.iter().filter(|text| !offered(text));
        lacking.extend(missing.map(|text| format!("{}?_revinclude={text}", self.kind)));
        lacking
    }
}
