//! Statuses and headers.

use axum::http::{Method, StatusCode};
use serde_json::json;

use super::{
    data,
    world::{get_as, ids, load, on_each_database, token},
};
use crate::oauth::site::{Reply, Site};

const PUBLIC: &str = "/fhirpublic/idaho/R4";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Status and issue code.
async fn refused(site: &Site, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
    let reply = site.send(method, path, headers, body).await;
    let outcome = reply.json();
    assert_eq!(outcome["resourceType"], "OperationOutcome", "{path}: {}", reply.body);
    assert_eq!(reply.header("content-type"), "application/fhir+json; charset=utf-8", "{path}");
    (reply.status.as_u16(), outcome["issue"][0]["code"].as_str().unwrap().to_owned())
}

/// Method, path, headers, body; the expected status and issue code.
type Mistake<'a> = (&'a Method, &'a str, &'a [(&'a str, &'a str)], &'a str, (u16, &'a str));

#[tokio::test]
async fn each_mistake_has_its_status_and_issue_code() {
    let site = Site::new().await;
    load(&site, "idaho", &data::directory()).await;
    let long = format!("{PUBLIC}/Practitioner?name={}", "a".repeat(20_000));
    let large = format!("name={}", "a".repeat(300_000));
    let (get, post) = (Method::GET, Method::POST);
    let xml = [("accept", "application/fhir+xml")];
    let table: [Mistake; 19] = [
        (&get, "Practitioner/no-one", &[], "", (404, "not-found")),
        (&get, "Practitioner/smith/_history/2", &[], "", (404, "not-found")),
        (&get, "Practitioner/a%20b", &[], "", (404, "not-found")),
        (&get, "Practitioner/%ff", &[], "", (404, "not-found")),
        (&get, "Basic/1", &[], "", (404, "not-supported")),
        (&get, "Patient/123", &[], "", (404, "not-supported")),
        (&get, "Practitioner/smith/$everything", &[], "", (404, "not-found")),
        (&get, "Practitioner?unlisted=1", &[], "", (400, "not-supported")),
        (&get, "Practitioner?_count=-1", &[], "", (400, "invalid")),
        (&get, "Practitioner?name=%ff", &[], "", (400, "invalid")),
        (&get, "Practitioner?name=a%00", &[], "", (400, "invalid")),
        (&get, "Practitioner?_format=xml", &[], "", (406, "not-supported")),
        (&get, "Practitioner/smith", &xml, "", (406, "not-supported")),
        (&post, "Practitioner", &[], "{}", (405, "not-supported")),
        (&Method::DELETE, "Practitioner/smith", &[], "", (405, "not-supported")),
        (&Method::PUT, "metadata", &[], "", (405, "not-supported")),
        (&get, "Practitioner/_search", &[], "", (405, "not-supported")),
        (&post, "Practitioner/_search", &[("content-type", "application/json")], "{}", (415, "not-supported")),
        (&post, "Practitioner/_search", &[FORM], &large, (413, "too-long")),
    ];
    for (method, path, headers, body, (status, code)) in table {
        let found = refused(&site, method.clone(), &format!("{PUBLIC}/{path}"), headers, body).await;
        assert_eq!(found, (status, code.to_owned()), "{method} {path}");
    }
    assert_eq!(refused(&site, Method::GET, &long, &[], "").await, (414, "too-long".to_owned()));
    let reply = site.send(Method::DELETE, &format!("{PUBLIC}/Practitioner/smith"), &[], "").await;
    assert_eq!(reply.header("allow"), "GET, HEAD");
}

