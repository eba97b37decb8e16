//! How search finds what it is asked for.

use super::program;
use model::{
    id::PayerId,
    partition::{Environment, Partition, ProgramId},
};

use crate::{
    NoSuchProvider, Programs,
    definitions::{Definition, ParameterKind},
    path::{Datatype, parse},
};

#[test]
fn parameters_are_found_in_every_spelling_of_the_documents() {
    let check = |id, kind, name, expect: Option<&str>| {
        let program = program(id);
        let found = program.resource(kind).unwrap().parameter(name).map(|parameter| parameter.code.as_str());
        assert_eq!(found, expect, "{id} {kind} {name}");
    };
    check("oph-ca", "Location", "_lastupdated", Some("_lastUpdated"));
    check("oph-ca", "Location", "_lastUpdated", Some("_lastUpdated"));
    check("oph-ca", "InsurancePlan", "Identifier", Some("identifier"));
    check("oph-ca", "Organization", "profile", Some("_profile"));
    check("oph-ca", "Organization", "_profile", Some("_profile"));
    check("idaho", "Organization", "_profile", None);
    check("idaho", "Patient", "_revInclude", Some("_revinclude"));
    check("idaho", "Location", "Address-City", Some("address-city"));
    check("idaho", "HealthcareService", "service-type", None);
    check("idaho", "PractitionerRole", "location.address-state", Some("location.address-state"));
    check("idaho", "Provenance", "target", None);
}

#[test]
fn chains_lead_through_their_references() {
    let check = |id, kind, name, expect: Option<&str>| {
        let search = program(id).search(kind, name);
        let way = search.map(|search| {
            let links = search.links.iter().map(|link| format!("{} -> {}.", link.reference.code, link.to));
            links.chain([search.definition.code.clone()]).collect::<String>()
        });
        assert_eq!(way.as_deref(), expect, "{id} {kind} {name}");
    };
    check("oph-ca", "Location", "address", Some("address"));
    check("oph-ca", "HealthcareService", "location.address-city", Some("location -> Location.address-city"));
    check("oph-ca", "InsurancePlan", "location.address-city", Some("coverage-area -> Location.address-city"));
    check("oph-ca", "OrganizationAffiliation", "near", Some("location -> Location.near"));
    check("idaho", "HealthcareService", "endpoint.organization", Some("endpoint -> Endpoint.organization"));
    let deep = "service -> HealthcareService.location -> Location.type";
    check("idaho", "PractitionerRole", "service.location", Some("service -> HealthcareService.location"));
    check("idaho", "PractitionerRole", "service.location.type", Some(deep));
    check("idaho", "PractitionerRole", "service.location.organization.name", None);
    check("idaho", "Location", "organization", None);
    check("idaho", "Patient", "organization.name", None);
}

#[test]
fn rev_includes_that_can_find_nothing_are_marked() {
    let program = program("idaho");
    let check = |kind, text, expect| {
        let include = program.resource(kind).unwrap().rev_include(text).unwrap();
        assert_eq!(include.applies, expect, "{kind} {text}");
    };
    check("Location", "PractitionerRole:location", true);
    check("Location", "ExplanationOfBenefit:patient", false);
    check("Patient", "PractitionerRole:practitioner", false);
    check("OrganizationAffiliation", "Endpoint:organization", false);
}

#[test]
fn every_definition_names_known_targets_and_places() {
    let definitions = Programs::embedded().unwrap().definitions().clone();
    let implies = |definition: &Definition| {
        definition.branches.iter().all(|branch| branch.datatype == Datatype::Code) && definition.code != "_id"
    };
    for kind in definitions.kinds() {
        for definition in definitions.of(kind) {
            let name = format!("{kind}.{}", definition.code);
            assert_eq!(definition.kind == ParameterKind::Reference, !definition.targets.is_empty(), "{name}");
            assert!(!definition.branches.is_empty(), "{name}");
            // A plain code has no system beside it.
            assert_eq!(implies(definition), definition.system.is_some(), "{name}");
        }
    }
}

#[test]
fn paths_read_and_show_themselves() {
    let check = |text: &str| {
        let shown: Vec<String> = parse(text).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(shown.join(" | "), text);
    };
    check("name.given as string");
    check("billablePeriod as Period | item.servicedDate as date");
    check("a.extension('http://example.org/x.y').extension('z').valueReference as Reference");
    for wrong in ["name", "name as Thing", "name. as string", "extension('x as string", "a b as string", " as string"] {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_payer_has_a_provider_where_the_deployment_knows_it() {
    let mut programs = Programs::embedded().unwrap();
    let mut configure = |program: &str, payer: &str| {
        let partition = Partition::new(&ProgramId::new(program), Environment::Production);
        programs.configure_provider(&partition, &PayerId::new(payer))
    };
    assert_eq!(configure("nevada", "optum-idaho"), Err(NoSuchProvider::Program));
    assert_eq!(configure("idaho", "university-of-california"), Err(NoSuchProvider::Payer));
    assert_eq!(configure("idaho", "optum-idaho"), Err(NoSuchProvider::Environment));
    assert_eq!(configure("oph-ca", "university-of-california"), Ok(()));
    let program = programs.get(&ProgramId::new("oph-ca")).unwrap();
    let has = |payer: &str, environment| program.payer(&PayerId::new(payer)).unwrap().has_provider(environment);
    assert!(has("university-of-california", Environment::Production));
    assert!(!has("university-of-california", Environment::Sandbox));
    assert!(!has("county-of-ventura", Environment::Production));
}
