//! Every address below a base is answered in FHIR's format, and pages may read the answer like any other.

use axum::http::{Method, StatusCode};

use super::{
    data,
    world::{get_as, load, on_each_database, token},
};
use crate::oauth::site::Site;

const PUBLIC: &str = "/fhirpublic/idaho/R4";
const FHIR: &str = "/fhir/idaho/sandbox/R4";

#[tokio::test]
async fn no_address_below_a_base_is_answered_with_a_page() {
    let site = Site::new().await;
    load(&site, "idaho", &data::directory()).await;
    let methods =
        [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    for base in [PUBLIC, FHIR, "/fhir/oph/ca/R4", "/fhirpublic/oph/ca/R4", "/fhir/idaho/R4"] {
        for path in [
            "",
            "/",
            "//",
            "/?_type=Patient",
            "/_history",
            "/_search",
            "/$export",
            "/$export/",
            "/Basic",
            "/Basic/",
            "/Basic/1",
            "/patient/1",
            "//Practitioner",
            "/Practitioner//",
            "/Practitioner//1",
            "/Practitioner/smith//",
            "/Practitioner/smith/$everything",
            "/Practitioner/smith/_history/",
            "/Practitioner/smith/_history/1/2",
            "/Practitioner/$validate",
            "/Practitioner%2Fsmith",
            "/Practitioner/smith%2F_history%2F1",
            "/%2e%2e/%2e%2e/signin",
            "/..",
            "/../signin",
            "/%ff",
            "/Practitioner/%00",
            "/metadata/x",
            "/.well-known/x",
            "/.well-known/smart-configuration/x",
            "/signin",
            "/index.html",
            "/a/b/c/d/e/f/g",
        ] {
            for method in &methods {
                let headers = [("accept", "text/html"), ("origin", "https://app.example")];
                let reply = site.send(method.clone(), &format!("{base}{path}"), &headers[1..], "").await;
                let asked = format!("{method} {base}{path}: {} {}", reply.status, reply.body);
                assert!(reply.status.is_client_error(), "{asked}");
                assert_eq!(reply.header("content-type"), "application/fhir+json; charset=utf-8", "{asked}");
                if *method != Method::HEAD {
                    assert_eq!(reply.json()["resourceType"], "OperationOutcome", "{asked}");
                }
                assert_eq!(reply.header("access-control-allow-origin"), "*", "{asked}");
            }
            let preflight = [("origin", "https://app.example"), ("access-control-request-method", "GET")];
            let reply = site.send(Method::OPTIONS, &format!("{base}{path}"), &preflight, "").await;
            assert_eq!(reply.status, StatusCode::NO_CONTENT, "{base}{path}");
            assert_eq!(reply.header("access-control-allow-origin"), "*", "{base}{path}");
        }
    }
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let reply = site.send(method, &format!("{FHIR}/.well-known/smart-configuration"), &[], "").await;
        assert_eq!((reply.status.as_u16(), reply.header("access-control-allow-origin")), (405, "*"));
        assert_eq!(reply.json()["resourceType"], "OperationOutcome");
    }
    // A path beside a base is not part of it.
    for path in ["/fhir", "/fhir/idaho/R4x", "/fhirpublic/idaho"] {
        assert!(site.get(path).await.header("content-type").starts_with("text/html"), "{path}");
    }
}

#[tokio::test]
async fn a_slash_at_the_end_changes_nothing() {
    on_each_database(async |site| {
        load(site, "idaho", &[data::directory(), data::member("123", "123")].concat()).await;
        for path in ["metadata", "Practitioner", "Practitioner/smith", "Practitioner/smith/_history/1"] {
            let (one, other) =
                (site.get(&format!("{PUBLIC}/{path}")).await, site.get(&format!("{PUBLIC}/{path}/")).await);
            assert_eq!((one.status, &one.body), (StatusCode::OK, &other.body), "{path}");
        }
        let queried = site.get(&format!("{PUBLIC}/Practitioner/?_id=smith")).await.json();
        assert_eq!((&queried["total"], &queried["entry"][0]["resource"]["id"]), (&1.into(), &"smith".into()));
        let form = site.post(&format!("{PUBLIC}/Practitioner/_search/"), &[], &[("_id", "smith")]).await.json();
        assert_eq!(form["total"], 1);
        assert_eq!(site.get(&format!("{FHIR}/Coverage/")).await.status, StatusCode::UNAUTHORIZED);
        let token = token(site, "idaho", "/authz/idaho/sandbox", "123", "patient/Coverage.read").await;
        assert_eq!(get_as(site, &token, &format!("{FHIR}/Coverage/123/")).await.status, StatusCode::OK);
        assert_eq!(get_as(site, &token, &format!("{FHIR}/Patient/123/")).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
