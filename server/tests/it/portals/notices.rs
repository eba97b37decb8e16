//! The notice address of an app, in the App Owner portal.

use axum::http::StatusCode;
use store::sql;

use super::{
    browser::Browser,
    desk::{approved_vendor, details, link, register_app, registration},
    inbox::mails,
};
use crate::oauth::site::Site;

const APPS: &str = "/owner/applications/";

async fn new_app(browser: &Browser<'_>) -> String {
    register_app(browser, &details("sandbox"), &registration("public")).await;
    let page = browser.get("/owner").await.body;
    page.split("<tbody>").nth(1).and_then(|table| link(table, APPS)).unwrap().to_owned()
}

async fn count(site: &Site, query: &'static str) -> i64 {
    let mut ctx = site.state.services.store.read().await.unwrap();
    let (count,): (i64,) = sql(query).fetch_one(&mut ctx.tx).await.unwrap();
    count
}

#[tokio::test]
async fn an_address_is_set_tested_changed_and_removed() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let app = new_app(&browser).await;
    let id = app.trim_start_matches(APPS);
    let addresses = format!("{app}/addresses");
    assert!(browser.get(&addresses).await.body.contains("No notice address is registered."));
    assert_eq!(browser.post("test-notice", &[("application", id)]).await.status, StatusCode::NOT_FOUND);

    for url in ["https://acme.example/events", "https://acme.example/other"] {
        let page = browser.follow("set-notice-address", &[("application", id), ("url", url)]).await.body;
        assert!(page.contains("The notice address is registered.") && page.contains(url), "{page}");
    }
    let page = browser.follow("test-notice", &[("application", id)]).await.body;
    assert!(page.contains("The test event is on its way.") && page.contains("Waiting"), "{page}");
    assert!(browser.get(&addresses).await.body.contains("https://acme.example/other"));
    assert!(browser.get(&format!("{app}/activity")).await.body.contains("Notice address registered"));
    assert!(browser.get(&format!("{app}/remove-notices")).await.body.contains("Remove the notice address?"));
    let page = browser.follow("remove-notice-address", &[("application", id)]).await.body;
    assert!(page.contains("No notice address is registered."), "{page}");
    assert!(browser.get(&app).await.body.contains("Notice address removed"), "the overview has the newest lines");

    assert_eq!(count(&site, "SELECT COUNT(*) FROM app_notice").await, 0, "what waited is gone");
    let set = "SELECT COUNT(*) FROM audit WHERE action = 'application.notice_address_set'";
    assert_eq!(count(&site, set).await, 2);
    let mails = mails(&site).await;
    let told: Vec<_> = mails.iter().filter(|mail| mail.subject.starts_with("The notice address of ")).collect();
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|mail| mail.to.as_str() == "vera-lindqvist@example.org"));
    let says = |words: &str| told.iter().filter(|mail| mail.text.contains(words)).count();
    assert_eq!(
        ["https://acme.example/events", "https://acme.example/other", "no longer gets notices"].map(says),
        [1, 1, 1]
    );
}

#[tokio::test]
async fn an_address_that_is_not_public_or_not_https_is_refused_at_its_field() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let app = new_app(&browser).await;
    let id = app.trim_start_matches(APPS);
    for (url, sentence) in [
        ("", "Enter the notice address."),
        ("http://acme.example/events", "Enter an address that begins with https://."),
        ("https://127.0.0.1/events", "an address on a public website"),
        ("https://169.254.169.254/latest/meta-data", "an address on a public website"),
        ("https://localhost/events", "an address on a public website"),
        ("javascript:alert(1)", "Enter an address that begins with https://."),
    ] {
        let page = browser.follow("set-notice-address", &[("application", id), ("url", url)]).await.body;
        assert!(page.contains(sentence) && page.contains("role=\"alert\""), "{url}: {page}");
    }
    assert_eq!(count(&site, "SELECT COUNT(*) FROM notice_address").await, 0);
}

#[tokio::test]
async fn many_tests_of_an_address_have_to_wait() {
    let site = Site::new().await;
    let browser = approved_vendor(&site, "vera-lindqvist").await;
    let app = new_app(&browser).await;
    let id = app.trim_start_matches(APPS);
    browser.post("set-notice-address", &[("application", id), ("url", "https://acme.example/events")]).await;
    for _ in 0..11 {
        browser.post("test-notice", &[("application", id)]).await;
    }
    assert_eq!(browser.post("test-notice", &[("application", id)]).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(count(&site, "SELECT COUNT(*) FROM app_notice").await, 11);
}
