//! Input: whatever is sent to any route or form is answered in bounded time with a reason, and never causes a defect.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use leptos::server_fn::axum::server_fn_paths;
use store::testing::{postgres, sqlite};

use super::{
    calm::{Answers, MARKUP, calm},
    routes::routes,
    world::{FORM, people},
};
use crate::oauth::site::Site;

/// Texts that have a special meaning for some part of a server.
const HOSTILE: [&str; 7] = [
    "x\0y",
    MARKUP,
    "'; DROP TABLE account; -- %_\\ (a+)+$",
    "\u{202e}\u{200b}\u{feff}evil",
    "-9223372036854775809",
    "/\r\nset-cookie: x=y",
    "//evil.example/",
];

/// Every field of every form.
const FIELDS: [&str; 93] = [
    "access[]",
    "account",
    "answer",
    "application",
    "birth_date_day",
    "birth_date_month",
    "birth_date_year",
    "channel",
    "client_kind",
    "code",
    "collection",
    "comment",
    "consent",
    "contact_number",
    "criterion",
    "current_password",
    "days",
    "decision",
    "description",
    "disclosure",
    "draft",
    "email",
    "email_password",
    "environment",
    "evidence",
    "explanation",
    "from",
    "handle",
    "healthcare_id",
    "id",
    "invitation",
    "jwks",
    "jwks_uri",
    "knowingly",
    "language",
    "last_name",
    "login",
    "mailing_city",
    "mailing_country",
    "mailing_line1",
    "mailing_line2",
    "mailing_postal_code",
    "mailing_region",
    "member_access",
    "member_id",
    "name",
    "next",
    "officers_sanctioned",
    "organization",
    "overlap",
    "page",
    "passkey",
    "password",
    "patient",
    "payer",
    "physical_city",
    "physical_country",
    "physical_line1",
    "physical_line2",
    "physical_postal_code",
    "physical_region",
    "physical_same",
    "platform",
    "platform_id",
    "platform_id_known",
    "platform_name",
    "privacy_url",
    "program",
    "programs[]",
    "purpose",
    "reason",
    "redirect_uri",
    "retention",
    "review",
    "role",
    "safeguards",
    "scopes[]",
    "secret",
    "session",
    "source",
    "step",
    "support_email",
    "support_name",
    "support_phone",
    "support_phone_kind",
    "support_website",
    "terms",
    "terms_url",
    "then",
    "tin",
    "tin_kind",
    "token",
    "version",
];

/// The parameters that pages and endpoints read from an address.
const QUERIES: [&str; 27] = [
    "action",
    "another",
    "before",
    "client_id",
    "code",
    "done",
    "draft",
    "environment",
    "error",
    "for",
    "from",
    "iss",
    "late",
    "next",
    "organization",
    "page",
    "payer",
    "problem",
    "program",
    "q",
    "redirect_uri",
    "request_uri",
    "show",
    "state",
    "subject",
    "token",
    "wrong",
];

/// Names of the server functions.
pub fn forms() -> BTreeSet<&'static str> {
    server_fn_paths().filter_map(|(path, _)| path.strip_prefix("/api/")).collect()
}

#[tokio::test]
async fn hostile_text_in_every_field_of_every_form_is_refused_calmly() {
    let mut answers = Answers::default();
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let people = people(&site).await;
        for name in forms().into_iter().filter(|name| !name.starts_with("sign-out")) {
            for text in HOSTILE {
                let form = FIELDS.map(|field| (field, text));
                let reply = people.of_form(name).post(name, &form).await;
                answers.look(&reply, &format!("{name} {text:?}"));
                assert!(
                    reply.status != StatusCode::SEE_OTHER || !reply.header("location").is_empty(),
                    "{name} {text:?}"
                );
                assert!(!leads_away(reply.header("location")), "{name} {text:?}: {}", reply.header("location"));
            }
        }
        calm(&people.vera.get("/owner").await, "it still works");
    }
    answers.all_calm(500);
}

