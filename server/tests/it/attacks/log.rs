//! No secret and no data of a member is in a log, however verbose it is.

use std::{cell::RefCell, io, sync::Once};

use axum::http::Method;
use serde_json::json;
use store::testing::{postgres, sqlite};
use tracing_subscriber::{filter::dynamic_filter_fn, prelude::*};

use super::{
    traces,
    world::{AUTHZ, FHIR, FORM},
};
use crate::{
    fhir::world::load,
    oauth::site::{App, CALLBACK, Site, VERIFIER, encoded, exchange, query, request},
    portals::{
        browser::{Browser, PASSWORD, account},
        desk::{approved_vendor, details, register_app, registration, text_of},
        hook::{Cards, Posted},
        linking::{card, reach},
    },
};

thread_local! {
    /// The log of this thread, while a test listens.
    static HEARD: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Everything that this thread logs while the value lives, as an operator's JSON lines.
struct Log(());

/// Writes to the listening test of the thread.
struct Ear;

impl io::Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        HEARD.with_borrow_mut(|heard| heard.as_mut().map(|heard| heard.extend_from_slice(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// All tests of the process share one subscriber: several would disturb each other.
    fn listen() -> Self {
        static ONE: Once = Once::new();
        ONE.call_once(|| {
            let listens = dynamic_filter_fn(|_, _| HEARD.with_borrow(Option::is_some));
            let lines = tracing_subscriber::fmt::layer().json().with_writer(|| Ear).with_filter(listens);
            tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lines)).unwrap();
        });
        HEARD.set(Some(Vec::new()));
        tracing::trace!("the test listens");
        Self(())
    }

    /// Holds a line for each of these routes, and none of the secrets.
    fn tells(&self, routes: &[&str], secrets: &[(&str, &str)]) {
        let text = String::from_utf8(HEARD.take().unwrap()).unwrap();
        assert!(text.contains("the test listens"), "to the faintest level");
        for route in routes {
            let line = text.lines().find(|line| line.contains("answered") && line.contains(&format!("\"{route}\"")));
            assert!(line.is_some_and(|line| line.contains("\"status\":")), "{route} is not logged");
        }
        for (what, secret) in secrets {
            assert!(3 < secret.len(), "{what}: {secret}");
            let line = text.lines().find(|line| line.contains(secret));
            assert!(line.is_none(), "{what} is logged: {}", line.unwrap_or_default());
        }
    }
}

/// Both environments have one member with this name, number and birthday.
async fn rivera(site: &Site) {
    let identifier = json!([{ "type": { "coding": [{ "code": "MB" }] }, "system": "https://payer.example/member", "value": "M-987654" }]);
    let patient = json!({ "resourceType": "Patient", "id": "patient-of-rivera", "identifier": identifier,
        "name": [{ "family": "Rivera-Quill", "given": ["Jordan"] }], "gender": "other", "birthDate": "1984-09-02" });
    let coverage = json!({ "resourceType": "Coverage", "id": "coverage-of-rivera", "beneficiary": { "reference": "Patient/patient-of-rivera" } });
    load(site, "idaho", &[patient, coverage]).await;
}

const OF_RIVERA: [(&str, &str); 5] = [
    ("a member number", "987654"),
    ("a family name", "Quill"),
    ("a birth date", "1984-09"),
    ("a patient id", "patient-of-rivera"),
    ("a resource id", "coverage-of-rivera"),
];

#[tokio::test]
async fn from_authorization_to_revocation_no_token_and_no_patient_is_logged() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        rivera(&site).await;
        let app = site.app("idaho").await;
        let person = site.member_who_is("holder", "patient-of-rivera", &app).await;
        let scope = "openid patient/Patient.read patient/Coverage.read";
        let log = Log::listen();

        let path = format!("{AUTHZ}/oauth/authorize?{}", encoded(&request(&app, scope)));
        let authorized = site.get(&path).await;
        let answer = site.allow(&person, &authorized, scope).await;
        let form = exchange(&app, &answer["code"]);
        let tokens = site.post(&format!("{AUTHZ}/oauth/token"), &[], &form).await.json();
        let (access, refresh) = (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
        let id_token = tokens["id_token"].as_str().unwrap();
        let client = [("client_id", app.id.as_str()), ("client_secret", app.secret.as_str())];
        let with = |form: &[(&'static str, &str)]| -> Vec<(&str, String)> {
            client.iter().chain(form).map(|(name, value)| (*name, (*value).to_owned())).collect()
        };
        for (endpoint, form) in [
            ("token", with(&[("grant_type", "refresh_token"), ("refresh_token", refresh)])),
            ("token", with(&[("grant_type", "refresh_token"), ("refresh_token", "a-refresh-token-of-no-one")])),
            (
                "token",
                with(&[("grant_type", "authorization_code"), ("code", "a-code-of-no-one"), ("redirect_uri", CALLBACK)]),
            ),
            ("introspect", with(&[("token", access)])),
            ("introspect", with(&[("token", refresh)])),
            ("revoke", with(&[("token", "a-token-of-no-one")])),
        ] {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            site.post(&format!("{AUTHZ}/oauth/{endpoint}"), &[], &form).await;
        }
        let bearer = format!("Bearer {access}");
        for (method, path, body) in [
            (Method::GET, "/Patient?identifier=https://payer.example/member|M-987654&name=Rivera-Quill", ""),
            (Method::GET, "/Patient?birthdate=1984-09-02&unlisted=Rivera-Quill", ""),
            (Method::POST, "/Patient/_search", "identifier=M-987654&birthdate=1984-09-02"),
            (Method::GET, "/Patient/patient-of-rivera", ""),
            (Method::GET, "/Coverage?patient=patient-of-rivera", ""),
            (Method::GET, "/Coverage/coverage-of-rivera/_history/1", ""),
            (Method::GET, "/Coverage?patient=patient-of-rivera&access_token=a-token-in-the-address", ""),
        ] {
            site.send(method, &format!("{FHIR}{path}"), &[("authorization", &bearer), FORM], body).await;
        }
        site.post(&format!("{AUTHZ}/oauth/revoke"), &[], &[client[0], client[1], ("token", refresh)]).await;
        site.send(Method::GET, &format!("{FHIR}/Patient"), &[("authorization", &bearer)], "").await;

        let handle = authorized.header("location").trim_start_matches("/consent/");
        let cookie = authorized.header("set-cookie").split(['=', ';']).nth(1).unwrap();
        let secrets = [
            ("a client secret", app.secret.as_str()),
            ("a code", &answer["code"]),
            ("an access token", access),
            ("a part of it", access.rsplit('.').next().unwrap()),
            ("a refresh token", refresh),
            ("an id token", id_token),
            ("what no one has", "of-no-one"),
            ("a token in the address", "in-the-address"),
            ("a verifier", VERIFIER),
            ("a state", "1234zyx"),
            ("a request's handle", handle),
            ("a browser's cookie", cookie),
        ];
        log.tells(
            &[
                "/authz/idaho/sandbox/oauth/token",
                "/authz/idaho/sandbox/oauth/introspect",
                "/fhir/idaho/sandbox/R4/{type}",
            ],
            &[&secrets[..], &OF_RIVERA].concat(),
        );
    }
}

#[tokio::test]
async fn from_sign_up_to_consent_no_password_and_no_person_is_logged() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        rivera(&site).await;
        let app = site.production_app("idaho").await;
        account(&site, "quill-signs-in").await;
        let log = Log::listen();

        let browser = Browser::of(&site);
        let new = [
            ("name", "Quincy Quill"),
            ("email", "quill-new@mail.example"),
            ("healthcare_id", "quill-new"),
            ("password", PASSWORD),
        ];
        browser.post("sign-up", &new).await;
        browser.post("sign-in", &[("login", "quill-signs-in"), ("password", "a wrong pass phrase")]).await;
        browser.post("forgot-password", &[("login", "quill-signs-in@example.org")]).await;
        browser.post("reset-password", &[("token", "a-link-of-no-one"), ("password", PASSWORD)]).await;
        browser.get("/account/reset-password?token=a-link-of-no-one").await;
        let path = consent(&browser, &app).await;
        browser.sign_in("quill-signs-in").await;
        let session = browser.cookie("flex_session").unwrap();
        let handle = path.trim_start_matches("/consent/").to_owned();
        for (number, name) in [("M-111222333", "Rivera-Quill"), ("M-987654", "Rivera-Quill")] {
            let card = [
                ("member_id", number),
                ("last_name", name),
                ("birth_date_month", "9"),
                ("birth_date_day", "2"),
                ("birth_date_year", "1984"),
                ("handle", &handle),
            ];
            browser.follow("link-member", &card).await;
        }
        let answer = query(browser.allow(&handle, &["patient/Patient.read"], &[]).await.header("location"));
        browser.get("/member").await;

        let secrets = [
            ("a password", PASSWORD),
            ("a wrong password", "a wrong pass phrase"),
            ("a mail address", "quill-new@mail"),
            ("a login", "quill-signs-in"),
            ("a name", "Quincy"),
            ("a link", "of-no-one"),
            ("a session", &session),
            ("a handle", &handle),
            ("a wrong member number", "111222333"),
            ("a code", &answer["code"]),
        ];
        let secrets = [&secrets[..], &OF_RIVERA].concat();
        log.tells(&["/api/{name}", "/consent/{handle}", "/member"], &secrets);
        let (told, text) = traces::told(&site).await;
        assert!(told.contains(&"security.card_wrong".to_owned()), "{told:?}");
        for (what, secret) in secrets {
            assert!(!text.contains(secret), "{what} is in the audit log");
        }
    }
}

