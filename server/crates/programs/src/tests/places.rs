//! Where programs answer.

use url::Url;

use crate::{Programs, surface::Surface};

fn surfaces(public_url: &str) -> Vec<Surface> {
    Programs::embedded().unwrap().surfaces(&Url::parse(public_url).unwrap())
}

#[test]
fn both_programs_answer_by_path_and_by_host() {
    let found = surfaces("http://127.0.0.1:3000");
    let shown: Vec<String> = found.iter().map(|s| format!("{:?} {} = {}", s.kind, s.base(), s.path)).collect();
    let expect = [
        "Authz http://127.0.0.1:3000/authz/idaho = /authz/idaho",
        "Authz http://authz.idaho.localhost:3000 = /authz/idaho",
        "Fhir http://127.0.0.1:3000/fhir/idaho/R4 = /fhir/idaho/R4",
        "Fhir http://fhir.idaho.localhost:3000/R4 = /fhir/idaho/R4",
        "Public http://127.0.0.1:3000/fhirpublic/idaho/R4 = /fhirpublic/idaho/R4",
        "Public http://public.fhir.idaho.localhost:3000/R4 = /fhirpublic/idaho/R4",
        "Authz http://127.0.0.1:3000/authz/idaho/sandbox = /authz/idaho/sandbox",
        "Authz http://authz.sandbox.localhost:3000 = /authz/idaho/sandbox",
        "Authz http://sandbox.authz.idaho.localhost:3000 = /authz/idaho/sandbox",
        "Fhir http://127.0.0.1:3000/fhir/idaho/sandbox/R4 = /fhir/idaho/sandbox/R4",
        "Fhir http://fhir.sandbox.localhost:3000/R4 = /fhir/idaho/sandbox/R4",
        "Fhir http://sandbox.fhir.idaho.localhost:3000/R4 = /fhir/idaho/sandbox/R4",
        "Authz http://127.0.0.1:3000/authz/oph/ca = /authz/oph/ca",
        "Fhir http://127.0.0.1:3000/fhir/oph/ca/R4 = /fhir/oph/ca/R4",
        "Public http://127.0.0.1:3000/fhirpublic/oph/ca/R4 = /fhirpublic/oph/ca/R4",
    ];
    assert_eq!(shown, expect);
}

#[test]
fn hosts_follow_the_domain_of_the_deployment() {
    let found = surfaces("https://flex.example.org");
    let host = found.iter().find_map(|surface| surface.host.as_deref().zip(Some(surface.host_path.as_str())));
    assert_eq!(host, Some(("authz.idaho.flex.example.org", "")));
    let under =
        Programs::embedded().unwrap().surfaces_under(&Url::parse("https://flex.example.org").unwrap(), "example.com");
    assert!(under.iter().any(|surface| surface.base() == "https://fhir.sandbox.example.com/R4"));
}

#[test]
fn the_base_decides_the_environment_for_idaho_and_the_client_for_ca() {
    let found = surfaces("http://127.0.0.1:3000");
    let environment = |path: &str| found.iter().find(|surface| surface.path == path).unwrap().environment();
    use model::partition::Environment::{Production, Sandbox};
    assert_eq!(environment("/authz/idaho"), Some(Production));
    assert_eq!(environment("/fhir/idaho/sandbox/R4"), Some(Sandbox));
    assert_eq!(environment("/authz/oph/ca"), None);
    assert_eq!(environment("/fhirpublic/oph/ca/R4"), Some(Production));
}