#[tokio::test]
async fn bodies_that_are_no_form_are_refused_calmly() {
    let site = Site::on(postgres().await).await;
    let people = people(&site).await;
    let deep_json = format!("{}1{}", "{\"a\":[".repeat(50_000), "]}".repeat(50_000));
    let deep_form = format!("a{}=1&name{}=1", "[b]".repeat(10_000), "[0]".repeat(1000));
    let many = (0..10_000).map(|number| format!("p{number}=1")).collect::<Vec<_>>().join("&");
    let repeated = FIELDS.map(|field| format!("{field}=1&{field}=2")).join("&");
    let large = format!("name={}", "x".repeat(300_000));
    let json = ("content-type", "application/json");
    let xml = ("content-type", "application/xml");
    let multipart = ("content-type", "multipart/form-data; boundary=x");
    let bodies: [((&str, &str), &str); 12] = [
        (json, &deep_json),
        (json, "{\"name\":1}"),
        (json, ""),
        (xml, "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
        (multipart, "--x\r\ncontent-disposition: form-data; name=\"name\"; filename=\"../../x\"\r\n\r\n1\r\n--x--"),
        (("content-type", "text/plain"), "name=1"),
        (FORM, &deep_form),
        (FORM, &many),
        (FORM, &repeated),
        (FORM, &large),
        (FORM, "name=%ff%fe&login=%c0%80&id=%&&&==&=x&scopes[99999999999999999999]=1&access[-1]=2"),
        (FORM, "__proto__[x]=1&name[]=1&name[a]=2"),
    ];
    let mut answers = Answers::default();
    for route in routes(&site).into_iter().filter(|route| route.methods.contains(&Method::POST)) {
        let paths: Vec<String> = match route.path.as_str() {
            "/api/{name}" => forms().into_iter().map(|name| format!("/api/{name}")).collect(),
            path => vec![filled(path, "x")],
        };
        for path in paths.iter().filter(|path| !path.contains("sign-out")) {
            for (kind, body) in bodies {
                let headers = [kind, ("sec-fetch-site", "same-origin")];
                let reply = people.vera.send(Method::POST, path, &headers, body).await;
                answers.look(&reply, &format!("{path} {kind:?} {body:.40}"));
            }
        }
    }
    answers.all_calm(700);
}

#[tokio::test]
async fn hostile_addresses_of_every_route_are_answered_calmly() {
    let long = "a".repeat(15_000);
    let many = (0..4000).map(|number| format!("p{number}=1")).collect::<Vec<_>>().join("&");
    let parts = [
        "%00",
        "%ff%fe",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "%22%3e%3csvg%2fonload=alert(1)%3e",
        "'--",
        "%0d%0aset-cookie:x=y",
        &long,
    ];
    let values =
        ["%00", "%ff", "%22%3e%3csvg%2fonload=alert(1)%3e", "%25_%5c'--", "-1", "99999999999999999999", "%0d%0ax:%20y"];
    let with = |value: &&str| QUERIES.map(|name| format!("{name}={value}")).join("&");
    let mut queries: Vec<String> = values.iter().map(with).collect();
    queries.push(QUERIES.map(|name| format!("{name}=a&{name}=//evil.example")).join("&"));
    queries.extend([format!("q={long}&next=/{long}&client_id={long}"), many]);
    let mut answers = Answers::default();
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let people = people(&site).await;
        for route in routes(&site).into_iter().filter(|route| !route.path.starts_with("/pkg/")) {
            let paths: Vec<String> = if route.path.contains('{') {
                parts.iter().map(|part| filled(&route.path, part)).collect()
            } else {
                queries.iter().map(|query| format!("{}?{query}", route.path)).collect()
            };
            let browser = people.of_page(&route.path);
            for path in paths {
                let reply = browser.get(&path).await;
                answers.look(&reply, &format!("{path:.200}"));
                assert!(!leads_away(reply.header("location")), "{path:.200}: {}", reply.header("location"));
            }
        }
    }
    answers.all_calm(1500);
}

/// A path with something in each of its placeholders.
pub fn filled(path: &str, part: &str) -> String {
    let mut filled = String::new();
    for piece in path.split('/').skip(1) {
        filled.push('/');
        filled.push_str(if piece.starts_with('{') { part } else { piece });
    }
    filled
}

/// Whether a browser would leave the site.
pub fn leads_away(location: &str) -> bool {
    let base = url::Url::parse("http://127.0.0.1:3000/").unwrap();
    base.join(location).is_ok_and(|target| target.origin() != base.origin())
}
