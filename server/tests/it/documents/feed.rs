//! The feed of a program's changes.

use std::{collections::BTreeSet, env, fs, sync::Arc};

use ::payers::Payers;
use atom_syndication::Feed;
use axum::http::StatusCode;
use programs::Programs;
use server::{payers, settings::Settings};
use store::testing::sqlite;

use crate::oauth::site::Site;

const PATH: &str = "/docs/idaho/changes.atom";

/// A site whose Optum Idaho has this change as its newest.
async fn site(title: &str, text: &str) -> Site {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../programs");
    let place = format!("flex-feed-{}-{:?}", std::process::id(), std::thread::current().id());
    let folder = env::temp_dir().join(place);
    fs::create_dir_all(&folder).unwrap();
    let change =
        format!("[[changes]]\nid = \"new\"\ndate = \"2026-12-24\"\ntitle = '{title}'\ntext = '{text}'\n\n[[changes]]");
    let file = fs::read_to_string(format!("{source}/idaho.toml")).unwrap();
    fs::write(folder.join("idaho.toml"), file.replacen("[[changes]]", &change, 1)).unwrap();
    let programs = Programs::from_folder(&folder).unwrap_or_else(|errors| panic!("{errors}"));
    fs::remove_dir_all(&folder).unwrap();
    let settings = Settings::load(None).unwrap();
    let none: Payers = payers::services(&settings, payers::Known::default()).unwrap();
    Site::with(sqlite().await, Arc::new(programs.at(&settings.public_url)), none).await
}

async fn read(site: &Site) -> Feed {
    let reply = site.get(PATH).await;
    assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "application/atom+xml; charset=utf-8"));
    reply.body.parse().unwrap_or_else(|error| panic!("{error}: {}", reply.body))
}

#[tokio::test]
async fn the_feed_has_every_change_under_an_id_of_its_own() {
    let site = Site::new().await;
    let feed = read(&site).await;
    let services = &site.state.services;
    let program = services.programs.iter().find(|program| program.id.as_str() == "idaho").unwrap();
    let titles: Vec<&str> = feed.entries.iter().map(|entry| entry.title.value.as_str()).collect();
    let expect: Vec<&str> = program.changes.iter().map(|change| change.title.as_str()).collect();
    assert_eq!(titles, expect);
    let ids: BTreeSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), feed.entries.len());
    // RFC 4287 §4.1.1: an id, a title, a time, an author, a link to itself.
    assert_eq!((feed.id.as_str(), feed.authors.len()), ("http://127.0.0.1:3000/docs/idaho/changes.atom", 1));
    assert!(feed.links.iter().any(|link| link.rel == "self" && link.href == feed.id));
    assert_eq!(feed.updated, feed.entries[0].updated);
    let page = site.get("/docs/idaho/changes").await;
    for entry in &feed.entries {
        let (address, anchor) = entry.id.split_once('#').unwrap();
        assert_eq!(address, "http://127.0.0.1:3000/docs/idaho/changes");
        assert!(page.body.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
}

#[tokio::test]
async fn an_id_stays_when_other_changes_come() {
    let before = read(&Site::new().await).await;
    let after = read(&site("Another", "Something else.").await).await;
    assert_eq!(after.entries.len(), before.entries.len() + 1);
    let ids = |feed: &Feed| feed.entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&after)[1..], ids(&before));
    assert_eq!(after.updated.to_rfc3339(), "2026-12-24T00:00:00+00:00");
}

#[tokio::test]
async fn markup_in_a_change_is_text_in_feed_and_page() {
    let hostile = "</content><script>alert(1)</script> ]]> & \"";
    let site = site(hostile, hostile).await;
    let feed = read(&site).await;
    assert_eq!(feed.entries[0].title.value, hostile);
    let content = feed.entries[0].content.as_ref().unwrap();
    assert_eq!((content.value.as_deref(), content.content_type.as_deref()), (Some(hostile), Some("text")));
    assert!(!site.get(PATH).await.body.contains("<script>"));
    assert!(!site.get("/docs/idaho/changes").await.body.contains("<script>alert"));
}

#[tokio::test]
async fn only_programs_have_feeds() {
    let site = Site::new().await;
    for path in ["/docs/nowhere/changes.atom", "/docs/%3Cscript%3E/changes.atom", "/docs/idaho%00/changes.atom"] {
        let reply = site.get(path).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!reply.body.contains("<script>"), "{path}");
    }
}
