//! Every error that a client meets has an entry in the catalog.

use app::docs::errors::{anchor, issue_anchor};
use axum::http::Method;
use fhir::outcome::Issue;
use oauth::{error::Code, reason::Reason};

use crate::{
    oauth::site::{App, Reply, Site},
    walls::files,
};

const AUTHZ: &str = "/authz/idaho/sandbox";
const FHIR: &str = "/fhir/idaho/sandbox/R4";

#[tokio::test]
async fn every_error_has_a_row_with_an_address() {
    let site = Site::new().await;
    let page = site.get("/docs/idaho/errors").await.body;
    let words = Code::ALL.iter().map(|code| code.as_str()).chain(Reason::ALL.iter().map(|reason| reason.as_str()));
    let anchors = words.map(anchor).chain(Issue::ALL.iter().map(|issue| issue_anchor(*issue)));
    for id in anchors {
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}

/// The code of an error of the authorization server, with its reason if it has one.
fn told(reply: &Reply) -> Vec<String> {
    let body = reply.json();
    let mut words = vec![body["error"].as_str().unwrap().to_owned()];
    let reason = body["error_description"].as_str().and_then(Reason::of);
    words.extend(reason.map(|reason| reason.as_str().to_owned()));
    words
}

async fn exchange(site: &Site, app: &App, form: &[(&str, &str)]) -> Reply {
    let own = [("client_id", app.id.as_str()), ("client_secret", app.secret.as_str())];
    site.post(&format!("{AUTHZ}/oauth/token"), &[], &[&own, form].concat()).await
}

#[tokio::test]
async fn what_clients_meet_leads_to_the_catalog() {
    let site = Site::new().await;
    let app = site.app("idaho").await;
    let person = site.member("mia", &app).await;
    let tokens = site.tokens(AUTHZ, &app, &person, "patient/Patient.read").await;
    let (access, refresh) = (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    let page = site.get("/docs/idaho/errors").await.body;
    let has = |words: &[String]| {
        for word in words {
            assert!(page.contains(&format!("id=\"{}\"", anchor(word))), "{word}");
        }
    };
    let wrong = App { secret: "wrong".to_owned(), ..app.clone() };
    let attempts = [
        (&wrong, [("grant_type", "client_credentials"), ("scope", "public/Location.read")], "invalid_client"),
        (&app, [("grant_type", "password"), ("scope", "public/Location.read")], "unsupported_grant_type"),
        (&app, [("grant_type", "client_credentials"), ("scope", "patient/Patient.read")], "invalid_scope"),
        (&app, [("grant_type", "refresh_token"), ("refresh_token", "unknown")], "invalid_grant"),
        (&app, [("grant_type", "refresh_token"), ("scope", "patient/Patient.read")], "invalid_request"),
    ];
    for (app, form, expect) in attempts {
        let words = told(&exchange(&site, app, &form).await);
        assert_eq!(words[0], expect);
        has(&words);
    }
    let bearer = format!("Bearer {access}");
    let as_mia = [("authorization", bearer.as_str())];
    for (path, expect) in [
        ("Patient?birthdate=yesterday", Issue::Invalid),
        ("Patient?eyes=blue", Issue::NotSupported),
        ("ExplanationOfBenefit", Issue::Forbidden),
        ("Spaceship", Issue::UnknownType),
        ("Patient/nobody-here", Issue::NotFound),
    ] {
        let reply = site.send(Method::GET, &format!("{FHIR}/{path}"), &as_mia, "").await;
        let issue = &reply.json()["issue"][0];
        assert_eq!(
            (reply.status.as_u16(), issue["code"].as_str().unwrap()),
            (expect.status(), expect.code()),
            "{path}"
        );
        assert!(page.contains(&format!("id=\"{}\"", issue_anchor(expect))), "{path}");
    }
    site.revoke_all(&person).await;
    let reply = site.send(Method::GET, &format!("{FHIR}/Patient"), &as_mia, "").await;
    let code = reply.json()["issue"][0]["details"]["coding"][0]["code"].as_str().unwrap().to_owned();
    assert_eq!(code, Reason::GrantRevoked.as_str());
    has(&[code]);
    let again = exchange(&site, &app, &[("grant_type", "refresh_token"), ("refresh_token", refresh)]).await;
    assert_eq!(told(&again), ["invalid_grant", "grant_revoked"]);
}

#[test]
fn no_code_writes_a_reason_by_hand() {
    let is_word = |text: &str| {
        text.contains('_') && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') && text.len() < 40
    };
    for (path, text) in files(&["server/src", "server/crates/oauth/src"], &["rs"]) {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for literal in code.split('"').skip(1).step_by(2) {
            let word = literal.split_once(": ").map_or("", |(word, _)| word);
            assert!(!is_word(word) || word == "id_token", "{path}: `{word}: …` belongs to oauth::reason");
        }
    }
}
