//! The table of attacks: each line of the security specification with the tests that show we withstand it. It may only
//! grow; a test that was removed or renamed fails here.

use std::collections::BTreeSet;

use crate::walls::files;

mod apps;
mod data;
mod people;
mod platform;
mod portals;

/// The attack, the test's file, and the test's name.
type Row = (&'static str, &'static str, &'static str);

/// A paragraph of the specification and its lines.
type Paragraph = (&'static str, &'static [Row]);

/// The number of rows when the last one was added.
const AT_LEAST: usize = 400;

fn table() -> Vec<Paragraph> {
    [&apps::TABLE[..], &data::TABLE[..], &people::TABLE[..], &portals::TABLE[..], &platform::TABLE[..]].concat()
}

/// `it/…` is the server's, `oauth/…` is in that crate's tests, `oauth/src/…` beside its code.
fn path(place: &str) -> String {
    match place.split_once('/') {
        Some(("it", rest)) => format!("server/tests/it/{rest}.rs"),
        Some(("app" | "server", _)) => format!("{place}.rs"),
        Some((room, rest)) if rest.starts_with("src/") => format!("server/crates/{room}/{rest}.rs"),
        Some((room, rest)) => format!("server/crates/{room}/tests/it/{rest}.rs"),
        None => panic!("{place}"),
    }
}

/// The names of the tests in a source.
fn tests(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        let declared = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
        if let Some(name) = declared.filter(|_| is_test).and_then(|rest| rest.split('(').next()) {
            found.insert(name);
        }
        is_test = line.starts_with("#[test") || line.starts_with("#[tokio::test");
    }
    found
}

#[test]
fn every_test_of_the_table_is_there() {
    let sources = files(&["app/src", "server"], &["rs"]);
    let find = |place: &str| sources.iter().find(|(name, _)| *name == path(place)).map(|(_, text)| tests(text));
    let rows = table().into_iter().flat_map(|(_, rows)| rows);
    let missing: Vec<_> =
        rows.filter(|(_, place, test)| !find(place).is_some_and(|tests| tests.contains(test))).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_attack_is_in_the_table() {
    let table = table();
    let known: BTreeSet<_> =
        table.iter().flat_map(|(_, rows)| rows.iter().map(|(_, place, test)| (path(place), *test))).collect();
    let sources = files(&["server/tests/it/attacks"], &["rs"]);
    let written = sources.iter().flat_map(|(name, text)| tests(text).into_iter().map(move |test| (name, test)));
    // These two files test the tables themselves.
    let written = written.filter(|(name, _)| !name.ends_with("/table.rs") && !name.ends_with("/routes.rs"));
    let forgotten: Vec<_> = written.filter(|(name, test)| !known.contains(&((*name).clone(), *test))).collect();
    assert!(forgotten.is_empty(), "{forgotten:#?}");
}

#[test]
fn the_table_has_every_paragraph_and_only_grows() {
    let table = table();
    let paragraphs = [
        "Authorization request",
        "PKCE",
        "Code",
        "Client authentication",
        "Refresh",
        "Introspection, revocation, discovery",
        "Bearer",
        "Compartment",
        "Input",
        "Sign-in",
        "Consent page",
        "Portals",
        "Platform",
    ];
    assert_eq!(table.iter().map(|(name, _)| *name).collect::<Vec<_>>(), paragraphs);
    let rows = table.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    assert!(AT_LEAST <= rows, "{rows}: an attack was removed");
}
