//! Which pages of other sites may read an answer: any page may read what we say before we know the caller, whatever
//! part of the server says it.

use std::{future::pending, io, time::Duration};

use axum::{
    Extension, Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode},
};
use futures::stream;
use server::{middleware::cors::Readers, router};
use tower::ServiceExt;

use super::site::{MAIN, Site, encoded, request};
use crate::portals::network::{send_from, serve};

const PAGE: (&str, &str) = ("origin", "https://acme.example");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const TOKEN: &str = "/authz/oph/ca/oauth/token";
const OWN: &str = "/fhir/oph/ca/R4";
const PUBLIC: &str = "/fhirpublic/oph/ca/R4";

/// Who may read it, and whether they may read when to come back.
fn readers(headers: &HeaderMap) -> (&str, bool) {
    let text = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
    let exposed: Vec<&str> = text("access-control-expose-headers").split(", ").collect();
    (text("access-control-allow-origin"), exposed.contains(&"retry-after") && exposed.contains(&"x-request-id"))
}

#[tokio::test]
async fn what_is_refused_before_anybody_is_known_any_page_may_read() {
    let site = Site::new().await;
    let (long, large) = (format!("{PUBLIC}/Practitioner?name={}", "a".repeat(20_000)), "a=b&".repeat(100_000));
    let (own_search, public_search) = (format!("{OWN}/Patient/_search"), format!("{PUBLIC}/Practitioner/_search"));
    for (method, path, headers, body, status) in [
        (Method::GET, "/authz/oph/ca/oauth/nothing", vec![], "", 404),
        (Method::GET, &*format!("{OWN}//Patient"), vec![], "", 401),
        (Method::GET, &format!("{PUBLIC}/a/b/c/d/e"), vec![], "", 404),
        (Method::GET, TOKEN, vec![], "", 405),
        (Method::DELETE, "/authz/oph/ca/oauth/jwks", vec![], "", 405),
        (Method::PUT, "/authz/oph/ca/.well-known/openid-configuration", vec![], "", 405),
        (Method::PUT, &format!("{OWN}/Patient/1"), vec![], "", 405),
        (Method::POST, &format!("{OWN}/metadata"), vec![], "", 405),
        (Method::PATCH, &format!("{PUBLIC}/Practitioner"), vec![], "", 405),
        (Method::POST, TOKEN, vec![("content-type", "application/json")], "{}", 400),
        (Method::POST, TOKEN, vec![FORM], &large, 413),
        (Method::POST, "/authz/oph/ca/oauth/par", vec![FORM], &large, 413),
        (Method::POST, "/authz/oph/ca/oauth/introspect", vec![FORM], "token=x", 401),
        (Method::POST, &public_search, vec![FORM], &large, 413),
        (Method::POST, &public_search, vec![("content-type", "text/plain")], "a=b", 415),
        (Method::POST, &own_search, vec![FORM], "name=a", 401),
        (Method::GET, &long, vec![], "", 414),
        (Method::GET, &format!("{PUBLIC}/Practitioner?name=%ff"), vec![], "", 400),
        (Method::GET, &format!("{PUBLIC}/Practitioner/%ff"), vec![], "", 404),
        (Method::GET, &format!("{OWN}/metadata?_format=xml"), vec![], "", 406),
        (Method::GET, &format!("{OWN}/Patient/1"), vec![("authorization", "Bearer x")], "", 401),
        (Method::GET, "/authz/oph/ca/oauth/userinfo", vec![], "", 401),
    ] {
        let reply = site.send(method.clone(), path, &[&headers[..], &[PAGE]].concat(), body).await;
        assert_eq!(reply.status.as_u16(), status, "{method} {path:.80}: {:.200}", reply.body);
        assert_eq!(readers(&reply.headers), ("*", true), "{method} {path:.80}");
    }
    for path in [TOKEN, "/authz/oph/ca/oauth/par", &public_search] {
        let cut = stream::iter([Ok("a="), Err(io::Error::from(io::ErrorKind::TimedOut))]);
        let request = Request::post(path).header("host", MAIN).header(FORM.0, FORM.1).header(PAGE.0, PAGE.1);
        let reply = site.answer(request.body(Body::from_stream(cut)).unwrap()).await;
        assert_eq!((reply.status.as_u16(), readers(&reply.headers)), (408, ("*", true)), "{path}");
    }
}

