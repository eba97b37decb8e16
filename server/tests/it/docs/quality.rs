//! How well the endpoints worked: the page and the JSON, against the raw rows.

use axum::http::{Method, StatusCode};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use model::partition::ProgramId;
use serde_json::{Value, json};
use store::{
    sql,
    testing::{TestStore, postgres, sqlite},
};

use super::visible::plain;
use crate::oauth::site::{Reply, Site};

const JSON: &str = "/docs/idaho/quality.json";
const PAGE: &str = "/docs/idaho/quality";

/// A row of the sums by endpoint: day, endpoint, status, calls.
type Calls = (i64, &'static str, i64, i64);

/// Adds calls to the sums, as the meter does.
async fn add(site: &Site, program: &str, environment: &str, api: &str, rows: &[Calls]) {
    let mut ctx = site.test.store.write().await.unwrap();
    for (day, endpoint, status, calls) in rows {
        sql("INSERT INTO usage_endpoint (program, environment, day, api, endpoint, status, calls)
             VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(program)
        .bind(environment)
        .bind(*day)
        .bind(api)
        .bind(*endpoint)
        .bind(*status)
        .bind(*calls)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
    }
    ctx.commit().await.unwrap();
}

/// Calls of one day that were answered within these times: milliseconds and calls.
async fn add_latency(site: &Site, program: &str, api: &str, day: i64, within: &[(i64, i64)]) {
    let mut ctx = site.test.store.write().await.unwrap();
    for (within, calls) in within {
        sql("INSERT INTO usage_day (program, environment, day, api, status, within_ms, calls)
             VALUES ($1, 'production', $2, $3, 200, $4, $5)")
        .bind(program)
        .bind(day)
        .bind(api)
        .bind(*within)
        .bind(*calls)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
    }
    ctx.commit().await.unwrap();
}

/// Results of probes: so many minutes ago, and whether they passed.
async fn add_probes(site: &Site, program: &str, results: impl Iterator<Item = (i64, bool)>) {
    let mut ctx = site.test.store.write().await.unwrap();
    let now = ctx.now;
    for (minutes, passed) in results {
        let (outcome, step) = if passed { ("passed", None) } else { ("failed", Some("token".to_owned())) };
        sql("INSERT INTO probe (program, due_at, every_ms, outcome, step, reason, took_ms)
             VALUES ($1, $2, 300000, $3, $4, NULL, 345)")
        .bind(program)
        .bind(now - SignedDuration::from_mins(minutes))
        .bind(outcome)
        .bind(step)
        .execute(&mut ctx.tx)
        .await
        .unwrap();
    }
    ctx.commit().await.unwrap();
}

async fn read(site: &Site, path: &str) -> (Reply, Value) {
    let reply = site.get(path).await;
    assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "application/json"), "{}", reply.body);
    let json = reply.json();
    (reply, json)
}

/// After the figures that are kept have aged.
async fn later(site: &Site) {
    site.test.clock.advance(5.minutes());
}

async fn one(site: &Site, question: &'static str) -> i64 {
    let mut ctx = site.test.store.read().await.unwrap();
    let (found,): (i64,) = sql(question).fetch_one(&mut ctx.tx).await.unwrap();
    found
}

/// 2 March 2026 in Boise; the last 30 days are from 31 January to 1 March.
async fn filled(test: TestStore) -> Site {
    let site = Site::on(test).await;
    let authorizations = [
        (20_260_131, "started", 0, 40),
        (20_260_131, "consented", 0, 30),
        (20_260_301, "started", 0, 60),
        (20_260_301, "consented", 0, 51),
        (20_260_301, "cancelled", 0, 7),
        (20_260_301, "refused", 0, 3),
        (20_260_301, "failed", 0, 4),
        // Before the month, and today.
        (20_260_130, "started", 0, 100),
        (20_260_130, "consented", 0, 10),
        (20_260_302, "started", 0, 1000),
    ];
    add(&site, "idaho", "production", "authorization", &authorizations).await;
    let refreshes = [
        (20_260_215, "token.refresh_token", 200, 95),
        (20_260_215, "token.refresh_token", 400, 4),
        (20_260_215, "token.refresh_token", 503, 1),
        // Of clients that we do not know.
        (20_260_215, "token.refresh_token", 401, 5000),
        (20_260_215, "token.authorization_code", 400, 5000),
    ];
    add(&site, "idaho", "production", "oauth", &refreshes).await;
    add(&site, "idaho", "sandbox", "oauth", &[(20_260_215, "token.refresh_token", 503, 5000)]).await;
    // Another program's figures are its own.
    add(&site, "oph-ca", "production", "authorization", &[(20_260_301, "started", 0, 20)]).await;
    add(&site, "oph-ca", "production", "oauth", &[(20_260_301, "token.refresh_token", 200, 11)]).await;
    add_latency(&site, "idaho", "fhir", 20_260_220, &[(5, 90), (50, 6), (1000, 4)]).await;
    add_latency(&site, "idaho", "oauth", 20_260_220, &[(5, 10)]).await;
    add_latency(&site, "oph-ca", "fhir", 20_260_220, &[(2500, 11)]).await;
    site
}

#[tokio::test]
async fn the_figures_are_those_of_the_raw_rows() {
    for store in [sqlite().await, postgres().await] {
        let site = filled(store).await;
        let (_, json) = read(&site, JSON).await;
        let [month, half_year] = [&json["periods"][0], &json["periods"][1]];
        assert_eq!(
            (&month["days"], &month["first"], &month["last"]),
            (&json!(30), &json!("2026-01-31"), &json!("2026-03-01"))
        );
        assert_eq!((&half_year["days"], &half_year["last"]), (&json!(180), &json!("2026-03-01")));

        let sum = async |of: &'static str| one(&site, of).await;
        let consented = sum(
            "SELECT CAST(SUM(calls) AS BIGINT) FROM usage_endpoint WHERE program = 'idaho' AND endpoint = 'consented'
             AND day BETWEEN 20260131 AND 20260301",
        )
        .await;
        let asked = sum("SELECT CAST(SUM(CASE WHEN endpoint = 'started' THEN calls ELSE -calls END) AS BIGINT) FROM usage_endpoint
             WHERE program = 'idaho' AND endpoint IN ('started', 'refused', 'cancelled') AND day BETWEEN 20260131 AND 20260301").await;
        assert_eq!((consented, asked), (81, 90));
        assert_eq!(month["authorization_success_percent"], consented * 100 / asked);
        assert_eq!(half_year["authorization_success_percent"], 91 * 100 / 190);
        assert_eq!(month["refresh_success_percent"], 95);
        assert_eq!(month["p95_ms"], json!({ "fhir": 50, "oauth": null, "directory": null }));

        let (_, other) = read(&site, "/docs/oph-ca/quality.json").await;
        let month = &other["periods"][0];
        assert_eq!(
            (&month["authorization_success_percent"], &month["refresh_success_percent"]),
            (&json!(0), &json!(100))
        );
        assert_eq!(month["p95_ms"]["fhir"], 2500);
    }
}

#[tokio::test]
async fn the_page_shows_what_the_json_says() {
    let site = filled(sqlite().await).await;
    add_probes(&site, "idaho", (0..200).map(|back| (back * 5, back != 3))).await;
    let (_, json) = read(&site, JSON).await;
    let text = plain(&site.get(PAGE).await.body);
    let month = &json["periods"][0];
    assert_eq!(month["sandbox_uptime"]["percent"], json!(99.5));
    assert_eq!((&month["sandbox_uptime"]["passed"], &month["sandbox_uptime"]["due"]), (&json!(199), &json!(200)));
    for words in [
        "Authorizations that succeeded 90% 47%",
        "Refreshes that succeeded 95% 95%",
        "95% of FHIR calls answered within 50 ms 50 ms",
        "95% of authorization server calls answered within Fewer than 11 cases Fewer than 11 cases",
        "Uptime of the sandbox 99.50% (199 of 200 checks) 99.50% (199 of 200 checks)",
        "Production support answered on time Fewer than 11 cases Fewer than 11 cases",
        "365 days",
        "our server does what your app does",
        "Time between checks 5 minutes",
        "passed in 345 ms",
        "GET http://127.0.0.1:3000/docs/idaho/quality.json",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(json["longest_grant_days"], 365);
    let patient = json["profiles"].as_array().unwrap().iter().find(|of| of["resource"] == "Patient").unwrap();
    for profile in patient["supported"].as_array().unwrap() {
        assert!(text.contains(profile.as_str().unwrap()), "{profile}: {text}");
    }
}

#[tokio::test]
async fn a_figure_of_fewer_than_eleven_cases_is_not_published() {
    for store in [sqlite().await, postgres().await] {
        let site = Site::on(store).await;
        add(
            &site,
            "idaho",
            "production",
            "authorization",
            &[(20_260_301, "started", 0, 10), (20_260_301, "consented", 0, 9)],
        )
        .await;
        add(&site, "idaho", "production", "oauth", &[(20_260_301, "token.refresh_token", 200, 10)]).await;
        add_latency(&site, "idaho", "fhir", 20_260_301, &[(5, 10)]).await;
        let (_, json) = read(&site, JSON).await;
        for period in json["periods"].as_array().unwrap() {
            for field in [
                "authorization_success_percent",
                "refresh_success_percent",
                "app_reviews_on_time_percent",
                "sandbox_support_on_time_percent",
                "production_support_on_time_percent",
            ] {
                assert_eq!(period[field], Value::Null, "{field}: {period}");
            }
            assert_eq!(period["p95_ms"], json!({ "fhir": null, "oauth": null, "directory": null }));
        }
        assert_eq!(json["fewest_cases"], 11);
        // One more of each.
        add(&site, "idaho", "production", "authorization", &[(20_260_228, "started", 0, 1)]).await;
        add(&site, "idaho", "production", "oauth", &[(20_260_228, "token.refresh_token", 200, 1)]).await;
        add_latency(&site, "idaho", "fhir", 20_260_228, &[(5, 1)]).await;
        later(&site).await;
        let (_, json) = read(&site, JSON).await;
        let month = &json["periods"][0];
        assert_eq!(
            (&month["authorization_success_percent"], &month["refresh_success_percent"]),
            (&json!(81), &json!(100))
        );
        assert_eq!(month["p95_ms"]["fhir"], 5);
        // Those whom the member refused are not among the cases.
        add(&site, "idaho", "production", "authorization", &[(20_260_228, "cancelled", 0, 1)]).await;
        later(&site).await;
        let (_, json) = read(&site, JSON).await;
        assert_eq!(json["periods"][0]["authorization_success_percent"], Value::Null);
    }
}

#[tokio::test]
async fn promises_that_were_due_count_for_their_program() {
    for store in [sqlite().await, postgres().await] {
        let site = Site::on(store).await;
        let mut ctx = site.test.store.write().await.unwrap();
        let due: Timestamp = "2026-02-20T18:00:00Z".parse().unwrap();
        // Twelve in production, of which three were late or got no answer, and one of the other program.
        for number in 0..13 {
            let program = if number == 12 { "oph-ca" } else { "idaho" };
            let answered = match number {
                0 | 1 => Some(due + 1.hours()),
                2 => None,
                _ => Some(due),
            };
            sql("INSERT INTO ticket (id, organization_id, program, environment, title, opened_by, opened_at, first_due_at, answered_at)
                 SELECT $1, id, $2, 'production', 'Help', 'someone', $3, $4, $5 FROM organization LIMIT 1")
            .bind(format!("ticket-{number}"))
            .bind(program)
            .bind(due - 48.hours())
            .bind(due)
            .bind(answered)
            .execute(&mut ctx.tx)
            .await
            .unwrap();
        }
        ctx.commit().await.unwrap();
        let (_, json) = read(&site, JSON).await;
        let month = &json["periods"][0];
        assert_eq!(month["production_support_on_time_percent"], 75);
        assert_eq!(month["sandbox_support_on_time_percent"], Value::Null);
        let (_, other) = read(&site, "/docs/oph-ca/quality.json").await;
        assert_eq!(other["periods"][0]["production_support_on_time_percent"], Value::Null);
        let promise = json["promises"].as_array().unwrap().iter().find(|of| of["to"] == "production-support").unwrap();
        assert_eq!(promise["within"], "24 business hours");
    }
}

#[tokio::test]
async fn any_page_may_read_the_json_and_ask_whether_it_is_new() {
    let site = Site::new().await;
    let (reply, json) = read(&site, JSON).await;
    assert_eq!(reply.header("cache-control"), "public, max-age=300");
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    assert_eq!((&json["program"], &json["name"]), (&json!("idaho"), &json!("Optum Idaho")));
    let tag = reply.header("etag").to_owned();
    let again = site.send(Method::GET, JSON, &[("if-none-match", &tag)], "").await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!((again.header("etag"), again.header("access-control-allow-origin")), (tag.as_str(), "*"));
    let asks = [
        ("origin", "https://app.example"),
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "if-none-match"),
    ];
    let preflight = site.send(Method::OPTIONS, JSON, &asks, "").await;
    assert_eq!(preflight.header("access-control-allow-origin"), "*");
    assert_eq!(preflight.header("access-control-allow-headers"), "if-none-match");
    // For five minutes nothing is measured again, whatever comes in.
    add(&site, "idaho", "production", "authorization", &[(20_260_301, "started", 0, 100)]).await;
    site.test.clock.advance(4.minutes());
    assert_eq!(read(&site, JSON).await.0.header("etag"), tag);
    site.test.clock.advance(1.minutes());
    let (newer, json) = read(&site, JSON).await;
    assert_ne!(newer.header("etag"), tag);
    assert_eq!(json["periods"][0]["authorization_success_percent"], 0);
    let first: Date = json["periods"][0]["first"].as_str().unwrap().parse().unwrap();
    assert_eq!(first, jiff::civil::date(2026, 1, 31));
}

#[tokio::test]
async fn what_the_payer_does_not_publish_is_not_found() {
    let site = Site::with_changed(sqlite().await, "idaho", |file| file.replace("quality = \"public\"\n", "")).await;
    let program = site.state.services.programs.get(&ProgramId::new("idaho")).unwrap();
    assert!(!app::quality::is_public(program));
    for path in [JSON, "/docs/nowhere/quality.json", "/docs/%3Cscript%3E/quality.json", "/docs/idaho%00/quality.json"] {
        let reply = site.get(path).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}: {}", reply.body);
        assert!(
            !reply.body.contains("<script>") && !reply.headers.contains_key("access-control-allow-origin"),
            "{path}"
        );
    }
    let page = plain(&site.get(PAGE).await.body);
    assert!(page.contains("What the status page says") && !page.contains("Authorizations that succeeded"), "{page}");
    assert!(!site.get("/status").await.body.contains("/docs/idaho/quality#figures"));
}

#[tokio::test]
async fn the_status_page_leads_to_the_figures_in_both_languages() {
    let site = Site::new().await;
    for (language, words) in [("en", "How well it worked in the last 30 and 180 days"), ("es", "Qué tan bien funcionó")]
    {
        let page = site.send(Method::GET, "/status", &[("accept-language", language)], "").await.body;
        assert!(page.contains("/docs/idaho/quality#figures") && plain(&page).contains(words), "{page}");
    }
}
