//! The elements that each search parameter uses, copied by hand from the guides' SearchParameters and from FHIR R4.

use std::{collections::HashMap, sync::LazyLock};

use super::is::Is;

#[derive(Debug)]
pub struct Row {
    pub kind: &'static str,
    pub code: &'static str,
    pub is: Is,
    pub paths: &'static str,
}

/// The row of a type's parameter, either its own or one that every type has.
pub fn row(kind: &str, code: &str) -> Option<&'static Row> {
    type Rows = HashMap<(&'static str, &'static str), &'static Row>;
    static BY_NAME: LazyLock<Rows> = LazyLock::new(|| ROWS.iter().map(|row| ((row.kind, row.code), row)).collect());
    BY_NAME.get(&(kind, code)).or_else(|| BY_NAME.get(&("*", code))).copied()
}

/// The meaning of the CA program's own names (fhir.md §2): a plan's Location is that of its coverage area, an
/// affiliation is where its locations are, and `profile` is printed for `_profile`.
pub fn alias(kind: &str, name: &str) -> Option<String> {
    let names = match kind {
        "InsurancePlan" => ("location.", "coverage-area."),
        "Organization" => ("profile", "_profile"),
        "OrganizationAffiliation" => ("near", "location.near"),
        _ => return None,
    };
    name.strip_prefix(names.0).map(|rest| format!("{}{rest}", names.1))
}

const LOCATION: Is = Is::Reference(&["Location"]);
const ORGANIZATION: Is = Is::Reference(&["Organization"]);
const ENDPOINT: Is = Is::Reference(&["Endpoint"]);
const SERVICE: Is = Is::Reference(&["HealthcareService"]);
const PRACTITIONER: Is = Is::Reference(&["Practitioner"]);
const PATIENT: Is = Is::Reference(&["Patient"]);
const PROVIDER: Is = Is::Reference(&["Practitioner", "Organization", "PractitionerRole"]);
const PAYEE: Is = Is::Reference(&["Practitioner", "Organization", "Patient", "PractitionerRole", "RelatedPerson"]);
const PAYOR: Is = Is::Reference(&["Organization", "Patient", "RelatedPerson"]);
const TARGET: Is =
    Is::Reference(&["Patient", "Coverage", "ExplanationOfBenefit", "Condition", "Encounter", "Immunization"]);

const fn of(kind: &'static str, code: &'static str, is: Is, paths: &'static str) -> Row {
    Row { kind, code, is, paths }
}

