//! The includes and chains that the guides ask for, which work on every program that offers the types.

use super::program;
use crate::{program::Program, resource::Resource};

/// Type, and the reference parameters to include by.
const INCLUDES: [(&str, &str); 11] = [
    ("Endpoint", "organization"),
    ("HealthcareService", "location coverage-area organization endpoint"),
    ("InsurancePlan", "administered-by owned-by coverage-area"),
    ("Location", "endpoint organization partof"),
    ("Organization", "partof endpoint coverage-area"),
    ("OrganizationAffiliation", "primary-organization participating-organization location service network endpoint"),
    ("PractitionerRole", "practitioner organization location service network endpoint"),
    ("ExplanationOfBenefit", "patient provider care-team coverage insurer payee *"),
    ("Coverage", "payor"),
    ("Practitioner", ""),
    ("Patient", ""),
];

const REV_INCLUDES: [(&str, &str); 10] = [
    ("HealthcareService", "PractitionerRole:service OrganizationAffiliation:service"),
    (
        "Location",
        "HealthcareService:location InsurancePlan:coverage-area OrganizationAffiliation:location PractitionerRole:location",
    ),
    (
        "Organization",
        "Endpoint:organization HealthcareService:organization InsurancePlan:administered-by InsurancePlan:owned-by \
         OrganizationAffiliation:primary-organization OrganizationAffiliation:participating-organization \
         PractitionerRole:organization PractitionerRole:network",
    ),
    ("Practitioner", "PractitionerRole:practitioner"),
    ("Patient", "Provenance:target"),
    ("Coverage", "Provenance:target"),
    ("ExplanationOfBenefit", "Provenance:target"),
    ("Condition", "Provenance:target"),
    ("Encounter", "Provenance:target"),
    ("Immunization", "Provenance:target"),
];

/// Type, reference parameter, and the parameters at its other end.
const CHAINS: [(&str, &str, &str); 27] = [
    ("Endpoint", "organization", "name address partof type"),
    ("HealthcareService", "location", "address address-postalcode address-city address-state organization type"),
    ("HealthcareService", "organization", "name address partof type"),
    ("HealthcareService", "endpoint", "organization"),
    ("InsurancePlan", "administered-by", "name partof"),
    ("InsurancePlan", "owned-by", "name partof"),
    ("Location", "partof", "type address organization"),
    ("Location", "organization", "name address partof type"),
    ("Location", "endpoint", "organization"),
    ("Organization", "partof", "name address type"),
    ("Organization", "endpoint", "organization"),
    ("OrganizationAffiliation", "primary-organization", "type address name partof"),
    ("OrganizationAffiliation", "participating-organization", "type address name partof"),
    ("OrganizationAffiliation", "location", "address address-postalcode address-city address-state organization type"),
    ("OrganizationAffiliation", "service", "service-category organization location"),
    ("OrganizationAffiliation", "network", "name partof"),
    ("OrganizationAffiliation", "endpoint", "organization"),
    ("PractitionerRole", "practitioner", "name identifier"),
    ("PractitionerRole", "organization", "name address partof type"),
    ("PractitionerRole", "location", "address address-postalcode address-city address-state near organization type"),
    ("PractitionerRole", "service", "service-category organization location"),
    ("PractitionerRole", "network", "name partof address type"),
    ("PractitionerRole", "endpoint", "organization"),
    // Two deep.
    ("PractitionerRole", "service.location", "address-city"),
    ("OrganizationAffiliation", "service.organization", "name"),
    ("HealthcareService", "location.organization", "partof"),
    ("PractitionerRole", "organization.partof", "name"),
];

const REVERSE_CHAINS: [(&str, &str); 5] = [
    (
        "Practitioner",
        "PractitionerRole:practitioner:location PractitionerRole:practitioner:network \
         PractitionerRole:practitioner:specialty PractitionerRole:practitioner:role",
    ),
    (
        "Organization",
        "OrganizationAffiliation:participating-organization:location \
         OrganizationAffiliation:participating-organization:network \
         OrganizationAffiliation:participating-organization:specialty PractitionerRole:network:location",
    ),
    ("Organization", "InsurancePlan:owned-by:coverage-area"),
    ("Location", "InsurancePlan:coverage-area:owned-by"),
    ("HealthcareService", "OrganizationAffiliation:service:network"),
];

/// Calls `check` with every offered type of every program and each word of its rows.
fn each<'t>(rows: impl Iterator<Item = (&'t str, &'t str)>, check: impl Fn(&Program, &Resource, &str) -> bool) {
    let rows: Vec<_> = rows.collect();
    for id in ["oph-ca", "idaho"] {
        let program = program(id);
        for (kind, words) in &rows {
            let Some(resource) = program.resource(kind) else { continue };
            for word in words.split_whitespace() {
                assert!(check(&program, resource, word), "{id}: {kind} {word}");
            }
        }
    }
}

/// Whether the program offers the type that the text begins with.
fn offers(program: &Program, text: &str) -> bool {
    text.split(':').next().is_some_and(|kind| program.resource(kind).is_some())
}

#[test]
fn what_the_guides_include_is_included() {
    each(INCLUDES.into_iter(), |_, resource, code| {
        resource.include(&format!("{}:{code}", resource.kind)).is_some_and(|include| include.applies)
    });
    each(REV_INCLUDES.into_iter(), |program, resource, text| {
        !offers(program, text) || resource.rev_include(text).is_some_and(|include| include.applies)
    });
}

#[test]
fn what_the_guides_chain_is_chained() {
    for (kind, reference, ends) in CHAINS {
        each([(kind, ends)].into_iter(), |program, resource, end| {
            program.search(&resource.kind, &format!("{reference}.{end}")).is_some()
        });
    }
    each(REVERSE_CHAINS.into_iter(), |program, resource, text| {
        !offers(program, text) || resource.reverse_chain(text).is_some()
    });
}

#[test]
fn a_guide_is_instantiated_only_where_it_is_whole() {
    let whole = |id: &str| {
        let program = program(id);
        let statements = program.guides.iter().filter_map(|guide| guide.capability_statement.clone());
        statements.filter(|url| program.is_whole(url)).collect::<Vec<_>>()
    };
    let carin = "http://hl7.org/fhir/us/carin-bb/CapabilityStatement/c4bb";
    let plan_net = "http://hl7.org/fhir/us/davinci-pdex-plan-net/CapabilityStatement/plan-net";
    let core = "http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server";
    assert_eq!(whole("oph-ca"), [carin, plan_net]);
    assert_eq!(whole("idaho"), [carin]);
    let idaho = program("idaho");
    assert!(idaho.lacks(plan_net).unwrap().contains(&"InsurancePlan".to_owned()));
    let lacks = idaho.lacks(core).unwrap();
    assert!(
        lacks.contains(&"AllergyIntolerance".to_owned()) && !lacks.contains(&"Patient?name".to_owned()),
        "{lacks:?}"
    );
    assert_eq!(idaho.lacks("http://example.org/CapabilityStatement/unknown"), None);
    assert!(!idaho.is_whole("http://example.org/CapabilityStatement/unknown"));
}