#[tokio::test]
async fn too_much_is_refused_with_the_limit_that_is_published_by_get_and_post_alike() {
    let site = Site::new().await;
    load(&site, "idaho", &data::directory()).await;
    let published = site.get(&format!("{PUBLIC}/metadata")).await.json()["rest"][0]["documentation"].to_string();
    let times = |count: usize, part: &str, between: &str| vec![part; count].join(between);
    let list = |name: &str, count: usize| format!("{name}={},", times(count, "a", ","));
    let two_lists = format!("{}&{}", list("identifier", 1_000), list("identifier", 1_000));
    for (limit, told, within, beyond) in [
        (
            "20 of them conditions",
            "at most 20 conditions; this one has 21",
            times(20, "name=a", "&"),
            times(21, "name=a", "&"),
        ),
        (
            "100 parameters",
            "at most 100 parameters; this one has 101",
            times(100, "_dc=1", "&"),
            times(101, "_dc=1", "&"),
        ),
        (
            "2000 values in all lists",
            "at most 2000 values in all lists; this one has 2002",
            two_lists.clone(),
            format!("{two_lists}&identifier=a,a"),
        ),
        ("1000 ids", "1001 values; at most 1000", list("_id", 1_000), list("_id", 1_001)),
        ("100 strings", "101 values; at most 100", list("name", 100), list("name", 101)),
        ("10 values of `near`", "11 values; at most 10", list("name:contains", 10), list("name:contains", 11)),
        (
            "512 characters",
            "at most 512 characters",
            format!("name={}", "a".repeat(512)),
            format!("name={}", "a".repeat(513)),
        ),
    ] {
        assert!(published.contains(limit), "{limit}: {published}");
        for (query, status) in [(within, 200), (beyond, 422)] {
            let asked = site.get(&format!("{PUBLIC}/Practitioner?{query}")).await;
            let posted = site.send(Method::POST, &format!("{PUBLIC}/Practitioner/_search"), &[FORM], &query).await;
            for reply in [&asked, &posted] {
                assert_eq!(reply.status.as_u16(), status, "{query:.80}: {}", reply.body);
                assert_eq!(reply.body.contains(told), status == 422, "{query:.80}: {}", reply.body);
            }
            if status == 422 {
                assert_eq!(asked.body, posted.body, "{query:.80}");
                assert_eq!(asked.json()["issue"][0]["code"], "too-costly");
            }
        }
    }
    // Longer than any address may be.
    let long = format!("identifier={}", "a".repeat(131_072));
    let posted = site.send(Method::POST, &format!("{PUBLIC}/Practitioner/_search"), &[FORM], &long).await;
    assert!(published.contains("131072 bytes") && posted.body.contains("at most 131072"), "{}", posted.body);
    assert_eq!(posted.status.as_u16(), 422);
    assert!(["16384 bytes", "262144 bytes"].iter().all(|limit| published.contains(limit)), "{published}");
}

#[tokio::test]
async fn a_read_can_be_repeated_for_nothing() {
    on_each_database(async |site| {
        load(site, "idaho", &data::directory()).await;
        let path = format!("{PUBLIC}/Practitioner/smith");
        let first = site.get(&path).await;
        assert_eq!(first.header("etag"), "W/\"1\"");
        assert_eq!(first.header("last-modified"), "Mon, 02 Mar 2026 17:00:00 GMT");
        assert_eq!(first.header("access-control-allow-origin"), "*");
        assert_eq!(first.header("content-type"), "application/fhir+json; charset=utf-8");
        assert_eq!(first.json()["meta"], json!({ "versionId": "1", "lastUpdated": "2026-03-02T17:00:00.000Z" }));
        for (name, value, status) in [
            ("if-none-match", "W/\"1\"", 304),
            ("if-none-match", "\"0\", W/\"1\"", 304),
            ("if-none-match", "W/\"2\"", 200),
            ("if-modified-since", "Mon, 02 Mar 2026 17:00:00 GMT", 304),
            ("if-modified-since", "Mon, 02 Mar 2026 16:59:59 GMT", 200),
            ("if-modified-since", "Monday, 02-Mar-26 17:00:00 GMT", 304),
            ("if-modified-since", "Monday, 02-Mar-26 16:59:59 GMT", 200),
            ("if-modified-since", "Mon Mar  2 17:00:00 2026", 304),
            ("if-modified-since", "Mon Mar  2 16:59:59 2026", 200),
            ("if-modified-since", "yesterday", 200),
            ("accept", "application/json+fhir", 200),
            ("accept", "application/fhir+xml, application/json;q=0.1", 200),
            ("accept", "application/json;q=0", 406),
            ("accept", "*/*;q=0", 406),
        ] {
            let reply = site.send(Method::GET, &path, &[(name, value)], "").await;
            assert_eq!(reply.status.as_u16(), status, "{name}: {value}");
        }
        let head = site.send(Method::HEAD, &path, &[], "").await;
        assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
        assert_eq!(head.header("etag"), "W/\"1\"");
        for query in ["_format=", "_format=application/json%2Bfhir", "_elements=", "_summary=", "_pretty="] {
            let reply = site.get(&format!("{path}?{query}")).await;
            assert_eq!((reply.status, reply.body.as_str()), (StatusCode::OK, first.body.as_str()), "{query}");
        }
        let pretty = site.get(&format!("{path}?_pretty=true")).await;
        assert!(pretty.body.starts_with("{\n  \"resourceType\": \"Practitioner\"") && pretty.json() == first.json());
    })
    .await;
}

