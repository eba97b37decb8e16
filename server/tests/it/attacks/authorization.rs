//! Authorization request: what an app's link, or a link that someone else wrote in its name, can make the browser do.

use std::net::TcpListener;

use axum::http::Method;
use store::testing::{postgres, sqlite};

use super::{
    calm::{Answers, MARKUP},
    input::leads_away,
    world::FORM,
};
use crate::{
    fhir::world::load,
    oauth::site::{App, CALLBACK, Reply, Site, encoded, exchange, query, request},
    portals::browser::{Browser, PASSWORD, account},
};

const AUTHORIZE: &str = "/authz/oph/ca/oauth/authorize";
const SCOPE: &str = "patient/Patient.read";

/// The app's request with one parameter changed.
fn but<'a>(app: &'a App, name: &str, value: &'a str) -> String {
    let changed =
        request(app, SCOPE).into_iter().map(|(known, kept)| (known, if known == name { value } else { kept }));
    encoded(&changed.collect::<Vec<_>>())
}

/// A page with status 400 that neither leads on nor stores anything.
fn is_error_page(reply: &Reply) -> bool {
    reply.status == 400
        && reply.header("content-type").starts_with("text/html")
        && (reply.header("location"), reply.header("set-cookie")) == ("", "")
}

/// Addresses that someone could mistake for the registered one.
const TRICKS: [&str; 44] = [
    "",
    "https://acme.example/callback/",
    "https://acme.example/callback/../callback",
    "https://acme.example/./callback",
    "https://acme.example//callback",
    "https://acme.example/Callback",
    "https://acme.example/callback?",
    "https://acme.example/callback?x=1",
    "https://acme.example/callback&x=1",
    "https://acme.example/callback#",
    "https://acme.example/callback#x",
    "https://acme.example/callback;x",
    "https://acme.example/%63allback",
    "https://acme.example/callback%00",
    "https://acme.example/callback%2f..",
    "https://acme.example/callback\\",
    "https://acme.example\\@evil.example/callback",
    "https://ACME.example/callback",
    "https://acme.example./callback",
    "https://acme.example:443/callback",
    "https://acme.example:8443/callback",
    "https://acme.example:@evil.example/callback",
    "https://user:pass@acme.example/callback",
    "https://acme.example@evil.example/callback",
    "https://evil.example/https://acme.example/callback",
    "https://evil.example?https://acme.example/callback",
    "https://acme.example.evil.example/callback",
    "https://evilacme.example/callback",
    "https://www.acme.example/callback",
    "https://acme\u{2024}example/callback",
    "https://acm\u{435}.example/callback",
    "https://xn--acm-mdc.example/callback",
    "HTTPS://acme.example/callback",
    "http://acme.example/callback",
    "https:acme.example/callback",
    "https:/acme.example/callback",
    "https:///acme.example/callback",
    "//acme.example/callback",
    "/callback",
    " https://acme.example/callback",
    "https://acme.example/callback\n",
    "javascript:alert(1)//https://acme.example/callback",
    "data:text/html,https://acme.example/callback",
    "com.evil.app:/callback",
];

#[tokio::test]
async fn an_address_that_only_looks_like_the_registered_one_is_a_page() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let app = site.app("oph-ca").await;
        let mut answers = Answers::default();
        for trick in TRICKS {
            let query = but(&app, "redirect_uri", trick);
            let by_query = site.get(&format!("{AUTHORIZE}?{query}")).await;
            let headers = [FORM];
            let by_form = site.send(Method::POST, AUTHORIZE, &headers, &query).await;
            for reply in [by_query, by_form] {
                assert!(is_error_page(&reply), "{trick}: {} {:?}", reply.status, reply.headers);
                assert!(!reply.body.contains("evil.example") && !reply.body.contains("acme.example/"), "{trick}");
                answers.look(&reply, trick);
            }
        }
        answers.all_calm(88);
        assert_eq!(site.get(&format!("{AUTHORIZE}?{}", but(&app, "", ""))).await.status.as_u16(), 303);
    }
}

#[tokio::test]
async fn every_parameter_that_comes_twice_stops_the_request() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let right = request(&app, SCOPE);
    let others = ["nonce", "aud", "prompt", "max_age", "login_hint", "dpop_jkt", "response_mode", "of_nobody"];
    for name in right.iter().map(|(name, _)| *name).chain(others) {
        let value = right.iter().find(|(known, _)| *known == name).map_or("x", |(_, value)| *value);
        let twice = [(name, value), (name, value)];
        let form: Vec<_> = right.iter().filter(|(known, _)| *known != name).copied().chain(twice).collect();
        let reply = site.get(&format!("{AUTHORIZE}?{}", encoded(&form))).await;
        if matches!(name, "client_id" | "redirect_uri") {
            assert!(is_error_page(&reply), "{name}");
        } else {
            assert_eq!(query(reply.header("location"))["error"], "invalid_request", "{name}");
            assert_eq!(reply.header("set-cookie"), "", "{name}");
        }
    }
}

