//! Arbitrary content as files: everything is loaded, deleted, skipped or rejected, and counted.

use std::time::{Duration, Instant};

use fhir::{
    error::Error,
    load::{Event, report::Report},
};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use store::testing::{TestStore, postgres, sqlite};

use super::files::{Folder, gzip, practitioner};
use crate::world::World;

/// Well-formed resources and Bundles.
fn texts() -> impl Strategy<Value = String> {
    let bundle = |entry: &str| format!(r#"{{"resourceType":"Bundle","type":"batch","entry":[{entry}]}}"#);
    prop_oneof![
        (0..9_u8, "[a-zA-Z\\PC]{0,9}").prop_map(|(id, family)| practitioner(&format!("p{id}"), &family).to_string()),
        Just(r#"{"resourceType":"Patient","id":"p","birthDate":"1980-02","name":[{"family":"Núñez","given":["A"]}]}"#.to_owned()),
        Just(r#"{"resourceType":"Coverage","id":"c","beneficiary":{"reference":"Patient/p"},"payor":[]}"#.to_owned()),
        Just(r#"{"resourceType":"Location","id":"l","position":{"latitude":1e999,"longitude":-0.0},"meta":{"profile":["x"]}}"#.to_owned()),
        Just(bundle(r#"{"resource":{"resourceType":"Practitioner","id":"q"},"fullUrl":"urn:uuid:1"}"#)),
        Just(bundle(r#"{"request":{"method":"DELETE","url":"Practitioner/p1"}},{"resource":{"resourceType":"Basic"}}"#)),
    ]
}

/// What can happen to text in transit: bytes change, disappear, or are repeated.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let mutation = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>(), 0..5_u8);
    (texts(), vec(mutation, 0..4)).prop_map(|(text, mutations)| {
        let mut bytes = text.into_bytes();
        for (at, to, byte, kind) in mutations {
            if bytes.is_empty() {
                break;
            }
            let (at, to) = (at.index(bytes.len()), to.index(bytes.len()));
            match kind {
                0 => bytes[at] = byte,
                1 => _ = bytes.remove(at),
                2 => bytes.insert(at, byte),
                3 => bytes.truncate(at),
                _ => {
                    let piece = bytes[at.min(to)..at.max(to)].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        bytes
    })
}

fn lines() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let line = prop_oneof![4 => mutated(), 1 => vec(any::<u8>(), 0..60), 1 => texts().prop_map(String::into_bytes)];
    vec(line, 0..8)
}

/// Loads the lines as a file with this name and then as tombstones; `None` if there is nothing to load.
async fn load(world: &World<'_>, name: &str, bytes: &[u8]) -> Option<Report> {
    let folder = Folder::new();
    let bytes = if name.ends_with(".gz") { gzip(bytes) } else { bytes.to_vec() };
    let mut job = world.job(&[folder.write(name, &bytes)]);
    job.tombstones = vec![folder.write("gone", &bytes)];
    if is_replaced(name) {
        job.replace = vec!["Practitioner".to_owned()];
    }
    let mut rejects = 0;
    let outcome = world.try_run(&job, |event| rejects += u64::from(matches!(event, Event::Reject(_)))).await;
    match outcome {
        Err(Error::Nothing(_)) => {
            assert_eq!(rejects, 0);
            None
        }
        outcome => {
            let report = outcome.expect("a load").report;
            assert_eq!(report.rejected, rejects);
            Some(report)
        }
    }
}

/// Then resources are deleted that no line names.
fn is_replaced(name: &str) -> bool {
    name.ends_with(".gz")
}

async fn check(test: TestStore, cases: u32) {
    const LONG: Duration = Duration::from_secs(20);
    let world = World::new(&test, "idaho").await;
    let mut runner = TestRunner::new(Config { cases, ..Config::default() });
    let names = prop_oneof![Just("a.ndjson"), Just("a.ndjson.gz"), Just("a.json")];
    let handle = tokio::runtime::Handle::current();
    let done = runner.run(&(lines(), names), |(lines, name)| {
        let bytes = lines.join(&b'\n');
        let began = Instant::now();
        let report = tokio::task::block_in_place(|| handle.block_on(load(&world, name, &bytes)));
        prop_assert!(began.elapsed() < LONG, "it took {:?}", began.elapsed());
        let is_bundled = bytes.windows(8).any(|window| window == b"\"Bundle\"");
        let texts = bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
        let whole = if name == "a.json" { 1 } else { texts };
        // Tombstones in `a.json` are still read by line.
        match report {
            None => prop_assert!(texts == 0 || bytes.windows(12).any(|window| window == b"resourceType")),
            Some(report) if !is_bundled && !is_replaced(name) => {
                prop_assert_eq!(report.total(), (whole + texts) as u64, "{:?}", report);
            }
            Some(_) => {}
        }
        Ok(())
    });
    done.unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_text_is_counted_whatever_it_is_on_sqlite() {
    check(sqlite().await, 150).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_text_is_counted_whatever_it_is_on_postgresql() {
    check(postgres().await, 60).await;
}
