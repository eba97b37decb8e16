//! Client authentication: anything that is not exactly one proof of one client is refused in the same way, at every
//! endpoint.

use std::time::{Duration, Instant};

use axum::http::Method;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use store::testing::{postgres, sqlite};

use super::{calm::Answers, world::FORM};
use crate::oauth::{
    signer::{Signer, TYPE},
    site::{App, Reply, Site, encoded},
};

const ENDPOINTS: [&str; 4] = ["token", "introspect", "revoke", "par"];
const ISSUER: &str = "http://127.0.0.1:3000/authz/oph/ca";

/// The case, headers, form.
type Row<'a> = (&'a str, Vec<(&'a str, &'a str)>, Vec<(&'a str, &'a str)>);

async fn send(site: &Site, endpoint: &str, headers: &[(&str, &str)], form: &[(&str, &str)]) -> Reply {
    let body =
        [&[("grant_type", "client_credentials"), ("token", "x"), ("scope", "public/Location.read")], form].concat();
    let headers = [headers, &[FORM]].concat();
    site.send(Method::POST, &format!("/authz/oph/ca/oauth/{endpoint}"), &headers, &encoded(&body)).await
}

#[tokio::test]
async fn a_malformed_authorization_header_is_a_failed_authentication() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let app = site.app("oph-ca").await;
        let basic = |text: &[u8]| format!("Basic {}", STANDARD.encode(text));
        let good = format!("{}:{}", app.id, app.secret);
        let mut answers = Answers::default();
        for header in [
            "Basic".to_owned(),
            "Basic ".to_owned(),
            "Basic !!!!".to_owned(),
            "Basic =".to_owned(),
            "Basic\t".to_owned() + &STANDARD.encode(&good),
            format!("Basic {good}"),
            basic(b""),
            basic(b":"),
            basic(b"no colon"),
            basic(app.id.as_bytes()),
            basic(format!("{}:", app.id).as_bytes()),
            basic(format!(":{}", app.secret).as_bytes()),
            basic(format!("{good}:more").as_bytes()),
            basic(format!("{good} ").as_bytes()),
            basic(format!("{}\0:{}", app.id, app.secret).as_bytes()),
            basic(format!("{}:{}\0", app.id, app.secret).as_bytes()),
            basic(format!("{}%00:{}", app.id, app.secret).as_bytes()),
            basic(b"\xff\xfe:\xff"),
            basic("x".repeat(50_000).as_bytes()),
            format!("{} {}", basic(good.as_bytes()), basic(good.as_bytes())),
            format!("Bearer {}", STANDARD.encode(&good)),
            format!("Digest username=\"{}\"", app.id),
            "x".to_owned(),
        ] {
            for endpoint in ENDPOINTS {
                let reply = send(&site, endpoint, &[("authorization", &header)], &[]).await;
                let about = format!("{endpoint} {header:.60}");
                assert_eq!(
                    (reply.status.as_u16(), reply.json()["error"].as_str()),
                    (401, Some("invalid_client")),
                    "{about}"
                );
                assert_eq!(reply.header("www-authenticate"), "Basic realm=\"oauth\"", "{about}");
                answers.look(&reply, &about);
            }
        }
        answers.all_calm(90);
        let reply = send(&site, "token", &[("authorization", &basic(good.as_bytes()))], &[]).await;
        assert_eq!(reply.status.as_u16(), 200, "{}", reply.body);
    }
}

#[tokio::test]
async fn two_proofs_at_once_are_an_error_even_if_both_are_good() {
    let site = Site::new().await;
    let (app, other, signer) = (site.app("oph-ca").await, site.app("oph-ca").await, Signer::new());
    site.register_keys(&app, &signer.jwks().to_string()).await;
    let basic = |app: &App| format!("Basic {}", STANDARD.encode(format!("{}:{}", app.id, app.secret)));
    let (header, others) = (basic(&app), basic(&other));
    let secret = [("client_id", app.id.as_str()), ("client_secret", app.secret.as_str())];
    for endpoint in ENDPOINTS {
        let assertion = signer.assert(&site, &app, ISSUER);
        let assertion = [TYPE, ("client_assertion", assertion.as_str())];
        let rows: [Row<'_>; 7] = [
            ("header and secret", vec![("authorization", &header)], secret.to_vec()),
            ("header and assertion", vec![("authorization", &header)], assertion.to_vec()),
            ("secret and assertion", vec![], [secret, assertion].concat()),
            ("two headers", vec![("authorization", &header), ("authorization", &header)], vec![]),
            ("a header of another client", vec![("authorization", &others)], secret[..1].to_vec()),
            ("the secret twice", vec![], [&secret[..], &secret[1..]].concat()),
            ("the client twice", vec![], [&secret[..], &secret[..1]].concat()),
        ];
        for (what, headers, form) in rows {
            let reply = send(&site, endpoint, &headers, &form).await;
            let told = (reply.status.as_u16(), reply.json()["error"].as_str().map(str::to_owned));
            assert_eq!(told, (400, Some("invalid_request".to_owned())), "{endpoint}: {what}");
        }
    }
}

#[tokio::test]
async fn an_unknown_client_takes_as_long_to_refuse_as_a_wrong_secret() {
    let site = Site::on(postgres().await).await;
    let app = site.app("oph-ca").await;
    let secret = "w".repeat(43);
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..60 {
        // Alternating, so that a busy machine is as busy for both.
        for (times, client) in times.iter_mut().zip([app.id.as_str(), "unknownunknownunknownunknow"]) {
            let begun = Instant::now();
            let reply = send(&site, "token", &[], &[("client_id", client), ("client_secret", &secret)]).await;
            assert_eq!(reply.status.as_u16(), 401);
            times.push(begun.elapsed());
        }
    }
    let [known, unknown] = times.map(median);
    // One more database query would take a third longer.
    assert!(known < unknown * 2 && unknown < known * 2, "{known:?} {unknown:?}");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
