//! The administrators' reports against the raw rows, and what vendors see of their use.

use axum::http::Method;
use jiff::ToSpan;
use model::{account::Role, id::AccountId, text::Paragraph};
use registry::{
    criteria,
    reviews::{self, Decision},
};
use serde_json::Value;
use store::{
    FromRow, sql,
    testing::{postgres, sqlite},
};

use super::desk::{
    approve_all, approved_vendor, details, open_reviews, register_app, register_organization, registration, staff,
    vendor,
};
use crate::oauth::site::Site;

async fn rows<T: FromRow>(site: &Site, text: &'static str) -> Vec<T> {
    sql(text).fetch_all(&mut site.state.services.store.read().await.unwrap().tx).await.unwrap()
}

async fn deny_all(site: &Site, code: &str) {
    for id in open_reviews(site).await {
        let mut ctx = site.state.services.store.write().await.unwrap();
        let comment = Paragraph::parse("Please correct this.").unwrap();
        let criterion = criteria::find(&mut ctx, code).await.unwrap().unwrap();
        let deny = Decision::Deny { criterion, comment };
        let reviewer = AccountId::new("account-reviewer");
        reviews::decide(&mut ctx, &site.state.services.registry, &reviewer, &id, 1, &deny).await.unwrap();
        ctx.commit().await.unwrap();
    }
}

fn lines(body: &str) -> Vec<Value> {
    body.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn each_report_says_what_the_raw_rows_say() {
    for store in [sqlite().await, postgres().await] {
        let site = Site::on(store).await;
        register_organization(&vendor(&site, "one-vendor").await).await;
        site.test.clock.advance(30.hours());
        register_organization(&vendor(&site, "two-vendor").await).await;
        site.test.clock.advance(20.hours());
        approve_all(&site).await;
        register_organization(&vendor(&site, "three-vendor").await).await;
        site.test.clock.advance(400.hours());
        deny_all(&site, "privacy_policy").await;
        for path in ["Location", "Location", "Patient/1", "metadata"] {
            site.send(Method::GET, &format!("/fhirpublic/idaho/R4/{path}"), &[], "").await;
        }
        let services = &site.state.services;
        services.meter.flush(&services.store).await.unwrap();
        let admin = staff(&site, "ann-administrator", Role::Administrator).await;
        let file = async |report: &str| {
            let reply = admin.get(&format!("/admin/reports/file?report={report}&format=ndjson")).await;
            assert_eq!(reply.status, 200, "{report}");
            assert_eq!(reply.header("content-type"), "application/x-ndjson; charset=utf-8");
            lines(&reply.body)
        };

        let raw: Vec<(i64, i64, i64, String)> = rows(
            &site,
            "SELECT submitted_at, decided_at, due_at, outcome FROM review WHERE application_id IS NULL AND outcome IS NOT NULL",
        )
        .await;
        let mut times: Vec<i64> = raw.iter().map(|(submitted, decided, ..)| decided - submitted).collect();
        times.sort_unstable();
        let rank = |percent: usize| times[(times.len() * percent).div_ceil(100) - 1];
        let count = |test: fn(&(i64, i64, i64, String)) -> bool| raw.iter().filter(|row| test(row)).count();
        let days = |millis: i64| ((millis as f64) / 8_640_000.0).round() / 10.0;
        let found = file("registrations").await;
        let organizations = found.iter().find(|row| row["subject"] == "organizations").unwrap();
        assert_eq!(organizations["decided"], count(|_| true));
        assert_eq!(organizations["approved"], count(|row| row.3 == "approved"));
        assert_eq!(organizations["denied"], count(|row| row.3 == "denied"));
        assert_eq!(organizations["late"], count(|row| row.2 < row.1));
        assert_eq!(organizations["median_days"].as_f64(), Some(days(rank(50))));
        assert_eq!(organizations["p90_days"].as_f64(), Some(days(rank(90))));
        assert_eq!(
            (organizations["decided"].clone(), organizations["late"].clone()),
            (4.into(), 1.into()),
            "the site's own vendor included"
        );

        let denials = file("denials").await;
        assert_eq!(denials.len(), 1);
        assert_eq!(denials[0]["denials"], 1);

        let raw: Vec<(String, i64, i64)> = rows(
            &site,
            "SELECT endpoint, CAST(SUM(calls) AS BIGINT), CAST(SUM(CASE WHEN status >= 400 THEN calls ELSE 0 END) AS BIGINT)
             FROM usage_call WHERE api <> 'authorization' GROUP BY endpoint ORDER BY 2 DESC, 1",
        )
        .await;
        let endpoints = file("endpoints").await;
        let found: Vec<_> = endpoints
            .iter()
            .map(|row| {
                let number = |name: &str| row[name].as_i64().unwrap();
                (row["endpoint"].as_str().unwrap().to_owned(), number("calls"), number("errors"))
            })
            .collect();
        assert_eq!(found, raw);
        assert_eq!(raw.len(), 3, "{raw:?}");
        let all: i64 = raw.iter().map(|(_, calls, _)| calls).sum();
        let per_day: i64 = file("traffic").await.iter().map(|row| row["calls"].as_i64().unwrap()).sum();
        assert_eq!(per_day, all);
        let errors: i64 = file("errors").await.iter().map(|row| row["calls"].as_i64().unwrap()).sum();
        assert_eq!(errors, raw.iter().map(|(.., errors)| errors).sum::<i64>());

        let page = admin.get("/admin/reports").await.body;
        assert!(page.contains("Location.search: 2") && page.contains("<svg"), "the chart");
        assert!(!page.contains("style="), "no inline style");
        let idaho = admin.get("/admin/reports?program=idaho&environment=sandbox&period=90&year=2026").await;
        assert_eq!(idaho.status, 200);
        let strange = admin.get("/admin/reports?program=%3Cb%3E&period=7&year=1").await.body;
        assert!(strange.contains("We could not understand this filter") && !strange.contains("<b>"), "{strange}");
        assert_eq!(admin.get("/admin/reports/file?report=nothing").await.status, 404);
        let csv = admin.get("/admin/reports/file?report=endpoints&format=csv").await;
        assert!(csv.header("content-disposition").starts_with("attachment; filename=\"endpoints-"));
        assert!(csv.body.starts_with("endpoint,calls,errors\r\nLocation.search,2,0\r\n"), "{}", csv.body);
    }
}

#[tokio::test]
async fn the_dashboard_begins_with_what_needs_the_vendor_and_what_waits_for_us() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    register_app(&browser, &details("production"), &registration("confidential")).await;
    let page = browser.get("/owner").await.body;
    assert!(page.contains("Waiting for us") && page.contains("In 5 business days"), "{page}");
    assert!(!page.contains("needs you"), "{page}");
    assert!(page.contains("No requests yet."), "{page}");
    deny_all(&site, "misleading").await;
    let page = browser.get("/owner").await.body;
    assert!(page.contains("1 thing needs you"), "{page}");
    assert!(page.contains("Care Costs was not approved: read why, and submit it again"), "{page}");
    assert!(!page.contains("Waiting for us"), "{page}");
}
