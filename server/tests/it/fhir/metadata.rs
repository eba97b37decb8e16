//! The CapabilityStatement.

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::oauth::site::Site;

async fn statement(site: &Site, path: &str) -> Value {
    let reply = site.send(Method::GET, path, &[("origin", "https://app.example")], "").await;
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    assert_eq!(reply.header("access-control-allow-origin"), "*", "{path}");
    reply.json()
}

fn resource<'a>(statement: &'a Value, kind: &str) -> Option<&'a Value> {
    statement["rest"][0]["resource"].as_array()?.iter().find(|resource| resource["type"] == kind)
}

#[tokio::test]
async fn every_base_describes_itself_to_anybody() {
    let site = Site::new().await;
    for base in
        ["/fhir/oph/ca/R4", "/fhirpublic/oph/ca/R4", "/fhir/idaho/R4", "/fhirpublic/idaho/R4", "/fhir/idaho/sandbox/R4"]
    {
        let statement = statement(&site, &format!("{base}/metadata")).await;
        assert_eq!(statement["fhirVersion"], "4.0.1");
        assert_eq!(statement["implementation"]["url"], format!("http://127.0.0.1:3000{base}"));
        assert!(statement["date"].is_string() && statement["status"] == "active" && statement["kind"] == "instance");
        let is_public = base.starts_with("/fhirpublic");
        assert_eq!(resource(&statement, "Patient").is_none(), is_public, "{base}");
        assert_eq!(statement["rest"][0]["security"].is_null(), is_public, "{base}");
        let text = statement.to_string();
        assert!(text.contains("plannet-InsurancePlan") == base.contains("/ca/"), "{base}");
        // Idaho offers no InsurancePlan, so it does not meet the whole guide.
        assert_eq!(text.contains("CapabilityStatement/plan-net"), base.contains("/ca/"), "{base}");
    }
}

#[tokio::test]
async fn addresses_are_those_of_smart_discovery() {
    let site = Site::new().await;
    let statement = statement(&site, "/fhir/idaho/sandbox/R4/metadata").await;
    let smart = site.get("/fhir/idaho/sandbox/R4/.well-known/smart-configuration").await.json();
    let security = &statement["rest"][0]["security"];
    assert_eq!(security["service"][0]["coding"][0]["code"], "SMART-on-FHIR");
    let uris = security["extension"][0]["extension"].as_array().unwrap();
    let uri =
        |name: &str| uris.iter().find(|uri| uri["url"] == name).map_or(Value::Null, |uri| uri["valueUri"].clone());
    for (name, endpoint) in [
        ("authorize", "authorization_endpoint"),
        ("token", "token_endpoint"),
        ("introspect", "introspection_endpoint"),
        ("revoke", "revocation_endpoint"),
        ("manage", "management_endpoint"),
        ("register", "registration_endpoint"),
    ] {
        assert_eq!(uri(name), smart[endpoint], "{name}");
    }
}

#[tokio::test]
async fn it_says_what_search_does() {
    let site = Site::new().await;
    let statement = statement(&site, "/fhirpublic/oph/ca/metadata").await;
    assert_eq!(statement["url"], "http://127.0.0.1:3000/fhirpublic/oph/ca/R4/metadata");
    let affiliation = resource(&statement, "OrganizationAffiliation").unwrap();
    let parameters = affiliation["searchParam"].as_array().unwrap();
    let role = parameters.iter().find(|parameter| parameter["name"] == "role").unwrap();
    assert_eq!((&role["type"], &role["documentation"]), (&"token".into(), &"Required.".into()));
    assert!(parameters.iter().all(|parameter| parameter["name"] != "_count"));
    for parameter in parameters {
        let name = parameter["name"].as_str().unwrap();
        let path = format!("/fhirpublic/oph/ca/R4/OrganizationAffiliation?role=x&{name}:missing=true");
        let reply = site.get(&path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
    }
}

#[tokio::test]
async fn every_base_has_an_openapi_document_whose_searches_answer() {
    let site = Site::new().await;
    for base in ["/fhir/oph/ca/R4", "/fhirpublic/oph/ca/R4", "/fhir/idaho/sandbox/R4", "/fhirpublic/idaho/R4"] {
        let path = format!("{base}/openapi.json");
        let reply = site.send(Method::GET, &path, &[("origin", "https://app.example")], "").await;
        assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "application/json"), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{path}");
        let document = reply.json();
        assert_eq!(document["servers"][0]["url"], format!("http://127.0.0.1:3000{base}"));
        let said = statement(&site, &format!("{base}/metadata")).await["rest"][0]["documentation"].to_string();
        assert!(said.contains(&path), "{said}");
        let is_public = base.starts_with("/fhirpublic");
        assert_eq!(document["paths"]["/Patient"].is_null(), is_public, "{base}");
        for (path, item) in document["paths"].as_object().unwrap() {
            let required = item["get"]["parameters"].as_array().into_iter().flatten();
            let required: Vec<String> = required
                .filter(|parameter| parameter["required"] == true && parameter["in"] == "query")
                .map(|parameter| format!("{}=x", parameter["name"].as_str().unwrap()))
                .collect();
            if !path.contains('{') && !item["get"].is_null() {
                let reply = site.get(&format!("{base}{path}?{}", required.join("&"))).await;
                let expect = if is_public || path == "/metadata" { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
                assert_eq!(reply.status, expect, "{base}{path}");
            }
        }
    }
}

#[tokio::test]
async fn a_host_of_its_own_serves_the_same() {
    let site = Site::new().await;
    let reply = site.send_to("fhir.sandbox.localhost:3000", Method::GET, "/R4/metadata", &[], "").await;
    assert_eq!(reply.json()["implementation"]["url"], "http://fhir.sandbox.localhost:3000/R4");
}