#[tokio::test]
async fn a_search_can_be_asked_for_its_head_and_a_read_for_a_part() {
    let site = Site::new().await;
    load(&site, "idaho", &data::directory()).await;
    let search = site.send(Method::HEAD, &format!("{PUBLIC}/Practitioner?name=smith"), &[], "").await;
    assert_eq!((search.status, search.body.as_str()), (StatusCode::OK, ""));
    assert_eq!(search.header("content-type"), "application/fhir+json; charset=utf-8");
    for path in ["Practitioner/smith", "Practitioner/smith/_history/1"] {
        let whole = site.get(&format!("{PUBLIC}/{path}")).await.json();
        let part = site.get(&format!("{PUBLIC}/{path}?_elements=gender")).await;
        assert!(whole["name"].is_array() && part.json()["name"].is_null(), "{}", part.body);
        assert_eq!(part.json()["meta"]["tag"][0]["code"], "SUBSETTED");
        assert_eq!(part.header("etag"), "W/\"1\"");
        let summary = site.get(&format!("{PUBLIC}/{path}?_summary=true&_pretty=true")).await;
        assert!(summary.json()["name"].is_array() && summary.body.starts_with("{\n"), "{}", summary.body);
        assert_eq!(refused(&site, Method::GET, &format!("{PUBLIC}/{path}?_summary=count"), &[], "").await.0, 400);
    }
}

#[tokio::test]
async fn a_post_finds_what_a_get_finds() {
    on_each_database(async |site| {
        load(site, "idaho", &data::directory()).await;
        let get = site.get(&format!("{PUBLIC}/Location?address-state=id,ca&_count=1")).await;
        let post = site
            .send(Method::POST, &format!("{PUBLIC}/Location/_search?_count=1"), &[FORM], "address-state=id%2Cca")
            .await;
        assert_eq!(get.json()["entry"], post.json()["entry"]);
        let next =
            post.json()["link"].as_array().unwrap().iter().find(|link| link["relation"] == "next").unwrap()["url"]
                .clone();
        let next = next.as_str().unwrap().strip_prefix("http://127.0.0.1:3000").unwrap().to_owned();
        let next_page = site.get(&next).await;
        assert_eq!(ids(&next_page).len(), 1);
        let many = (0..999).map(|number| format!("none-{number}")).collect::<Vec<_>>().join("%2C");
        let many = format!("_id={many}%2C{}", ids(&next_page).first().unwrap());
        let found = site.send(Method::POST, &format!("{PUBLIC}/Location/_search"), &[FORM], &many).await;
        assert_eq!(found.json()["total"], 1);
        let more = format!("{many}%2Cone-more");
        let error = refused(site, Method::POST, &format!("{PUBLIC}/Location/_search"), &[FORM], &more).await;
        assert_eq!(error, (422, "too-costly".to_owned()));
        let empty = site.send(Method::POST, &format!("{PUBLIC}/Location/_search"), &[], "").await;
        assert_eq!(empty.json()["total"], 4);
    })
    .await;
}

#[tokio::test]
async fn a_lenient_search_says_what_it_left_out() {
    let site = Site::new().await;
    load(&site, "oph-ca", &data::directory()).await;
    let path = "/fhirpublic/oph/ca/R4/OrganizationAffiliation?unlisted=1&specialty=230000000X";
    assert_eq!(refused(&site, Method::GET, path, &[], "").await.0, 400);
    let reply = site.send(Method::GET, path, &[("prefer", "handling=lenient")], "").await;
    let bundle = reply.json();
    assert_eq!(bundle["total"], 2);
    let outcome = &bundle["entry"][2];
    assert_eq!(outcome["search"]["mode"], "outcome");
    assert_eq!(outcome["resource"]["issue"].as_array().unwrap().len(), 2);
    assert!(!bundle["link"][0]["url"].as_str().unwrap().contains("unlisted"));
}