#[tokio::test]
async fn pages_of_our_own_are_for_no_other_site() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let authorize = "/authz/oph/ca/oauth/authorize";
    for path in
        ["/", "/signin", "/nothing", "/livez", authorize, "/authz/oph/ca/university-of-california/oauth/authorize"]
    {
        let path = format!("{path}?{}", encoded(&request(&app, "patient/Patient.read")));
        for method in [Method::GET, Method::POST, Method::OPTIONS] {
            let headers = [PAGE, ("access-control-request-method", "POST")];
            let reply = site.send(method.clone(), &path, &headers, "").await;
            assert_eq!(readers(&reply.headers), ("", false), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_network_that_calls_too_often_can_read_when_to_come_back() {
    let site = Site::limited(1, 0).await;
    let server = serve(&site).await;
    for (from, path) in [
        ("127.0.0.2:0", TOKEN),
        ("127.0.0.3:0", &*format!("{OWN}/Patient")),
        ("127.0.0.4:0", &format!("{PUBLIC}/Location")),
    ] {
        let ask = || async { send_from(from, server, &format!("POST {path}"), "").await };
        ask().await;
        let refused = ask().await;
        assert!(refused.starts_with("HTTP/1.1 429 "), "{path}: {refused}");
        for header in ["access-control-allow-origin: *\r\n", "retry-after: 60\r\n", "ratelimit-reset, retry-after, "] {
            assert!(refused.contains(header), "{path}: {refused}");
        }
        let preflight = format!(
            "OPTIONS {path} HTTP/1.1\r\norigin: https://acme.example\r\naccess-control-request-method: POST\r\nx-y:"
        );
        let asked = send_from(from, server, &preflight, "").await;
        assert!(asked.starts_with("HTTP/1.1 204 "), "a preflight does not count as a call: {asked}");
    }
}

/// A defect, and an answer that times out, behind every layer; for a known app and for an unknown caller.
#[tokio::test]
async fn defects_and_answers_that_do_not_come_are_readable_too() {
    let site = Site::new().await;
    let note = |readers: &Readers, headers: &HeaderMap| {
        if headers.contains_key("authorization") {
            readers.admit("https://acme.example/callback");
        }
    };
    let defect = async move |Extension(readers): Extension<Readers>, headers: HeaderMap| -> StatusCode {
        note(&readers, &headers);
        panic!("a defect")
    };
    let stuck = async move |Extension(readers): Extension<Readers>, headers: HeaderMap| -> StatusCode {
        note(&readers, &headers);
        pending().await
    };
    for (routes, status, retry_after) in
        [(Router::new().fallback(defect), 500, None), (Router::new().fallback(stuck), 503, Some("5"))]
    {
        let service = router::layered(&site.state, routes, Duration::from_millis(10));
        for (path, form) in [(TOKEN, "\"error\":"), (&*format!("{OWN}/Patient/1"), "\"OperationOutcome\"")] {
            for (known, origin, expect) in [
                (false, "https://acme.example", ("*", true)),
                (true, "https://acme.example", ("https://acme.example", true)),
                (true, "https://evil.example", ("", false)),
            ] {
                let mut request = Request::get(path).header("host", MAIN).header("origin", origin);
                if known {
                    request = request.header("authorization", "Bearer x");
                }
                let reply = service.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
                let headers = reply.headers();
                assert_eq!((reply.status().as_u16(), readers(headers)), (status, expect), "{path} {known} {origin}");
                assert_eq!(headers.get("retry-after").map(|value| value.to_str().unwrap()), retry_after, "{path}");
                let body = axum::body::to_bytes(reply.into_body(), 1000).await.unwrap();
                assert!(String::from_utf8_lossy(&body).contains(form), "{path}: {body:?}");
            }
        }
    }
}
