//! Bulletins and outages: who writes them, who reads them, and what clocks do.

use axum::http::StatusCode;
use jiff::ToSpan;
use model::account::Role;
use store::sql;

use super::{
    browser::{Browser, account},
    desk::{Form, open_reviews, register_organization, staff, vendor},
};
use crate::oauth::site::{Reply, Site};

fn bulletin<'a>(place: &'a str, readers: &[&'a str]) -> Form<'a> {
    let mut form = vec![
        ("program", "all"),
        ("kind", "maintenance"),
        ("place", place),
        ("title", "Works <on> Sunday"),
        ("text", "From 9 to 10.\nThank you."),
        ("title_es", "Trabajos el domingo"),
        ("text_es", "De 9 a 10."),
        ("starts_at", ""),
        ("ends_at", ""),
    ];
    form.extend(readers.iter().map(|reader| ("audiences[]", *reader)));
    form
}

/// The id and the version that the page's own form names.
fn named(page: &Reply) -> [String; 2] {
    ["id", "version"].map(|name| {
        let (_, rest) = page.body.split_once(&format!("name=\"{name}\" value=\"")).expect("a hidden input");
        rest.split('"').next().unwrap().to_owned()
    })
}

async fn posted<'s>(ada: &Browser<'s>, form: &[(&str, &str)]) -> [String; 2] {
    let preview = ada.follow("save-bulletin", form).await;
    let [id, version] = named(&preview);
    let page = ada.follow("post-bulletin", &[("id", &id), ("version", &version)]).await;
    assert!(page.body.contains("Posted."), "{}", page.body);
    named(&page)
}

const SHOWN: &str = "Works &lt;on&gt; Sunday";

#[tokio::test]
async fn a_banner_is_previewed_and_posted_and_its_readers_alone_see_it_until_it_ends() {
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let vera = vendor(&site, "vera-lindqvist").await;
    let stranger = Browser::of(&site);
    let preview = ada.follow("save-bulletin", &bulletin("banner", &["owner"])).await;
    assert!(preview.body.contains(SHOWN) && preview.body.contains("Trabajos el domingo"), "{}", preview.body);
    assert!(!vera.get("/owner").await.body.contains(SHOWN), "a draft is shown to no one");
    let [id, version] = named(&preview);
    let page = ada.follow("post-bulletin", &[("id", &id), ("version", &version)]).await;
    for (path, browser, expect) in [
        ("/owner", &vera, true),
        ("/owner/profile", &vera, true),
        ("/account", &vera, false),
        ("/docs", &stranger, false),
        ("/admin/search", &ada, false),
        ("/signin", &stranger, false),
    ] {
        assert_eq!(browser.get(path).await.body.contains(SHOWN), expect, "{path}");
    }
    let [id, version] = named(&page);
    ada.post("end-bulletin", &[("id", &id), ("version", &version)]).await;
    assert!(!vera.get("/owner").await.body.contains(SHOWN));
    let mut ctx = site.state.services.store.read().await.unwrap();
    let actions: Vec<(String,)> = sql("SELECT action FROM audit WHERE subject_id = $1 ORDER BY sequence")
        .bind(&id)
        .fetch_all(&mut ctx.tx)
        .await
        .unwrap();
    assert_eq!(actions, [("bulletin.posted".to_owned(),), ("bulletin.ended".to_owned(),)]);
}

#[tokio::test]
async fn the_public_reads_a_banner_in_its_language() {
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    posted(&ada, &bulletin("banner", &["public"])).await;
    let stranger = Browser::of(&site);
    for path in ["/", "/docs", "/status"] {
        assert!(stranger.get(path).await.body.contains(SHOWN), "{path}");
        assert!(stranger.get_in("es", path).await.body.contains("Trabajos el domingo"), "{path}");
    }
    assert!(stranger.get("/docs/idaho").await.body.contains(SHOWN));
}

#[tokio::test]
async fn a_bulletin_of_another_program_is_not_on_the_pages_of_this_one() {
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let mut form = bulletin("banner", &["public"]);
    form[0] = ("program", "idaho");
    posted(&ada, &form).await;
    let stranger = Browser::of(&site);
    assert!(stranger.get("/docs/idaho").await.body.contains(SHOWN));
    assert!(stranger.get("/docs").await.body.contains(SHOWN), "where all programs are, all are named");
    assert!(!stranger.get("/docs/oph-ca").await.body.contains(SHOWN));
}

