//! Many requests at once, each over its own connection: one exchange of a code wins, refreshes never sign a member out,
//! and the audit log misses no one.

use std::{fs, path::Path, sync::Arc};

use axum::http::Method;
use futures::future::join_all;
use programs::Programs;
use serde_json::Value;
use server::payers;
use store::testing::{TestStore, racing_postgres, sqlite};

use crate::{
    oauth::site::{App, Person, Site, encoded, exchange, request},
    portals::{
        browser::Browser,
        desk::approved_vendor,
        network::{send_from, serve},
    },
};

const AUTHZ: &str = "/authz/oph/ca";
const SCOPE: &str = "openid patient/Patient.read";

/// A code that has not been exchanged yet.
async fn code(site: &Site, app: &App, person: &Person) -> String {
    let path = format!("{AUTHZ}/university-of-california/oauth/authorize?{}", encoded(&request(app, SCOPE)));
    site.allow(person, &site.get(&path).await, SCOPE).await.remove("code").unwrap()
}

/// Sends this form to the token endpoint over twenty connections at once; returns statuses and bodies.
async fn twenty(site: &Site, form: &[(&str, &str)]) -> Vec<(u16, Value)> {
    let (server, form) = (serve(site).await, encoded(form));
    let send = async |number: u8| {
        let answer =
            send_from(&format!("127.0.1.{number}:0"), server, &format!("POST {AUTHZ}/oauth/token"), &form).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), serde_json::from_str(body).unwrap())
    };
    join_all((1..=20).map(send)).await
}

/// The built-in programs, except that refresh tokens always rotate.
fn rotating() -> Arc<Programs> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../programs");
    let folder = std::env::temp_dir().join(format!("flex-rotating-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for file in ["idaho.toml", "oph-ca.toml"] {
        let text = fs::read_to_string(source.join(file)).unwrap();
        assert!(text.contains("refresh_rotation = \"never\""));
        fs::write(folder.join(file), text.replace("refresh_rotation = \"never\"", "refresh_rotation = \"always\""))
            .unwrap();
    }
    let programs = Programs::from_folder(&folder).unwrap();
    fs::remove_dir_all(folder).unwrap();
    Arc::new(programs)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_exchanges_over_the_network_one_wins_and_the_code_is_burnt() {
    for test in [sqlite().await, racing_postgres().await] {
        let site = Site::on(test).await;
        let app = site.app("oph-ca").await;
        let ann = site.member("ann", &app).await;
        let code = code(&site, &app, &ann).await;

        let answers = twenty(&site, &exchange(&app, &code)).await;

        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(status, _)| *status == 200);
        assert_eq!((won.len(), lost.len()), (1, 19));
        for (status, answer) in &lost {
            assert_eq!((*status, &answer["error"]), (400, &"invalid_grant".into()));
        }
        // A code that came twice is invalid (RFC 9700 §4.13): neither token of the winner survives.
        let bearer = format!("Bearer {}", won[0].1["access_token"].as_str().unwrap());
        let info = site.send(Method::GET, &format!("{AUTHZ}/oauth/userinfo"), &[("authorization", &bearer)], "").await;
        assert_eq!(info.status, 401);
        assert!(info.header("www-authenticate").contains("grant_revoked"), "{:?}", info.headers);
        let refused = site.post(&format!("{AUTHZ}/oauth/token"), &[], &refresh(&app, &won[0].1)).await;
        assert_eq!((refused.status.as_u16(), &refused.json()["error"]), (400, &"invalid_grant".into()));
    }
}

fn refresh<'a>(app: &'a App, tokens: &'a Value) -> [(&'a str, &'a str); 4] {
    [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
        ("client_id", &app.id),
        ("client_secret", &app.secret),
    ]
}

/// Twenty refreshes with one token, and one more afterwards with the result.
async fn refresh_at_once(site: &Site) {
    let app = site.app("oph-ca").await;
    let ann = site.member("ann", &app).await;
    let tokens = site.tokens(AUTHZ, &app, &ann, SCOPE).await;

    let answers = twenty(site, &refresh(&app, &tokens)).await;

    assert!(answers.iter().all(|(status, _)| *status == 200), "{answers:?}");
    for (_, answer) in &answers {
        let bearer = format!("Bearer {}", answer["access_token"].as_str().unwrap());
        let info = site.send(Method::GET, &format!("{AUTHZ}/oauth/userinfo"), &[("authorization", &bearer)], "").await;
        assert_eq!(info.status, 200, "{}", info.body);
    }
    let newest = answers.iter().map(|(_, answer)| answer).find(|answer| answer["refresh_token"].is_string());
    let again = site.post(&format!("{AUTHZ}/oauth/token"), &[], &refresh(&app, newest.unwrap_or(&tokens))).await;
    assert_eq!(again.status, 200, "{}", again.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_refreshes_over_the_network_all_succeed() {
    for test in [sqlite().await, racing_postgres().await] {
        refresh_at_once(&Site::on(test).await).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn where_refresh_tokens_rotate_twenty_at_once_log_nobody_out() {
    for test in [sqlite().await, racing_postgres().await] {
        let settings = server::settings::Settings::load(None).unwrap();
        let payers = payers::services(&settings, payers::Known::default()).unwrap();
        refresh_at_once(&Site::with(test, rotating(), payers).await).await;
    }
}

#[tokio::test]
async fn of_a_hundred_comments_at_once_none_is_missing_in_the_audit_log() {
    let commented = async |test: TestStore| {
        let site = Site::on(test).await;
        let vera = approved_vendor(&site, "vera-lindqvist").await;
        let token = vera.cookie("flex_session").unwrap();
        let before = audited(&site).await;
        let send = async |number: u32| {
            let browser = Browser::of(&site);
            browser.keep("flex_session", &token);
            let text = format!("Comment {number}");
            browser.post("owner-comment", &[("comment", &text)]).await.status
        };

        let answers = join_all((0..100).map(send)).await;

        assert!(answers.iter().all(|status| *status == 303), "{answers:?}");
        assert_eq!(audited(&site).await, before + 100);
        let mut page = String::new();
        for number in 1..=3 {
            page += &vera.get(&format!("/owner/organization?history={number}")).await.body;
        }
        assert!((0..100).all(|number| page.contains(&format!("Comment {number}<"))));
    };
    commented(sqlite().await).await;
    commented(racing_postgres().await).await;
}

/// The length of the audit log, whose chain must be intact.
async fn audited(site: &Site) -> i64 {
    let outcome = audit::verify::run(&site.state.services.store, None, &[]).await.unwrap();
    assert!(outcome.is_intact(), "{outcome:?}");
    outcome.rows
}