#[tokio::test]
async fn a_token_reaches_as_far_as_its_scopes() {
    let site = Site::new().await;
    let other = data::clinical("456");
    load(&site, "idaho", &[data::directory(), data::member("123", "123"), other].concat()).await;
    let base = "/fhir/idaho/sandbox/R4";
    assert_eq!(refused(&site, Method::GET, &format!("{base}/Patient/123"), &[], "").await.0, 401);
    let token = token(&site, "idaho", "/authz/idaho/sandbox", "123", "patient/Coverage.read").await;
    assert_eq!(get_as(&site, &token, &format!("{base}/Coverage/123")).await.status, StatusCode::OK);
    let reply = get_as(&site, &token, &format!("{base}/Patient/123")).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert_eq!(reply.header("www-authenticate"), "Bearer error=\"insufficient_scope\", scope=\"patient/Patient.read\"");
    assert_eq!(get_as(&site, &token, &format!("{base}/Coverage/123")).await.header("access-control-allow-origin"), "");
    // The production base does not know a sandbox token.
    assert_eq!(get_as(&site, &token, "/fhir/idaho/R4/Coverage/123").await.status, StatusCode::UNAUTHORIZED);
}

/// Who may read the answer, and whether caches learn that it depends on the origin.
fn readers(reply: &Reply) -> (&str, bool) {
    let vary = reply.headers.get_all("vary").iter().any(|value| value == "origin");
    (reply.header("access-control-allow-origin"), vary)
}

#[tokio::test]
async fn what_a_token_opens_is_read_by_the_pages_of_its_own_app() {
    on_each_database(async |site| {
        load(site, "idaho", &[data::directory(), data::member("123", "123")].concat()).await;
        let (app, own) = (site.app("idaho").await, "https://acme.example");
        let ann = site.member_who_is("ann", "123", &app).await;
        let tokens = site.tokens("/authz/idaho/sandbox", &app, &ann, "patient/Coverage.read").await;
        let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        let ask = async |path: &str, bearer: &str, origin: &str| {
            let headers = [("authorization", bearer), ("origin", origin)];
            let headers = headers.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
            site.send(Method::GET, &format!("/fhir/idaho/sandbox/R4/{path}"), &headers, "").await
        };
        for (path, status) in [
            ("Coverage/123", StatusCode::OK),
            ("Coverage/123/_history/1", StatusCode::OK),
            ("Coverage?patient=123", StatusCode::OK),
            ("Coverage?unlisted=1", StatusCode::BAD_REQUEST),
            ("Coverage/no-one", StatusCode::NOT_FOUND),
            ("Coverage/metadata", StatusCode::NOT_FOUND),
            ("Patient/123", StatusCode::FORBIDDEN),
        ] {
            for (origin, expect) in [
                (own, own),
                ("https://evil.example", ""),
                ("https://acme.example.evil.example", ""),
                ("http://acme.example", ""),
                ("null", ""),
                ("", ""),
            ] {
                let reply = ask(path, &bearer, origin).await;
                assert_eq!((reply.status, readers(&reply)), (status, (expect, true)), "{path} {origin}");
                assert_eq!(reply.header("access-control-allow-credentials"), "");
            }
        }
        let read = ask("Coverage/123", &bearer, own).await;
        assert_eq!(read.header("cache-control"), "no-store");
        for name in [
            "etag",
            "last-modified",
            "location",
            "www-authenticate",
            "ratelimit-remaining",
            "retry-after",
            "x-request-id",
        ] {
            let exposed = read.header("access-control-expose-headers");
            assert!(exposed.split(", ").any(|exposed| exposed == name), "{name}: {exposed}");
        }
        // The answer reveals nothing about anyone.
        for unknown in ["", "Bearer x"] {
            let reply = ask("Coverage/123", unknown, own).await;
            assert_eq!((reply.status, readers(&reply)), (StatusCode::UNAUTHORIZED, ("*", false)));
            assert_eq!(reply.header("cache-control"), "no-store");
        }
        assert_eq!(readers(&ask("metadata", "", "https://evil.example").await), ("*", false));

        site.revoke_all(&ann).await;
        let revoked = ask("Coverage/123", &bearer, own).await;
        assert_eq!((revoked.status, readers(&revoked)), (StatusCode::UNAUTHORIZED, (own, true)));
        assert!(revoked.body.contains("grant_revoked"), "{}", revoked.body);
        assert_eq!(readers(&ask("Coverage/123", &bearer, "https://evil.example").await), ("", true));
    })
    .await;
}

