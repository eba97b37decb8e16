//! Apps that call too often (oauth.md §7).

use axum::http::{Method, StatusCode};

use super::site::{App, Reply, Site};

const TOKEN: &str = "/authz/oph/ca/oauth/token";

#[tokio::test]
async fn an_app_that_calls_too_often_waits_and_no_other() {
    let site = Site::limited(0, 2).await;
    let (busy, calm) = (site.app("oph-ca").await, site.app("oph-ca").await);

    let token = token(&site, &busy).await.json()["access_token"].as_str().unwrap().to_owned();
    let read = async || {
        let bearer = format!("Bearer {token}");
        site.send(Method::GET, "/fhir/oph/ca/R4/Practitioner/x", &[("authorization", &bearer)], "").await
    };
    assert_eq!(read().await.status, StatusCode::NOT_FOUND);

    let refused = read().await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "tokens and reads count together");
    assert_eq!(refused.json()["issue"][0]["code"], "throttled");
    assert_eq!((refused.header("ratelimit-limit"), refused.header("ratelimit-remaining")), ("2", "0"));
    assert_eq!((refused.header("retry-after"), refused.header("ratelimit-reset")), ("30", "30"));

    let refused = self::token(&site, &busy).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.json()["error"], "temporarily_unavailable");
    assert!(refused.json()["error_description"].as_str().unwrap().starts_with("rate_limited: "));
    assert_eq!(refused.header("cache-control"), "no-store");

    assert_eq!(self::token(&site, &calm).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nobody_uses_up_the_calls_of_an_app_without_its_secret() {
    let site = Site::limited(0, 1).await;
    let app = site.app("oph-ca").await;
    let stranger = App { id: app.id.clone(), secret: "wrong".to_owned(), partition: app.partition.clone() };
    for _ in 0..5 {
        assert_eq!(token(&site, &stranger).await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(token(&site, &app).await.status, StatusCode::OK);
}

async fn token(site: &Site, app: &App) -> Reply {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", &app.id),
        ("client_secret", &app.secret),
        ("scope", "public/Practitioner.read"),
    ];
    site.post(TOKEN, &[], &form).await
}
