//! Every item that the two published documents print is on the page that should have it. The lists are made from the
//! documents: a line for each table cell, parameter, example, address, heading and rule, with the chapter that has it.

use std::collections::BTreeMap;

use super::visible::{plain, visible};
use crate::oauth::site::Site;

const CA: &str = include_str!("printed_ca.txt");
const IDAHO: &str = include_str!("printed_idaho.txt");

/// What each chapter must have.
fn items(list: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut items: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in list.lines() {
        let (chapter, text) = line.split_once(" | ").unwrap_or_else(|| panic!("not an item: {line}"));
        items.entry(chapter).or_default().push(text);
    }
    items
}

/// The items that are not on their pages.
async fn missing(site: &Site, program: &str, list: &str) -> Vec<String> {
    let mut missing = Vec::new();
    for (chapter, texts) in items(list) {
        let page = site.get(&format!("/docs/{program}/{chapter}")).await;
        assert_eq!(page.status.as_u16(), 200, "{program} {chapter}");
        let seen = visible(&page.body);
        let lacks = texts.into_iter().filter(|text| !seen.contains(*text));
        missing.extend(lacks.map(|text| format!("{chapter} | {text}")));
    }
    missing
}

#[tokio::test]
async fn every_printed_item_is_on_its_page() {
    let site = Site::new().await;
    for (program, list, at_least) in [("oph-ca", CA, 560), ("idaho", IDAHO, 690)] {
        let missing = missing(&site, program, list).await;
        assert!(missing.is_empty(), "{program} lacks {}:\n{}", missing.len(), missing.join("\n"));
        assert!(at_least <= list.lines().count(), "an item was removed");
    }
}

#[tokio::test]
async fn what_one_document_prints_is_not_said_of_the_other() {
    let site = Site::new().await;
    let only = |chapter: &'static str, text: &'static str| (chapter, text);
    for (program, absent) in [
        (
            "oph-ca",
            [
                only("scopes", "patient/Condition.read"),
                only("guides", "US Core"),
                only("Location", "_getpagesoffset string"),
            ],
        ),
        (
            "idaho",
            [
                only("scopes", "public/InsurancePlan.read"),
                only("overview", "v1.0 (pdf)"),
                only("Location", "address-country"),
            ],
        ),
    ] {
        for (chapter, text) in absent {
            let page = visible(&site.get(&format!("/docs/{program}/{chapter}")).await.body);
            assert!(!page.contains(text), "{program} {chapter}: {text}");
        }
    }
    // Idaho has one payer and no table of them; CA has one URL for both environments.
    assert_eq!(site.get("/docs/idaho/payers").await.status.as_u16(), 404);
    assert_eq!(site.get("/docs/oph-ca/environments").await.status.as_u16(), 404);
}

#[test]
fn an_item_that_is_missing_is_found() {
    let page = plain("<table><tr><td>_id</td><td>Token</td></tr></table>");
    assert!(page.contains("_id Token") && !page.contains("_id String"));
    assert_eq!(items("a | b\na | c\nd | e | f")["a"], ["b", "c"]);
}