#[tokio::test]
async fn pages_of_other_sites_may_ask() {
    let site = Site::new().await;
    let headers = [("origin", "https://app.example"), ("access-control-request-method", "GET")];
    for path in ["/fhirpublic/oph/ca/R4/Practitioner", "/fhir/oph/ca/R4/Patient/1"] {
        let reply = site.send(Method::OPTIONS, path, &headers, "").await;
        assert_eq!(reply.status, StatusCode::NO_CONTENT, "{path}");
        assert!(reply.header("access-control-allow-headers").contains("authorization"));
    }
}

/// What libraries of browser apps add to calls: tracing, caching, proofs.
const ADDED: &str = "authorization,baggage,cache-control,content-type,dpop,if-modified-since,if-none-match,pragma,prefer,\
     sentry-trace,traceparent,tracestate,x-amzn-trace-id,x-b3-traceid,x-correlation-id,x-datadog-trace-id,x-request-id,x-requested-with";

#[tokio::test]
async fn headers_that_libraries_add_keep_no_call_away() {
    let site = Site::new().await;
    for path in [
        "/fhirpublic/oph/ca/R4",
        "/fhirpublic/oph/ca/R4/Practitioner",
        "/fhir/oph/ca/R4",
        "/fhir/oph/ca/R4/Patient/1",
        "/fhir/oph/ca/R4/metadata",
        "/fhir/oph/ca/R4/.well-known/smart-configuration",
        "/authz/oph/ca/.well-known/openid-configuration",
        "/authz/oph/ca/oauth/token",
        "/authz/oph/ca/oauth/revoke",
        "/authz/oph/ca/oauth/par",
        "/authz/oph/ca/oauth/userinfo",
        "/authz/oph/ca/oauth/jwks",
    ] {
        let preflight = |names: &'static str| {
            let headers = [("origin", "https://app.example"), ("access-control-request-method", "POST")];
            let headers = [&headers[..], &[("access-control-request-headers", names)]].concat();
            let site = &site;
            async move { site.send(Method::OPTIONS, path, &headers, "").await }
        };
        let reply = preflight(ADDED).await;
        assert_eq!(
            (reply.status, reply.header("access-control-allow-origin")),
            (StatusCode::NO_CONTENT, "*"),
            "{path}"
        );
        let allowed: Vec<&str> = reply.header("access-control-allow-headers").split(',').map(str::trim).collect();
        for name in ADDED.split(',') {
            assert!(allowed.contains(&name), "{path}: {name}");
        }
        assert_eq!(reply.header("access-control-allow-credentials"), "", "never with cookies");
        // Invalid header names are not repeated.
        for hostile in ["x\ty", "a;b", "a: b", "<b>", "\"a\""] {
            let allowed = preflight(hostile).await.header("access-control-allow-headers").to_owned();
            assert!(!allowed.contains(hostile) && allowed.contains("authorization"), "{path}: {allowed}");
        }
    }
}

#[tokio::test]
async fn what_is_a_members_is_kept_nowhere() {
    let site = Site::new().await;
    load(&site, "idaho", &[data::directory(), data::member("123", "123")].concat()).await;
    let base = "/fhir/idaho/sandbox/R4";
    let token = token(&site, "idaho", "/authz/idaho/sandbox", "123", "patient/Coverage.read openid").await;
    for path in
        ["Coverage/123", "Coverage/123/_history/1", "Coverage?patient=123", "Coverage/x", "Patient/123", "x/y/z"]
    {
        let reply = get_as(&site, &token, &format!("{base}/{path}")).await;
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        let nobodys = site.get(&format!("{base}/{path}")).await;
        assert!(matches!(nobodys.status.as_u16(), 401 | 404), "{path}");
        assert_eq!(nobodys.header("cache-control"), "no-store", "{path}");
    }
    let headers = [("authorization", token.as_str()), ("if-none-match", "W/\"1\"")];
    let fresh = site.send(Method::GET, &format!("{base}/Coverage/123"), &headers, "").await;
    assert_eq!((fresh.status.as_u16(), fresh.header("cache-control")), (304, "no-store"));
    let form = [("authorization", token.as_str())];
    let found = site.post(&format!("{base}/Coverage/_search"), &form, &[("patient", "123")]).await;
    assert_eq!((found.status.as_u16(), found.header("cache-control")), (200, "no-store"));
    let user = get_as(&site, &token, "/authz/idaho/sandbox/oauth/userinfo").await;
    assert_eq!((user.status.as_u16(), user.header("cache-control")), (200, "no-store"));
    // The directory is public.
    assert_eq!(site.get(&format!("{PUBLIC}/Practitioner/smith")).await.header("cache-control"), "public, no-cache");
}
