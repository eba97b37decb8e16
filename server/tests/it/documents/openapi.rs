//! The OpenAPI document as a page.

use axum::http::StatusCode;

use crate::oauth::site::Site;

#[tokio::test]
async fn the_page_shows_every_operation_of_the_document() {
    let site = Site::new().await;
    for (program, choice, base) in [
        ("idaho", "", "/fhir/idaho/R4"),
        ("idaho", "?base=1", "/fhirpublic/idaho/R4"),
        ("idaho", "?base=2", "/fhir/idaho/sandbox/R4"),
        ("oph-ca", "", "/fhir/oph/ca/R4"),
    ] {
        let page = site.get(&format!("/docs/{program}/openapi{choice}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let document = site.get(&format!("{base}/openapi.json")).await.json();
        assert!(page.body.contains(&format!("http://127.0.0.1:3000{base}/openapi.json")), "{base}");
        let mut count = 0;
        for methods in document["paths"].as_object().unwrap().values() {
            for operation in methods.as_object().unwrap().values() {
                let id = operation["operationId"].as_str().unwrap();
                assert_eq!(page.body.matches(&format!("id=\"{id}\"")).count(), 1, "{base}: {id}");
                count += 1;
            }
        }
        assert!(20 < count, "{count}");
    }
}

#[tokio::test]
async fn an_unknown_choice_shows_the_first_base() {
    let site = Site::new().await;
    let first = site.get("/docs/idaho/openapi").await;
    for choice in ["99", "-1", "%3Cscript%3E", ""] {
        let page = site.get(&format!("/docs/idaho/openapi?base={choice}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("id=\"searchPatient\"") && !page.body.contains("<script>alert"), "{choice}");
        assert_eq!(page.body.matches("operation").count(), first.body.matches("operation").count());
    }
}