#[tokio::test]
async fn state_comes_back_once_and_never_becomes_anything_else() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let app = site.app("oph-ca").await;
        let ann = site.member("ann", &app).await;
        let long = "s".repeat(2048);
        for state in [
            "&code=stolen&state=other",
            "#access_token=x",
            "x\r\nSet-Cookie: flex_session=evil\r\n\r\n<html>",
            MARKUP,
            "%26code%3Dstolen",
            "é\u{1f600}\u{202e}",
            " ",
            "+",
            &long,
        ] {
            let path = "/authz/oph/ca/university-of-california/oauth/authorize";
            let authorized = site.get(&format!("{path}?{}", but(&app, "state", state))).await;
            let allowed = site.allow(&ann, &authorized, SCOPE).await;
            assert_eq!(allowed["state"], state);
            assert!(allowed["code"].len() == 43 && allowed.len() == 3, "{allowed:?}");

            let refused = [but(&app, "state", state), "&prompt=none".to_owned()].concat();
            let refused = site.get(&format!("{AUTHORIZE}?{refused}")).await;
            let location = refused.header("location");
            let answer = query(location);
            assert_eq!((&*answer["state"], location.matches("state=").count()), (state, 1), "{location}");
            assert!(answer["error"] == "login_required" && !answer.contains_key("code"), "{location}");
            assert!(location.bytes().all(|byte| byte.is_ascii_graphic()) && !location.contains('#'), "{location}");
            assert_eq!(refused.header("set-cookie"), "");
        }
    }
}

#[tokio::test]
async fn no_response_type_but_code_yields_anything_even_when_changed_on_the_way() {
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    for kind in ["token", "id_token", "code token", "code id_token", "id_token token", "none", "CODE", "code ", " code"]
    {
        let reply = site.get(&format!("{AUTHORIZE}?{}", but(&app, "response_type", kind))).await;
        let answer = query(reply.header("location"));
        assert_eq!(answer["error"], "unsupported_response_type", "{kind}");
        assert!(!answer.contains_key("code") && !reply.header("location").contains("token="), "{kind}");
    }

    let patient = serde_json::json!({ "resourceType": "Patient", "id": "jordan", "name": [{ "family": "Rivera" }] });
    load(&site, "oph-ca", &[patient]).await;
    account(&site, "vera-lindqvist").await;
    let browser = Browser::of(&site);
    let asked = browser.get(&format!("{AUTHORIZE}?{}", but(&app, "", ""))).await;
    let handle = asked.header("location").trim_start_matches("/consent/").to_owned();
    browser.post("choose-payer", &[("handle", &handle), ("payer", "university-of-california")]).await;
    browser.sign_in("vera-lindqvist").await;
    browser.post("choose-test-member", &[("handle", &handle), ("patient", "jordan")]).await;
    let tampered = [
        ("scopes[]", "patient/Coverage.read"),
        ("response_type", "token"),
        ("response_mode", "fragment"),
        ("redirect_uri", "https://evil.example/"),
        ("client_id", "other"),
        ("state", "other"),
        ("scope", "patient/ExplanationOfBenefit.read"),
        ("code_challenge", "other"),
    ];

    let back = browser.allow(&handle, &[SCOPE], &tampered).await;

    assert!(back.header("location").starts_with(CALLBACK), "{}", back.header("location"));
    let answer = query(back.header("location"));
    assert!(answer["state"] == "1234zyx" && answer["code"].len() == 43 && answer.len() == 3, "{answer:?}");
    let tokens = site.post("/authz/oph/ca/oauth/token", &[], &exchange(&app, &answer["code"])).await;
    assert_eq!(tokens.json()["scope"], SCOPE, "what was not asked for is not granted");
}

#[tokio::test]
async fn an_address_in_the_request_is_never_called() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}/object", listener.local_addr().unwrap());
    let site = Site::new().await;
    let app = site.app("oph-ca").await;
    let right = request(&app, SCOPE);
    for name in ["request_uri", "request", "logo_uri", "jwks_uri", "sector_identifier_uri", "initiate_login_uri"] {
        for form in [[&right[..], &[(name, &*address)]].concat(), vec![("client_id", &*app.id), (name, &*address)]] {
            site.get(&format!("{AUTHORIZE}?{}", encoded(&form))).await;
            let pushed = [&form[..], &[("client_secret", &*app.secret)]].concat();
            site.post("/authz/oph/ca/oauth/par", &[], &pushed).await;
        }
    }
    assert!(listener.accept().is_err(), "someone called");
}

#[tokio::test]
async fn no_next_of_any_page_leads_away() {
    let site = Site::new().await;
    account(&site, "vera-lindqvist").await;
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/\u{2028}/evil.example",
        "http:evil.example",
    ] {
        let browser = Browser::of(&site);
        let query = encoded(&[("next", next)]);
        for page in ["/signin", "/signup", "/member/signin", "/account/second-factor", "/owner/profile", "/signin/code"]
        {
            let reply = browser.get(&format!("{page}?{query}")).await;
            assert!(!leads_away(reply.header("location")), "{page} {next:?}: {}", reply.header("location"));
            for link in reply.body.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
                assert!(!leads_away(link) || link.starts_with("http://127.0.0.1:3000/"), "{page} {next:?}: {link}");
            }
        }
        for (form, more) in [
            ("language", vec![("language", "es")]),
            ("sign-in", vec![("login", "vera-lindqvist"), ("password", PASSWORD)]),
            ("save-profile", vec![("contact_number", "2085550123")]),
            ("begin-second-factor", vec![]),
            ("sign-out", vec![]),
        ] {
            let reply = browser.post(form, &[&more[..], &[("next", next)]].concat()).await;
            assert!(!leads_away(reply.header("location")), "{form} {next:?}: {}", reply.header("location"));
        }
    }
}
