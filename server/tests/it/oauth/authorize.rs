//! `/oauth/authorize` over HTTP.

use axum::http::{Method, StatusCode};
use store::sql;

use super::site::{CALLBACK, Site, encoded, query, request};

const AUTHORIZE: &str = "/authz/oph/ca/oauth/authorize";
const SCOPE: &str = "patient/Patient.read";

#[tokio::test]
async fn a_good_request_leads_to_the_consent_pages_of_the_same_host() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;

    let reply = site.get(&format!("{AUTHORIZE}?{}", encoded(&request(&app, SCOPE)))).await;

    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    assert!(reply.header("location").starts_with("/consent/"), "{}", reply.header("location"));
    assert_eq!(reply.header("cache-control"), "no-store");
    let cookie = reply.header("set-cookie");
    for part in ["flex_flow=", "; Path=/", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[tokio::test]
async fn a_second_request_keeps_the_browsers_cookie() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let path = format!("{AUTHORIZE}?{}", encoded(&request(&app, SCOPE)));
    let first = site.get(&path).await;
    let cookie = first.header("set-cookie").split(';').next().unwrap();

    let second = site.send(Method::GET, &path, &[("cookie", cookie)], "").await;

    assert!(second.header("set-cookie").starts_with(cookie));
    assert_ne!(second.header("location"), first.header("location"));
}

#[tokio::test]
async fn a_mistake_before_the_address_is_known_is_a_page_that_repeats_nothing() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let hostile = "<script>alert(1)</script>";
    for parameters in [
        vec![("client_id", hostile), ("redirect_uri", hostile)],
        vec![("client_id", app.id.as_str()), ("redirect_uri", "https://evil.example/\"><script>")],
        vec![("client_id", app.id.as_str()), ("redirect_uri", CALLBACK), ("client_secret", app.secret.as_str())],
        vec![],
    ] {
        let reply = site.get(&format!("{AUTHORIZE}?{}", encoded(&parameters))).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
        assert!(reply.header("content-type").starts_with("text/html"));
        assert!(reply.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert_eq!(reply.header("location"), "");
        assert!(!reply.body.contains("alert(1)") && !reply.body.contains("evil.example"), "{}", reply.body);
        assert!(!reply.body.contains(&app.secret));
    }
}

#[tokio::test]
async fn other_mistakes_go_back_with_303_by_query_and_by_form() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let wrong = request(&app, "patient/*.read");

    let by_query = site.get(&format!("{AUTHORIZE}?{}", encoded(&wrong))).await;
    let by_form = site.post(AUTHORIZE, &[], &wrong).await;

    for reply in [by_query, by_form] {
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "never 307, which would repeat the form");
        let answer = query(reply.header("location"));
        assert_eq!((answer["error"].as_str(), answer["state"].as_str()), ("invalid_scope", "1234zyx"));
        assert_eq!(answer["iss"], "http://127.0.0.1:3000/authz/oph/ca");
        assert_eq!(reply.header("set-cookie"), "");
    }
}

#[tokio::test]
async fn errors_of_an_app_whose_vendor_is_not_trusted_are_a_page_with_the_way_back() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let mut ctx = site.state.services.store.write().await.unwrap();
    let set = sql("UPDATE application SET error_page = $1 WHERE client_id = $2").bind(true).bind(app.id.clone());
    set.execute(&mut ctx.tx).await.unwrap();
    ctx.commit().await.unwrap();
    let wrong = request(&app, "patient/*.read");

    let by_query = site.get(&format!("{AUTHORIZE}?{}", encoded(&wrong))).await;
    let by_form = site.post(AUTHORIZE, &[], &wrong).await;

    for reply in [by_query, by_form] {
        assert_eq!((reply.status, reply.header("location")), (StatusCode::BAD_REQUEST, ""));
        assert!(reply.body.contains("Do you want to go back to this app?"), "{}", reply.body);
        assert!(reply.body.contains("<code class=\"breakable\">acme.example</code>"), "{}", reply.body);
        assert!(reply.body.contains("error=invalid_scope&amp;"), "{}", reply.body);
    }
}

#[tokio::test]
async fn the_issuer_is_the_configured_base_whatever_the_host_header_says() {
    let site = Site::new().await;
    let app = site.app("idaho").await;
    let wrong = encoded(&request(&app, "nonsense"));
    for (host, path, issuer) in [
        ("authz.sandbox.localhost:3000", "/oauth/authorize", "http://authz.sandbox.localhost:3000"),
        ("evil.example", "/authz/idaho/sandbox/oauth/authorize", "http://127.0.0.1:3000/authz/idaho/sandbox"),
    ] {
        let headers = [("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example;proto=https")];
        let reply = site.send_to(host, Method::GET, &format!("{path}?{wrong}"), &headers, "").await;
        assert_eq!(query(reply.header("location"))["iss"], issuer);
    }
}
