//! Read-only: each address in the statement accepts its methods and no others.

use axum::http::{Method, StatusCode};
use serde_json::Value;

use crate::oauth::site::Site;

const OTHERS: [Method; 6] = [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::TRACE, Method::OPTIONS];

/// Asserts that the method is refused with the allowed ones, in FHIR's format.
async fn is_not_allowed(site: &Site, method: &Method, path: &str, allowed: &str) {
    let reply = site.send(method.clone(), path, &[], "{}").await;
    let outcome = reply.json();
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}: {}", reply.body);
    assert_eq!(reply.header("allow"), allowed, "{method} {path}");
    assert_eq!(
        (&outcome["resourceType"], &outcome["issue"][0]["code"]),
        (&"OperationOutcome".into(), &"not-supported".into())
    );
}

#[tokio::test]
async fn every_claimed_address_takes_no_other_method() {
    let site = Site::limited(u32::MAX, u32::MAX).await;
    for base in ["/fhirpublic/oph/ca/R4", "/fhirpublic/idaho/R4", "/fhir/oph/ca/R4", "/fhir/idaho/R4"] {
        let statement: Value = site.get(&format!("{base}/metadata")).await.json();
        for resource in statement["rest"][0]["resource"].as_array().unwrap() {
            let kind = resource["type"].as_str().unwrap();
            for method in OTHERS {
                is_not_allowed(&site, &method, &format!("{base}/{kind}"), "GET, HEAD").await;
                is_not_allowed(&site, &method, &format!("{base}/{kind}/1"), "GET, HEAD").await;
                is_not_allowed(&site, &method, &format!("{base}/{kind}/1/_history/1"), "GET, HEAD").await;
                if method != Method::POST {
                    is_not_allowed(&site, &method, &format!("{base}/{kind}/_search"), "POST").await;
                }
            }
            is_not_allowed(&site, &Method::GET, &format!("{base}/{kind}/_search"), "POST").await;
            for path in ["1/$everything", "1/_history", "$validate", "_history"] {
                let reply = site.get(&format!("{base}/{kind}/{path}")).await;
                let is_refused = matches!(reply.status.as_u16(), 401 | 404);
                assert!(is_refused && reply.json()["resourceType"] == "OperationOutcome", "{path}: {}", reply.body);
            }
        }
        for method in OTHERS {
            is_not_allowed(&site, &method, &format!("{base}/metadata"), "GET, HEAD").await;
        }
    }
}
