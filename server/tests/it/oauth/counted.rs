//! Calls are counted, whatever answers them, and `kill -9` loses the last second at most.

use axum::http::Method;
use serde_json::json;
use store::{
    Clock, SystemClock, sql,
    testing::{TestStore, eventually, postgres, sqlite},
};

use super::{
    killed::{Server, send},
    site::{App, MAIN, Site, encoded, request},
};
use crate::{
    fhir::world::load,
    portals::{
        browser::Browser,
        consent::{ask, begin, reach_consent},
    },
};

const AUTHZ: &str = "/authz/oph/ca";
const FHIR: &str = "/fhir/oph/ca/R4";
const SCOPE: &str = "patient/Patient.read offline_access";

/// App, endpoint, status and calls of every row, in this order.
async fn counted(site: &Site) -> Vec<(String, String, i64, i64)> {
    let services = &site.state.services;
    services.meter.flush(&services.store).await.unwrap();
    let rows = sql("SELECT client_id, endpoint, status, CAST(SUM(calls) AS BIGINT) FROM usage_call
         GROUP BY client_id, endpoint, status ORDER BY client_id, endpoint, status");
    rows.fetch_all(&mut services.store.read().await.unwrap().tx).await.unwrap()
}

#[tokio::test]
async fn every_call_is_counted_by_app_endpoint_and_outcome() {
    for store in [sqlite().await, postgres().await] {
        let site = Site::on(store).await;
        load(&site, "oph-ca", &[json!({ "resourceType": "Patient", "id": "ada", "birthDate": "1980-05-01" })]).await;
        let app = site.app("oph-ca").await;
        let person = site.member_who_is("ada", "ada", &app).await;
        let tokens = site.tokens(AUTHZ, &app, &person, SCOPE).await;
        let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        let header = [("authorization", bearer.as_str())];
        for path in ["Patient/ada", "Patient/ada", "Patient/eve", "Patient", "metadata", "Made-up/1"] {
            site.send(Method::GET, &format!("{FHIR}/{path}"), &header, "").await;
        }
        // Of a page of another site, before its call: not a call.
        let preflight = [("origin", "https://acme.example"), ("access-control-request-method", "GET")];
        site.send(Method::OPTIONS, &format!("{FHIR}/Patient/ada"), &preflight, "").await;
        site.send(Method::GET, &format!("{FHIR}/Patient/ada"), &[], "").await;
        let refresh = |token: &str| {
            let form = [("grant_type", "refresh_token"), ("refresh_token", token)].map(|(a, b)| (a, b.to_owned()));
            form.into_iter()
                .chain([("client_id", app.id.clone()), ("client_secret", app.secret.clone())])
                .collect::<Vec<_>>()
        };
        for token in [tokens["refresh_token"].as_str().unwrap(), "wrong"] {
            let form = refresh(token);
            let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            site.post(&format!("{AUTHZ}/oauth/token"), &[], &form).await;
        }
        let wrong = [("client_id", app.id.as_str()), ("client_secret", "wrong"), ("token", "x")];
        site.post(&format!("{AUTHZ}/oauth/introspect"), &[], &wrong).await;
        let mut mistaken = request(&app, SCOPE);
        mistaken.retain(|(name, _)| *name != "code_challenge");
        site.get(&format!("{AUTHZ}/oauth/authorize?{}", encoded(&mistaken))).await;
        site.get(&format!("{AUTHZ}/oauth/authorize?client_id=unknown")).await;

        let found = counted(&site).await;
        let of = |client: &str, endpoint: &str, status: i64| {
            let here = found.iter().find(|(of, at, with, _)| of == client && at == endpoint && *with == status);
            here.map_or(0, |(.., calls)| *calls)
        };
        let app = app.id.as_str();
        for (endpoint, status, calls) in [
            ("Patient.read", 200, 2),
            ("Patient.read", 404, 1),
            ("Patient.search", 200, 1),
            ("authorize.started", 303, 1),
            ("authorize.refused", 303, 1),
            ("token.authorization_code", 200, 1),
            ("token.refresh_token", 200, 1),
            ("token.refresh_token", 400, 1),
            ("introspect", 401, 1),
            // What came of the two requests.
            ("started", 0, 1),
            ("failed", 0, 1),
        ] {
            assert_eq!(of(app, endpoint, status), calls, "{endpoint} {status}: {found:?}");
        }
        assert_eq!(of("", "Patient.read", 401), 1, "{found:?}");
        assert_eq!(of("", "authorize.mistake", 400), 1, "{found:?}");
        assert_eq!(of("", "metadata", 200) + of(app, "metadata", 200), 1, "{found:?}");
        assert!(found.iter().all(|(_, endpoint, ..)| !endpoint.contains("Made-up")), "{found:?}");
        let used = sql("SELECT COUNT(*) FROM credential_use WHERE client_id = $1 AND credential LIKE 'secret:%'");
        let services = &site.state.services;
        let (used,): (i64,) = used.bind(app).fetch_one(&mut services.store.read().await.unwrap().tx).await.unwrap();
        assert_eq!(used, 1);
    }
}

#[tokio::test]
async fn a_kill_loses_at_most_what_was_not_written_yet_on_sqlite() {
    kill(sqlite().await).await;
}

#[tokio::test]
async fn a_kill_loses_at_most_what_was_not_written_yet_on_postgresql() {
    kill(postgres().await).await;
}

async fn revocations(site: &Site, app: &App) -> i64 {
    let mut ctx = site.state.services.store.read().await.unwrap();
    let query = sql(
        "SELECT CAST(COALESCE(SUM(calls), 0) AS BIGINT) FROM usage_call WHERE client_id = $1 AND endpoint = 'revoke'",
    );
    let (calls,): (i64,) = query.bind(app.id.as_str()).fetch_one(&mut ctx.tx).await.unwrap();
    calls
}

async fn revoke(server: &Server, app: &App, times: usize) {
    for _ in 0..times {
        let form = [("client_id", app.id.as_str()), ("client_secret", app.secret.as_str()), ("token", "unknown")];
        let mut connection = send(server.address, "revoke", &form).await;
        let mut answer = String::new();
        tokio::io::AsyncReadExt::read_to_string(&mut connection, &mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

async fn kill(test: TestStore) {
    let site = Site::on(test).await;
    let app = site.app("oph-ca").await;
    site.test.clock.set(&SystemClock.now().to_string());
    let mut server = Server::start(&site);
    revoke(&server, &app, 7).await;
    eventually(async || revocations(&site, &app).await == 7).await;
    revoke(&server, &app, 5).await;
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    let kept = revocations(&site, &app).await;
    assert!((7..=12).contains(&kept), "{kept}");

    // What comes after is added to what was kept; an orderly end loses nothing.
    let mut server = Server::start(&site);
    revoke(&server, &app, 3).await;
    let id = rustix::process::Pid::from_child(&server.child);
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    assert!(server.child.wait().unwrap().success());
    assert_eq!(revocations(&site, &app).await, kept + 3, "{MAIN}");
}

/// What members answer is counted once for each request, however often they press the button.
#[tokio::test]
async fn each_answer_of_a_member_counts_once() {
    let (site, app) = begin("oph-ca").await;
    let browser = Browser::of(&site);
    let (_, handle) = reach_consent(&browser, &app).await;
    let shown = browser.shown(&handle).await;
    let form = [
        ("handle", handle.as_str()),
        ("answer", "allow"),
        ("shown", shown.as_str()),
        ("scopes[]", "patient/Patient.read"),
    ];
    for _ in 0..2 {
        browser.post("decide", &form).await;
    }
    let (_, nothing) = ask(&browser, AUTHZ, &app).await;
    browser.follow("choose-payer", &[("handle", &nothing), ("payer", "university-of-california")]).await;
    browser.follow("choose-test-member", &[("handle", &nothing), ("patient", "jordan")]).await;
    browser.allow(&nothing, &[], &[]).await;
    let (_, cancelled) = ask(&browser, AUTHZ, &app).await;
    browser.post("decide", &[("handle", &cancelled), ("answer", "cancel")]).await;
    let found = counted(&site).await;
    let of = |outcome: &str| {
        let here = found.iter().find(|(client, endpoint, ..)| *client == app.id && endpoint == outcome);
        here.map_or(0, |(.., calls)| *calls)
    };
    let outcomes = ["started", "consented", "refused", "cancelled", "failed"].map(of);
    assert_eq!(outcomes, [3, 1, 1, 1, 0], "{found:?}");
}
