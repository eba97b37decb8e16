//! `_lastUpdated` is the order in which changes are saved, so clients that follow the changes miss nothing.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use fhir::{
    authority::Authority,
    engine::Engine,
    load::{self, Item, Options, Origin, check::Checks, job, leaving::Nobody},
    search::request::Request,
};
use futures::{FutureExt, future::LocalBoxFuture};
use jiff::{Timestamp, ToSpan};
use serde_json::Value;
use store::{
    Db, Store, sql,
    testing::{ManualClock, SeededRandom, TestStore, at_once, on_each_database},
};

use super::files::{Folder, practitioner};
use crate::world::{BASE, World, link, parameters};

/// Another process on the same database, whose clock is wrong by this many seconds.
async fn process(test: &TestStore, wrong: i64) -> Store {
    let options = store::Options { url: test.url(), connections: 2 };
    let db = Db::connect(&options).await.expect("the database opens");
    let clock = ManualClock::new();
    clock.advance(wrong.seconds());
    Store::with(db, Arc::new(clock), Arc::new(SeededRandom::default()))
}

/// Loads this many practitioners from this one on, in one process.
async fn load(world: &World<'_>, store: &Store, ids: impl Iterator<Item = String>, family: &str) {
    let texts: Vec<String> = ids.map(|id| practitioner(&id, family).to_string()).collect();
    let origin = |line| Origin { path: "made".into(), line };
    let items = (1..).zip(texts).map(move |(line, json)| Ok(Item { origin: origin(line), json }));
    let options = Options { partition: world.partition.clone(), dry_run: false, checks: Checks::none() };
    load::run(store, &world.programs, &options, items, |_| ()).await.expect("a load");
}

/// A client that asks for what changed since the newest change it saw, on an engine of its own.
struct Follower {
    engine: Engine,
    authority: Authority,
    /// What it appends to its searches.
    shape: &'static str,
    newest: String,
    /// How often it saw each version of each resource.
    seen: BTreeMap<(String, String), u32>,
}

impl Follower {
    async fn new(world: &World<'_>, store: Store, shape: &'static str) -> Self {
        let engine = Engine::new(store, world.programs.clone()).await.expect("an engine");
        let authority = world.public();
        Self { engine, authority, shape, newest: "1990-01-01".to_owned(), seen: BTreeMap::new() }
    }

    /// Follows the pages to the end; returns how many resources they contained.
    async fn poll(&mut self, mut between: impl AsyncFnMut(&Engine)) -> usize {
        let (mut newest, mut count) = (self.newest.clone(), 0);
        let mut next = Some(format!("Practitioner?_lastUpdated=gt{}{}", self.newest, self.shape));
        while let Some(query) = next {
            let (kind, query) = query.split_once('?').expect("a query");
            let request = Request { base: BASE, kind, parameters: &parameters(query), is_lenient: false };
            let bundle = self.engine.search(&self.authority, &request).await.expect("a page");
            let bundle: Value = serde_json::from_str(&bundle).expect("JSON");
            for entry in bundle["entry"].as_array().into_iter().flatten() {
                let text = |pointer: &str| entry["resource"].pointer(pointer).unwrap().as_str().unwrap().to_owned();
                newest = newest.max(text("/meta/lastUpdated"));
                *self.seen.entry((text("/id"), text("/meta/versionId"))).or_default() += 1;
                count += 1;
            }
            between(&self.engine).await;
            next = link(&bundle, "next");
        }
        self.newest = newest;
        count
    }

