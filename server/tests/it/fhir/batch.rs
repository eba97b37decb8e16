//! Batches: reads and searches, each as if it were sent alone.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{
    data,
    world::{get_as, load, on_each_database, token},
};
use crate::oauth::site::{Reply, Site};

const PUBLIC: &str = "/fhirpublic/idaho/R4";
const FHIR: &str = "/fhir/idaho/sandbox/R4";
const JSON: (&str, &str) = ("content-type", "application/fhir+json");

fn batch(urls: &[&str]) -> String {
    let entries: Vec<Value> = urls.iter().map(|url| json!({ "request": { "method": "GET", "url": url } })).collect();
    json!({ "resourceType": "Bundle", "type": "batch", "entry": entries }).to_string()
}

async fn send(site: &Site, base: &str, token: &str, body: &str) -> Reply {
    let headers = [JSON, ("authorization", token)];
    let headers = if token.is_empty() { &headers[..1] } else { &headers[..] };
    site.send(Method::POST, base, headers, body).await
}

#[tokio::test]
async fn each_entry_is_answered_as_the_call_by_itself() {
    on_each_database(async |site| {
        let other = data::member("456", "456");
        load(site, "idaho", &[data::directory(), data::member("123", "123"), other].concat()).await;
        let scope = "patient/Patient.read patient/Coverage.read public/Practitioner.read";
        let token = token(site, "idaho", "/authz/idaho/sandbox", "123", scope).await;
        let urls = [
            "Patient/123",
            "Patient/456",
            "Coverage?patient=123",
            "Coverage?patient=456",
            "Coverage/456",
            "Coverage/123/_history/1",
            "Practitioner?name=smith",
            "Practitioner/smith",
            "Location",
            "ExplanationOfBenefit?patient=123",
            "Basic/1",
            "Patient?unlisted=1",
            "Patient/123?_format=xml",
            "Patient/123?_elements=name",
            "metadata",
            "$export",
            "Patient/123/$everything",
            "https://evil.example/R4/Patient/123",
            "../../../fhirpublic/idaho/R4/Practitioner/smith",
            "Patient%2F123",
            "",
        ];
        let reply = send(site, FHIR, &token, &batch(&urls)).await;
        assert_eq!((reply.status, reply.header("cache-control")), (StatusCode::OK, "no-store"), "{}", reply.body);
        let bundle = reply.json();
        assert_eq!(
            (&bundle["type"], bundle["entry"].as_array().unwrap().len()),
            (&"batch-response".into(), urls.len())
        );
        for (url, entry) in urls.iter().zip(bundle["entry"].as_array().unwrap()) {
            let alone = match url.starts_with("https:") || url.starts_with("..") || url.is_empty() {
                true => get_as(site, &token, &format!("{FHIR}/no/such/place")).await,
                false => get_as(site, &token, &format!("{FHIR}/{url}")).await,
            };
            assert_eq!(entry["response"]["status"].as_str().unwrap(), alone.status.to_string(), "{url}");
            let body = if alone.status.is_success() { &entry["resource"] } else { &entry["response"]["outcome"] };
            assert_eq!(*body, alone.json(), "{url}");
            assert_eq!(entry["response"]["etag"].as_str().unwrap_or_default(), alone.header("etag"), "{url}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_batch_opens_nothing_that_its_token_does_not() {
    let site = Site::new().await;
    load(&site, "idaho", &[data::directory(), data::member("123", "123"), data::member("456", "456")].concat()).await;
    let calls = batch(&["Patient/123", "Coverage/123", "Practitioner/smith"]);
    for (token, status) in [("", 401), ("Bearer x", 401)] {
        let reply = send(&site, FHIR, token, &calls).await;
        assert_eq!((reply.status.as_u16(), reply.json()["resourceType"] == "OperationOutcome"), (status, true));
    }
    let token = token(&site, "idaho", "/authz/idaho/sandbox", "456", "patient/Coverage.read").await;
    let bundle = send(&site, FHIR, &token, &calls).await.json();
    let statuses: Vec<&str> =
        bundle["entry"].as_array().unwrap().iter().map(|entry| entry["response"]["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["403 Forbidden", "404 Not Found", "403 Forbidden"]);
    assert_eq!(send(&site, "/fhir/idaho/R4", &token, &calls).await.status, StatusCode::UNAUTHORIZED);
    // A public base has no member's data for anyone.
    let public = send(&site, PUBLIC, &token, &calls).await.json();
    let status = |place: usize| public["entry"][place]["response"]["status"].as_str().unwrap()[..3].to_owned();
    assert_eq!([status(0), status(1), status(2)], ["404", "404", "200"]);
}

#[tokio::test]
async fn writes_transactions_and_what_is_no_batch_are_refused_in_fhir() {
    let site = Site::new().await;
    load(&site, "idaho", &data::directory()).await;
    let entry = |method: &str, url: &str| json!({ "request": { "method": method, "url": url }, "resource": { "resourceType": "Practitioner" } });
    let methods = ["POST", "PUT", "PATCH", "DELETE", "get", "", "TRACE"];
    let mut entries: Vec<Value> = methods.iter().map(|method| entry(method, "Practitioner/smith")).collect();
    entries.extend([json!({}), entry("HEAD", "Practitioner/smith")]);
    let body = json!({ "resourceType": "Bundle", "type": "batch", "entry": entries });
    let bundle = send(&site, PUBLIC, "", &body.to_string()).await.json();
    for (place, method) in methods.iter().enumerate() {
        let response = &bundle["entry"][place]["response"];
        assert_eq!(response["status"], "405 Method Not Allowed", "{method}");
        assert_eq!(response["outcome"]["issue"][0]["code"], "not-supported", "{method}");
    }
    assert_eq!(bundle["entry"][7]["response"]["status"], "400 Bad Request");
    assert_eq!(
        bundle["entry"][8],
        json!({ "response": { "status": "200 OK", "etag": "W/\"1\"", "lastModified": "2026-03-02T17:00:00Z" } })
    );

    let many = batch(&vec!["Practitioner/smith"; 51]);
    let transaction = batch(&["Practitioner/smith"]).replace("\"batch\"", "\"transaction\"");
    for (kind, body, status, code) in [
        (JSON.1, transaction.as_str(), 400, "not-supported"),
        (JSON.1, many.as_str(), 422, "too-costly"),
        (JSON.1, "{}", 400, "invalid"),
        (JSON.1, "", 400, "invalid"),
        (JSON.1, "{\"resourceType\":\"Patient\"}", 400, "invalid"),
        ("application/fhir+xml", "<Bundle/>", 415, "not-supported"),
        ("application/x-www-form-urlencoded", "a=b", 415, "not-supported"),
    ] {
        let reply = site.send(Method::POST, PUBLIC, &[("content-type", kind)], body).await;
        let outcome = reply.json();
        assert_eq!((reply.status.as_u16(), &outcome["issue"][0]["code"]), (status, &code.into()), "{}", reply.body);
        assert_eq!(reply.header("access-control-allow-origin"), "*");
    }
    let empty = send(&site, PUBLIC, "", r#"{"resourceType":"Bundle","type":"batch"}"#).await.json();
    assert_eq!(empty, json!({ "resourceType": "Bundle", "type": "batch-response" }));
    let statement = site.get(&format!("{PUBLIC}/metadata")).await.json();
    assert_eq!(statement["rest"][0]["interaction"][0]["code"], "batch");
}

#[tokio::test]
async fn conditions_are_each_entrys_own_and_each_entry_is_counted() {
    let site = Site::limited(u32::MAX, 5).await;
    load(&site, "idaho", &data::member("123", "123")).await;
    let token = token(&site, "idaho", "/authz/idaho/sandbox", "123", "patient/Patient.read").await;
    let known = json!({ "request": { "method": "GET", "url": "Patient/123", "ifNoneMatch": "W/\"1\"" } });
    let plain = json!({ "request": { "method": "GET", "url": "Patient/123" } });
    let mut entries = vec![known];
    entries.extend(vec![plain; 9]);
    let body = json!({ "resourceType": "Bundle", "type": "batch", "entry": entries });
    let headers = [JSON, ("authorization", token.as_str()), ("if-none-match", "W/\"1\"")];
    let bundle = site.send(Method::POST, FHIR, &headers, &body.to_string()).await.json();
    let statuses: Vec<&str> =
        bundle["entry"].as_array().unwrap().iter().map(|entry| entry["response"]["status"].as_str().unwrap()).collect();
    assert_eq!(statuses[..2], ["304 Not Modified", "200 OK"]);
    assert!(statuses.contains(&"429 Too Many Requests") && statuses.len() == 10, "{statuses:?}");
}