#[tokio::test]
async fn the_bulletin_board_is_on_the_dashboard_and_nowhere_else() {
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let vera = vendor(&site, "vera-lindqvist").await;
    posted(&ada, &bulletin("board", &["owner"])).await;
    assert!(vera.get("/owner").await.body.contains(SHOWN));
    assert!(!vera.get("/owner/profile").await.body.contains(SHOWN));
}

#[tokio::test]
async fn a_bulletin_that_another_administrator_changed_is_read_again_first() {
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let [id, version] = posted(&ada, &bulletin("banner", &["owner"])).await;
    let mut edited = bulletin("banner", &["owner"]);
    edited.extend([("id", id.as_str()), ("version", version.as_str())]);
    assert_eq!(ada.post("save-bulletin", &edited).await.status, StatusCode::SEE_OTHER);
    assert_eq!(ada.post("save-bulletin", &edited).await.status, StatusCode::CONFLICT);
    assert_eq!(ada.post("end-bulletin", &[("id", &id), ("version", &version)]).await.status, StatusCode::CONFLICT);
    let refused = ada.follow("save-bulletin", &bulletin("nowhere", &[])).await.body;
    assert!(refused.contains("Choose who reads it.") && refused.contains(SHOWN), "{refused}");
}

#[tokio::test]
async fn an_outage_is_announced_everywhere_and_moves_what_is_due_when_it_ends() {
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let vera = vendor(&site, "vera-lindqvist").await;
    register_organization(&vera).await;
    let due = async || {
        let mut ctx = site.state.services.store.read().await.unwrap();
        let (due,): (jiff::Timestamp,) =
            sql("SELECT due_at FROM review WHERE outcome IS NULL").fetch_one(&mut ctx.tx).await.unwrap();
        due
    };
    let (before, stranger) = (due().await, Browser::of(&site));
    let later = [("program", "all"), ("reason", "Power is out."), ("begins_at", "2126-03-02T11:00")];
    let refused = ada.follow("begin-outage", &later).await.body;
    assert!(refused.contains("Enter a time in the past") && refused.contains("Power is out."), "{refused}");
    let page = ada.follow("begin-outage", &[("program", "all"), ("reason", "Power is out."), ("begins_at", "")]).await;
    assert!(page.body.contains("The outage is recorded."), "{}", page.body);
    let [id, version] = named(&page);
    for (path, browser) in [("/owner", &vera), ("/admin/search", &ada), ("/", &stranger), ("/docs", &stranger)] {
        let page = browser.get(path).await.body;
        assert!(page.contains("Large-scale outage") && !page.contains("Power is out."), "{path}");
    }
    assert!(stranger.get_in("es", "/status").await.body.contains("Interrupción general"));
    assert!(!stranger.get("/status").await.body.contains("Everything works."));
    assert!(!stranger.get("/signin").await.body.contains("Large-scale outage"));

    site.test.clock.advance(20.minutes());
    let page = ada.follow("end-outage", &[("id", &id), ("version", &version)]).await.body;
    assert!(page.contains("The outage is over."), "{page}");
    assert_eq!(due().await, before + 20.minutes());
    assert!(!vera.get("/owner").await.body.contains("Large-scale outage"));
    let status = stranger.get("/status").await.body;
    assert!(status.contains("Everything works.") && status.contains("1 large-scale outage in the last 30 days."));

    let page = ada.get(&format!("/admin/outages/{id}")).await;
    let [_, version] = named(&page);
    let none = [
        ("id", id.as_str()),
        ("version", version.as_str()),
        ("begins_at", "2026-03-02T11:00"),
        ("ends_at", "2026-03-02T11:00"),
        ("reason", "It was none."),
    ];
    ada.post("correct-outage", &none).await;
    assert_eq!(due().await, before);
    assert_eq!(ada.post("correct-outage", &none).await.status, StatusCode::CONFLICT);
    assert_eq!(open_reviews(&site).await.len(), 1);
}

#[tokio::test]
async fn a_member_sees_the_outage_of_their_own_program_alone() {
    let site = Site::new().await;
    let ada = staff(&site, "ada-moreno", Role::Administrator).await;
    let app = site.app("idaho").await;
    let id = account(&site, "mia-rivera").await;
    site.member_of_account(id, "patient-mia", &app).await;
    let mia = Browser::of(&site);
    mia.sign_in("mia-rivera").await;
    let shows = async || mia.get("/member").await.body.contains("Large-scale outage");
    ada.post("begin-outage", &[("program", "oph-ca"), ("reason", "Power.")]).await;
    assert!(!shows().await);
    ada.post("begin-outage", &[("program", "idaho"), ("reason", "Power.")]).await;
    assert!(shows().await);
}