    /// Checks that it saw every resource in its current version, and no version twice.
    async fn check(&self, test: &TestStore) {
        let rows: Vec<(String, i64)> =
            sql("SELECT r.id, r.version FROM fhir_resource r JOIN fhir_kind k ON k.kind = r.kind \
                 WHERE k.type = 'Practitioner' AND 0 < r.version AND NOT r.deleted")
            .fetch_all(&mut test.store.read().await.unwrap().tx)
            .await
            .unwrap();
        assert!(!rows.is_empty());
        let name = |(id, version): (String, i64)| (id, version.to_string());
        let missed: Vec<_> = rows.into_iter().map(name).filter(|name| !self.seen.contains_key(name)).collect();
        let shape = self.shape;
        assert!(missed.is_empty(), "{shape}: {} were missed: {:?}", missed.len(), &missed[..missed.len().min(5)]);
        let twice: Vec<_> = self.seen.iter().filter(|(_, count)| 1 < **count).collect();
        assert!(twice.is_empty(), "{shape}: {} were seen twice: {:?}", twice.len(), twice.first());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_follows_the_changes_beside_parallel_loads_sees_each_once() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        load(&world, &test.store, (0..300).map(|number| format!("p{number}")), "First").await;
        load(&world, &test.store, (0..300).map(|number| format!("kept{number}")), "First").await;
        let running = AtomicU32::new(6);
        let ended = || _ = running.fetch_sub(1, Ordering::Relaxed);

        // New resources in three batches each, and the same resources changed by several writers.
        let writer = async |wrong: i64, name: &str| {
            let store = process(test, wrong).await;
            load(&world, &store, (0..600).map(|number| format!("{name}{number}")), "New").await;
            load(&world, &store, (0..300).map(|number| format!("p{number}")), name).await;
            store.db.close().await;
            ended();
        };
        let remover = async || {
            let store = process(test, 60).await;
            let folder = Folder::new();
            let mut job = world.job(&[]);
            let gone: String = (0..100).map(|number| format!("Practitioner/p{number}\n")).collect();
            job.tombstones = vec![folder.write("gone", gone)];
            let files = job.files().unwrap();
            job::run(&store, &world.programs, &job, files, &Nobody, |_| ()).await.unwrap();
            store.db.close().await;
            ended();
        };
        // It deletes what it does not bring, even if others brought it; some of that comes back with the next load.
        let replacer = async || {
            let store = process(test, 1_800).await;
            let folder = Folder::new();
            for (family, kept) in [("Once", 0..150), ("Twice", 50..250)] {
                let brought: String =
                    kept.map(|number| format!("{}\n", practitioner(&format!("kept{number}"), family))).collect();
                let mut job = world.job(&[folder.write(&format!("{family}.ndjson"), brought)]);
                (job.replace, job.replace_limit) = (vec!["Practitioner".to_owned()], 100);
                let files = job.files().unwrap();
                let outcome = job::run(&store, &world.programs, &job, files, &Nobody, |_| ()).await.unwrap();
                assert_eq!(outcome.kept, [], "all of it may go");
                assert!(50 <= outcome.report.deleted["Practitioner"], "{}", outcome.report);
            }
            store.db.close().await;
            ended();
        };
        let follower = async |shape: &'static str, every: u32| {
            let mut follower = Follower::new(&world, process(test, 0).await, shape).await;
            let mut pages = 0;
            // It detects loads from time to time, also between two pages.
            let mut refresh = async |engine: &Engine| {
                pages += 1;
                if pages % every == 0 {
                    engine.refresh().await.unwrap();
                }
            };
            loop {
                let is_over = running.load(Ordering::Relaxed) == 0;
                if follower.poll(&mut refresh).await == 0 && is_over {
                    break;
                }
            }
            follower.engine.refresh().await.unwrap();
            follower.poll(async |_| ()).await;
            follower.check(test).await;
        };
        let all: Vec<LocalBoxFuture<'_, ()>> = vec![
            writer(0, "a").boxed_local(),
            writer(-7_200, "b").boxed_local(),
            writer(3_600, "c").boxed_local(),
            writer(1, "d").boxed_local(),
            remover().boxed_local(),
            replacer().boxed_local(),
            follower("&_count=50", 1).boxed_local(),
            follower("&_count=500", 3).boxed_local(),
            follower("&_count=90&_sort=_lastUpdated", 2).boxed_local(),
            follower("&_count=90&_sort=-_lastUpdated&_total=none", 5).boxed_local(),
        ];
        at_once(all).await;
        world.engine.refresh().await.unwrap();
        let kept = world.ids(&world.public(), "Practitioner?family=Twice&_count=500").await;
        assert_eq!(kept.len(), 200);
        assert_eq!(world.ids(&world.public(), "Practitioner?family=Once,First&_count=500").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn moments_go_on_where_a_clock_is_set_back() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let updated = async |id: &str| -> Timestamp {
            let body = world.read(&world.public(), "Practitioner", id).await.unwrap();
            body["meta"]["lastUpdated"].as_str().unwrap().parse().unwrap()
        };
        world.load(&[practitioner("a", "Able")]).await;
        let first = updated("a").await;
        test.clock.advance((-1).hour());
        world.load(&[practitioner("b", "Baker")]).await;
        assert_eq!(updated("b").await, first + 1.millisecond());
        // Loading an unchanged resource is not a change.
        world.load(&[practitioner("b", "Baker")]).await;
        assert_eq!(updated("b").await, first + 1.millisecond());
        let found = world.ids(&world.public(), &format!("Practitioner?_lastUpdated=gt{first:.3}")).await;
        assert_eq!(found, ["b"]);
        test.clock.advance(2.hours());
        world.load(&[practitioner("c", "Clark")]).await;
        assert_eq!(updated("c").await, first + 1.hour());
    })
    .await;
}

