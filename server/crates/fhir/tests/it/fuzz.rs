//! Requests that no one would write. Whatever a request contains, the answer is a Bundle or says what is wrong, it
//! comes soon, and the fault is never ours. Repeatable: the generator starts from the same seed each time, and failures
//! are shrunk.

use std::time::{Duration, Instant};

use fhir::{error::Kind, search::request::Request};
use proptest::{
    collection::vec,
    prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::json;
use store::testing::{TestStore, postgres, sqlite};
use tokio::runtime::Runtime;

use crate::world::{BASE, World};

/// Longer than any answer may take on a busy computer in a debug build.
const PATIENCE: Duration = Duration::from_secs(5);

const WORDS: [&str; 46] = [
    "_id",
    "_lastUpdated",
    "_count",
    "_getpagesoffset",
    "_page",
    "_include",
    "_revinclude",
    "_include:iterate",
    "_sort",
    "_elements",
    "_summary",
    "_total",
    "_has",
    "_profile",
    "name",
    "address",
    "identifier",
    "location",
    "organization",
    "partof",
    "type",
    "near",
    "location.address-city",
    "organization.partof.name",
    "service.location.near",
    "_has:PractitionerRole:practitioner:specialty",
    "_has:_has:_has:a",
    "PractitionerRole:practitioner",
    "*",
    ":missing",
    ":exact",
    ":contains",
    ":not",
    ":below",
    ":identifier",
    ":text",
    "true",
    "gt2019-02-30",
    "ap9999",
    "-1",
    "18446744073709551616",
    "1e309",
    "NaN|NaN|inf|km",
    "90.1|-181|1|mi",
    "2019-13",
    "http://127.0.0.1:3000/fhir/Practitioner/a",
];
const SIGNS: [&str; 22] = [
    ",",
    "\\",
    "|",
    "$",
    ":",
    ".",
    "%",
    "_",
    "'",
    "\"",
    ";--",
    "\0",
    "\u{ffff}",
    "\u{10ffff}",
    "\u{d7ff}",
    "é",
    "🏥",
    "\u{202e}",
    "&",
    "=",
    " ",
    "\n",
];

/// Words, punctuation and arbitrary characters, one after another.
fn text() -> BoxedStrategy<String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
        3 => proptest::sample::select(SIGNS.to_vec()).prop_map(str::to_owned),
        2 => vec(any::<char>(), 0..6).prop_map(|characters| characters.into_iter().collect()),
        1 => proptest::sample::select(SIGNS.to_vec()).prop_flat_map(|sign| (0_usize..3_000).prop_map(move |times| sign.repeat(times))),
        1 => Just(String::new()),
    ];
    vec(piece, 0..5).prop_map(|pieces| pieces.concat()).boxed()
}

fn name() -> BoxedStrategy<String> {
    let known = proptest::sample::select(WORDS[..26].to_vec()).prop_map(str::to_owned);
    prop_oneof![3 => known.clone(), 1 => (known, text()).prop_map(|(name, text)| name + &text), 1 => text()].boxed()
}

/// Mostly a few parameters, sometimes thousands.
fn parameters() -> BoxedStrategy<Vec<(String, String)>> {
    let thousands = (name(), text(), 100_usize..5_000)
        .prop_map(|(name, value, times)| vec![(name, value.chars().take(20).collect()); times]);
    prop_oneof![20 => vec((name(), text()), 0..6), 1 => thousands].boxed()
}

fn run(cases: u32, test: &TestStore, runtime: &Runtime) {
    let world = runtime.block_on(async {
        let world = World::new(test, "oph-ca").await;
        world.load(&directory()).await;
        world
    });
    let public = world.public();
    let kinds: Vec<String> = world.program().resources.iter().map(|resource| resource.kind.clone()).collect();
    let strategy = (proptest::sample::select(kinds), parameters(), any::<bool>());
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let done = runner.run(&strategy, |(kind, parameters, is_lenient)| {
        let request = Request { base: BASE, kind: &kind, parameters: &parameters, is_lenient };
        let start = Instant::now();
        let answer = runtime.block_on(world.engine.search(&public, &request));
        assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
        match answer {
            Ok(bundle) => assert!(serde_json::from_str::<serde_json::Value>(&bundle).is_ok(), "{bundle}"),
            Err(error) => assert!(!matches!(error.kind(), Kind::Internal | Kind::Unavailable), "{error}"),
        }
        Ok(())
    });
    done.unwrap_or_else(|failure| panic!("{failure}"));
}

fn directory() -> Vec<serde_json::Value> {
    vec![
        json!({ "resourceType": "Practitioner", "id": "a", "name": [{ "family": "A" }], "identifier": [{ "value": "1" }] }),
        json!({ "resourceType": "Location", "id": "a", "position": { "latitude": 1, "longitude": 1 }, "address": { "city": "A" } }),
        json!({ "resourceType": "Organization", "id": "a", "name": "A", "partOf": { "reference": "Organization/a" } }),
        json!({ "resourceType": "PractitionerRole", "id": "a", "practitioner": { "reference": "Practitioner/a" },
            "location": [{ "reference": "Location/a" }] }),
    ]
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

#[test]
fn no_request_is_too_strange_on_sqlite() {
    let runtime = runtime();
    let test = runtime.block_on(sqlite());
    run(1_500, &test, &runtime);
}

#[test]
fn no_request_is_too_strange_on_postgresql() {
    let runtime = runtime();
    let test = runtime.block_on(postgres());
    run(500, &test, &runtime);
}
