//! The chapters about limits, CORS and discovery say what the server does.

use axum::http::Method;

use crate::oauth::site::Site;

#[tokio::test]
async fn the_limits_are_those_of_the_settings() {
    let site = Site::limited(1234, 567).await;
    let page = site.get("/docs/idaho/limits").await;
    assert!(page.body.contains("567 calls a minute") && page.body.contains("1234 calls a minute"));
    assert_eq!(page.header("ratelimit-limit"), "");
    let unlimited = Site::limited(0, 0).await;
    assert!(unlimited.get("/docs/idaho/limits").await.body.contains("No limit"));
}

#[tokio::test]
async fn the_headers_that_pages_may_read_are_those_that_the_server_sends() {
    let site = Site::new().await;
    let reply = site.get("/fhirpublic/idaho/R4/metadata").await;
    let exposed = reply.header("access-control-expose-headers").to_owned();
    assert!(exposed.contains("retry-after"), "{exposed}");
    assert!(site.get("/docs/idaho/cors").await.body.contains(&exposed));
}

#[tokio::test]
async fn the_discovery_documents_are_those_that_the_server_answers() {
    let site = Site::new().await;
    let page = site.get("/docs/idaho/discovery").await.body;
    let page = html_escape::decode_html_entities(&page);
    for path in [
        "/authz/idaho/sandbox/.well-known/openid-configuration",
        "/fhir/idaho/sandbox/R4/.well-known/smart-configuration",
    ] {
        assert!(page.contains(path), "{path}");
        let document = serde_json::to_string_pretty(&site.get(path).await.json()).unwrap();
        // The page has the members in the order in which the server writes them.
        for line in document.lines().filter(|line| line.contains("http")) {
            assert!(page.contains(line.trim().trim_end_matches(',')), "{line}");
        }
    }
    let addresses = page.split("href=\"http://127.0.0.1:3000").skip(1).map(|rest| rest.split('"').next().unwrap());
    let mut count = 0;
    for address in addresses {
        assert_eq!(site.send(Method::GET, address, &[], "").await.status, 200, "{address}");
        count += 1;
    }
    assert!(8 < count, "{count}");
}
