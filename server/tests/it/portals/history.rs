//! The access history of all apps, by day.

use axum::http::StatusCode;
use store::{
    Query, sql,
    testing::{TestStore, postgres, recording, sqlite},
};

use super::browser::{Browser, account};
use crate::oauth::site::{Person, Site};

const HOUR: i64 = 3_600_000;

/// A member with one connected app, and copies of its access: this many in all.
async fn member_with_apps(site: &Site, apps: usize) -> Browser<'_> {
    let app = site.app("idaho").await;
    let id = account(site, "vera-lindqvist").await;
    let person: Person = site.member_of_account(id, "patient-vera", &app).await;
    site.tokens("/authz/idaho/sandbox", &app, &person, "patient/Patient.read").await;
    let mut ctx = site.state.services.store.write().await.unwrap();
    for number in 1..apps {
        let copy = sql(
            "INSERT INTO access_grant (id, program, environment, application_id, client_id, account_id, signed_in_at, payer_id, \
             patient_id, scope, created_at, expires_at) SELECT $1, program, environment, application_id, client_id, account_id, \
             signed_in_at, payer_id, $1, scope, created_at, expires_at FROM access_grant WHERE patient_id = 'patient-vera'",
        );
        copy.bind(format!("copy-{number}")).execute(&mut ctx.tx).await.unwrap();
    }
    ctx.commit().await.unwrap();
    let browser = Browser::of(site);
    browser.sign_in("vera-lindqvist").await;
    browser
}

/// Writes reads of every grant: one an hour, this many, before now.
async fn read(site: &Site, hours: usize) {
    let mut ctx = site.state.services.store.write().await.unwrap();
    let grants: Vec<(String,)> = sql("SELECT id FROM access_grant").fetch_all(&mut ctx.tx).await.unwrap();
    let now = site.now().as_millisecond() / HOUR * HOUR;
    for (grant,) in grants {
        for hour in 0..hours {
            let at = now - i64::try_from(hour).unwrap() * HOUR;
            let row = sql("INSERT INTO access (grant_id, hour_at, resource_type, reads, first_at, last_at)
                VALUES ($1, $2, 'Patient', 3, $2, $2)");
            row.bind(&*grant).bind(at).execute(&mut ctx.tx).await.unwrap();
        }
    }
    ctx.commit().await.unwrap();
}

#[tokio::test]
async fn days_lead_back_to_the_first_and_forward_again() {
    for test in [sqlite().await, postgres().await] {
        let site = Site::on(test).await;
        let browser = member_with_apps(&site, 1).await;
        let empty = browser.get("/member/history").await.body;
        assert!(empty.contains("No app has read anything yet"), "{empty}");
        assert!(
            browser.get_in("es", "/member/history").await.body.contains("Ninguna aplicación ha leído nada todavía")
        );
        read(&site, 24 * 16).await;

        let newest = browser.get_in("en", "/member/history").await.body;

        assert!(newest.contains("Mar 2, 2026") && newest.contains("Feb 24, 2026") && !newest.contains("Feb 23, 2026"));
        assert!(newest.contains("Your name, date of birth, and contact details: 72"), "{newest}");
        let older = next(&newest, "usa-pagination__next-page").unwrap();
        assert!(older.ends_with("until=2026-02-23"), "{older}");
        let oldest = next(&browser.get(&older).await.body, "usa-pagination__next-page").unwrap();
        let page = browser.get(&oldest).await.body;
        assert!(page.contains("Feb 14, 2026") && next(&page, "usa-pagination__next-page").is_none(), "{page}");
        let newer = next(&page, "usa-pagination__previous-page").unwrap();
        assert!(browser.get(&newer).await.body.contains("Feb 23, 2026"));
        let spanish = browser.get_in("es", "/member/history").await.body;
        assert!(spanish.contains("2 de marzo de 2026"), "{spanish}");
    }
}

fn next(page: &str, class: &str) -> Option<String> {
    let link = page.split("<a ").find(|link| link.contains(class))?;
    let (_, rest) = link.split_once("href=\"")?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}

#[tokio::test]
async fn what_the_address_asks_for_may_be_anything() {
    let site = Site::new().await;
    let browser = member_with_apps(&site, 1).await;
    read(&site, 2).await;
    for query in
        ["until=2026-13-45", "until=9999-12-31", "until=-009999-01-01", "until=%00x", "app=%27--", "app=nothing"]
    {
        let page = browser.get(&format!("/member/history?{query}")).await;
        assert!(matches!(page.status, StatusCode::OK | StatusCode::NOT_FOUND), "{query}: {}", page.status);
    }
    let before = browser.get("/member/history?until=2020-01-01").await.body;
    assert!(before.contains("Nothing was read in these days"), "{before}");
}

/// The statements that each of the two pages sends to this database for so many apps, each of which read in so many hours.
async fn statements(test: TestStore, apps: usize, hours: usize) -> [Vec<Query>; 2] {
    let site = Site::on(test).await;
    let browser = member_with_apps(&site, apps).await;
    read(&site, hours).await;
    // A page of the history has seven days.
    let days = hours.div_ceil(24).min(7);
    let sent = async |path: &str, has: &str, times: usize| {
        let (page, sent) = recording(browser.get(path)).await;
        assert_eq!((page.status, page.body.matches(has).count()), (StatusCode::OK, times), "{path}");
        sent
    };
    [sent("/member", "class=\"panel\"", apps).await, sent("/member/history", "scope=\"row\"", apps * days).await]
}

#[tokio::test]
async fn twenty_five_apps_with_ten_thousand_rows_take_as_many_statements_as_one_with_one() {
    for databases in [[sqlite().await, sqlite().await], [postgres().await, postgres().await]] {
        let [one, other] = databases;
        let (few, many) = (statements(one, 1, 1).await, statements(other, 25, 400).await);
        for (few, many) in few.into_iter().zip(many) {
            assert!(2 < few.len() && few.len() == many.len(), "{few:#?}\n{many:#?}");
        }
    }
}