pub const ROWS: &[Row] = &[
    of("*", "_id", Is::Id, "id"),
    of("*", "_lastUpdated", Is::Updated, "meta.lastUpdated"),
    of("*", "_profile", Is::Uri, "meta.profile"),
    of("HealthcareService", "location", LOCATION, "location"),
    of("HealthcareService", "coverage-area", LOCATION, "coverageArea"),
    of("HealthcareService", "organization", ORGANIZATION, "providedBy"),
    of("HealthcareService", "endpoint", ENDPOINT, "endpoint"),
    of("HealthcareService", "name", Is::Text, "name"),
    of("HealthcareService", "service-category", Is::Concept, "category"),
    of("HealthcareService", "service-type", Is::Concept, "type"),
    of("HealthcareService", "specialty", Is::Concept, "specialty"),
    of("HealthcareService", "characteristic", Is::Concept, "characteristic"),
    of("InsurancePlan", "administered-by", ORGANIZATION, "administeredBy"),
    of("InsurancePlan", "owned-by", ORGANIZATION, "ownedBy"),
    of("InsurancePlan", "coverage-area", LOCATION, "coverageArea"),
    of("InsurancePlan", "name", Is::Text, "name | alias"),
    of("InsurancePlan", "plan-type", Is::Concept, "plan.type"),
    of("InsurancePlan", "type", Is::Concept, "type"),
    of("InsurancePlan", "identifier", Is::Identifier, "identifier"),
    of("InsurancePlan", "network", ORGANIZATION, "network | plan.network"),
    of("Location", "partof", LOCATION, "partOf"),
    of("Location", "organization", ORGANIZATION, "managingOrganization"),
    of("Location", "endpoint", ENDPOINT, "endpoint"),
    of("Location", "address", Is::Address, "address"),
    of("Location", "address-city", Is::Text, "address.city"),
    of("Location", "address-state", Is::Text, "address.state"),
    of("Location", "address-postalcode", Is::Text, "address.postalCode"),
    of("Location", "address-country", Is::Text, "address.country"),
    of("Location", "type", Is::Concept, "type"),
    of("Location", "identifier", Is::Identifier, "identifier"),
    of("Location", "near", Is::Near, "position"),
    of("Organization", "partof", ORGANIZATION, "partOf"),
    of("Organization", "endpoint", ENDPOINT, "endpoint"),
    of("Organization", "address", Is::Address, "address"),
    of("Organization", "address-city", Is::Text, "address.city"),
    of("Organization", "address-state", Is::Text, "address.state"),
    of("Organization", "address-postalcode", Is::Text, "address.postalCode"),
    of("Organization", "name", Is::Text, "name | alias"),
    of("Organization", "type", Is::Concept, "type"),
    of("Organization", "identifier", Is::Identifier, "identifier"),
    of("Organization", "coverage-area", LOCATION, "extension[location-reference].valueReference"),
    of("OrganizationAffiliation", "primary-organization", ORGANIZATION, "organization"),
    of("OrganizationAffiliation", "participating-organization", ORGANIZATION, "participatingOrganization"),
    of("OrganizationAffiliation", "location", LOCATION, "location"),
    of("OrganizationAffiliation", "service", SERVICE, "healthcareService"),
    of("OrganizationAffiliation", "network", ORGANIZATION, "network"),
    of("OrganizationAffiliation", "endpoint", ENDPOINT, "endpoint"),
    of("OrganizationAffiliation", "role", Is::Concept, "code"),
    of("OrganizationAffiliation", "specialty", Is::Concept, "specialty"),
    of("OrganizationAffiliation", "identifier", Is::Identifier, "identifier"),
    of("Practitioner", "name", Is::Name, "name"),
    of("Practitioner", "family", Is::Family, "name.family"),
    of("Practitioner", "given", Is::Text, "name.given"),
    of("Practitioner", "identifier", Is::Identifier, "identifier"),
    of("Practitioner", "address-state", Is::Text, "address.state"),
    of(
        "Practitioner",
        "qualification-wherevalid-code",
        Is::Concept,
        "qualification.extension[practitioner-qualification].extension[whereValid].valueCodeableConcept",
    ),
    of("PractitionerRole", "practitioner", PRACTITIONER, "practitioner"),
    of("PractitionerRole", "organization", ORGANIZATION, "organization"),
    of("PractitionerRole", "location", LOCATION, "location"),
    of("PractitionerRole", "service", SERVICE, "healthcareService"),
    of("PractitionerRole", "network", ORGANIZATION, "extension[network-reference].valueReference"),
    of("PractitionerRole", "endpoint", ENDPOINT, "endpoint"),
    of("PractitionerRole", "role", Is::Concept, "code"),
    of("PractitionerRole", "specialty", Is::Concept, "specialty"),
    of("Endpoint", "organization", ORGANIZATION, "managingOrganization"),
    of("Patient", "identifier", Is::Identifier, "identifier"),
    of("Patient", "name", Is::Name, "name"),
    of("Patient", "family", Is::Family, "name.family"),
    of("Patient", "given", Is::Text, "name.given"),
    of("Patient", "birthdate", Is::Date, "birthDate"),
    of("Patient", "gender", Is::Code("http://hl7.org/fhir/administrative-gender"), "gender"),
    of("Coverage", "patient", PATIENT, "beneficiary"),
    of("Coverage", "payor", PAYOR, "payor"),
    of("ExplanationOfBenefit", "patient", PATIENT, "patient"),
    of("ExplanationOfBenefit", "identifier", Is::Identifier, "identifier"),
    of("ExplanationOfBenefit", "type", Is::Concept, "type"),
    of("ExplanationOfBenefit", "service-date", Is::Date, "billablePeriod | item.servicedDate | item.servicedPeriod"),
    of("ExplanationOfBenefit", "provider", PROVIDER, "provider"),
    of("ExplanationOfBenefit", "care-team", PROVIDER, "careTeam.provider"),
    of("ExplanationOfBenefit", "coverage", Is::Reference(&["Coverage"]), "insurance.coverage"),
    of("ExplanationOfBenefit", "insurer", ORGANIZATION, "insurer"),
    of("ExplanationOfBenefit", "payee", PAYEE, "payee.party"),
    of("Condition", "patient", PATIENT, "subject"),
    of("Condition", "category", Is::Concept, "category"),
    of("Condition", "clinical-status", Is::Concept, "clinicalStatus"),
    of("Condition", "code", Is::Concept, "code"),
    of("Condition", "onset-date", Is::Date, "onsetDateTime | onsetPeriod"),
    of("Condition", "recorded-date", Is::Date, "recordedDate"),
    of("Encounter", "patient", PATIENT, "subject"),
    of("Encounter", "identifier", Is::Identifier, "identifier"),
    of("Encounter", "class", Is::Coding, "class"),
    of("Encounter", "status", Is::Code("http://hl7.org/fhir/encounter-status"), "status"),
    of("Encounter", "type", Is::Concept, "type"),
    of("Encounter", "date", Is::Date, "period"),
    of("Immunization", "patient", PATIENT, "patient"),
    of("Immunization", "date", Is::Date, "occurrenceDateTime"),
    of("Immunization", "status", Is::Code("http://hl7.org/fhir/event-status"), "status"),
    of("Provenance", "target", TARGET, "target"),
];