/// Otherwise changes made before the current page was read would be older than the newest on it, and never requested.
#[tokio::test]
async fn pages_that_follow_are_as_of_the_first() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let ids = |from: u32, to: u32| (from..to).map(|number| format!("p{number}"));
        for (shape, left) in [("&_count=20", 1), ("&_count=20&_sort=_lastUpdated", 1), ("&_count=20&_sort=family", 1)] {
            let mut follower = Follower::new(&world, test.store.clone(), shape).await;
            load(&world, &test.store, ids(0, 60), &format!("Able{shape}")).await;
            follower.engine.refresh().await.unwrap();
            let mut pages = 0;
            let between = async |engine: &Engine| {
                pages += 1;
                if pages == 1 {
                    load(&world, &test.store, ids(0, 1).chain(ids(59, 60)), &format!("Changed{shape}")).await;
                    engine.refresh().await.unwrap();
                }
            };
            assert_eq!(follower.poll(between).await, 60 - left, "{shape}");
            assert_eq!(follower.poll(async |_| ()).await, 2, "{shape}");
            follower.check(test).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_node_that_has_not_heard_of_a_load_mixes_nothing_of_it_in() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        for shape in ["", "&_sort=_lastUpdated", "&_sort=-_lastUpdated&_count=1"] {
            load(&world, &test.store, ["a", "b"].map(str::to_owned).into_iter(), &format!("Able{shape}")).await;
            let mut follower = Follower::new(&world, test.store.clone(), shape).await;
            assert_eq!(follower.poll(async |_| ()).await, 2, "{shape}");
            load(&world, &test.store, ["b", "c"].map(str::to_owned).into_iter(), &format!("Changed{shape}")).await;
            assert_eq!(follower.poll(async |_| ()).await, 0, "{shape}");
            follower.engine.refresh().await.unwrap();
            assert_eq!(follower.poll(async |_| ()).await, 2, "{shape}");
            follower.check(test).await;
            load(&world, &test.store, ["c"].map(str::to_owned).into_iter(), "Last").await;
            let mut job = world.job(&[]);
            let folder = Folder::new();
            job.tombstones = vec![folder.write("gone", "Practitioner/a\nPractitioner/b\nPractitioner/c\n")];
            world.run(&job).await;
        }
    })
    .await;
}