/// Starts a request in this browser; returns the request's page.
async fn consent(browser: &Browser<'_>, app: &App) -> String {
    let asked = encoded(&request(app, "patient/Patient.read"));
    browser.get(&format!("/authz/idaho/oauth/authorize?{asked}")).await.header("location").to_owned()
}

#[tokio::test]
async fn no_code_number_or_address_is_logged_where_a_hook_fails() {
    let cards = Cards::new(sqlite().await, "").await;
    let (browser, handle) = reach(&cards.site, &cards.app, "vera-lindqvist").await;
    let log = Log::listen();
    card(&browser, &handle, "M-1234", "O'Brien-Rivera").await;
    for (status, channel) in [(500, "phone"), (502, "letter"), (204, "phone")] {
        cards.hook.answers(status);
        browser.follow("send-member-code", &[("handle", &handle), ("channel", channel)]).await;
    }
    let codes: Vec<String> = cards.hook.taken().iter().map(Posted::code).collect();
    browser.follow("confirm-member", &[("handle", &handle), ("code", &codes[2])]).await;
    HEARD.with_borrow(|heard| {
        let text = String::from_utf8_lossy(heard.as_deref().unwrap_or_default());
        assert!(text.contains("code hook: status 500") && text.contains("optum-idaho"), "the fault is");
    });
    let secrets = [
        ("a phone number", "010-0123"),
        ("an address", "Linden"),
        ("a member number", "M-1234"),
        ("the secret", "MfKQ9r8"),
    ];
    // As it appears in JSON and in a form: the bare code could be part of a line's time.
    let codes: Vec<String> = codes.iter().flat_map(|code| [format!("{code}\""), format!("={code}")]).collect();
    let codes = codes.iter().map(|code| ("a code", code.as_str()));
    log.tells(&["/api/{name}"], &secrets.into_iter().chain(codes).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_secret_that_was_just_made_is_not_logged() {
    let site = Site::on(postgres().await).await;
    let log = Log::listen();
    let vera = approved_vendor(&site, "vera-of-the-log").await;
    let page = register_app(&vera, &details("sandbox"), &registration("confidential")).await.body;
    let secret = text_of(&page, "client-secret").unwrap();
    let pad = vera.cookie("flex_session").unwrap();
    let secrets = [
        ("a client secret", secret),
        ("a session", &pad),
        ("a tax number", "82-1234567"),
        ("a login", "vera-of-the-log"),
    ];
    log.tells(&["/owner/applications/{id}/registered"], &secrets);
}
