//! Loads that end halfway and are resumed.

use std::{
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
};

use fhir::{
    error::Error,
    load::{
        Event,
        check::Checks,
        job::{self, Job, Outcome},
        leaving::Nobody,
    },
};
use programs::Programs;
use serde_json::json;
use store::{
    Db, Store, SystemRandom, sql,
    testing::{ManualClock, on_each_database, sqlite},
};
use validate::validator::Validator;

use super::files::{Folder, gzip, practitioner, practitioners};
use crate::world::World;

/// Everything that a load leaves behind except times: bodies, history and indexes.
pub async fn state(world: &World<'_>) -> Vec<String> {
    let mut ctx = world.test.store.read().await.expect("a connection");
    let mut state = Vec::new();
    let resources =
        sql("SELECT k.type, r.id, r.version, r.deleted, r.compartment IS NULL, r.body FROM fhir_resource r \
         JOIN fhir_kind k ON k.kind = r.kind WHERE 0 < r.version ORDER BY k.type, r.id");
    let history = sql("SELECT k.type, r.id, h.version, h.deleted, h.compartment IS NULL, h.body FROM fhir_history h \
         JOIN fhir_resource r ON r.key = h.key JOIN fhir_kind k ON k.kind = r.kind ORDER BY k.type, r.id, h.version");
    type Version = (String, String, i64, bool, bool, String);
    for query in [resources, history] {
        let rows: Vec<Version> = query.fetch_all(&mut ctx.tx).await.expect("rows");
        state.extend(rows.into_iter().map(|(kind, id, version, deleted, hidden, body)| {
            let content = body.split_once("lastUpdated").map_or(body.as_str(), |(_, rest)| &rest[28..]);
            format!("{kind}/{id} {version} {deleted} {hidden} {content}")
        }));
    }
    let strings = sql(
        "SELECT k.type, p.code, r.id, s.value FROM fhir_string s JOIN fhir_parameter p ON p.param = s.param \
         JOIN fhir_kind k ON k.kind = p.kind JOIN fhir_resource r ON r.key = s.key ORDER BY k.type, p.code, r.id, s.value",
    );
    let rows: Vec<(String, String, String, String)> = strings.fetch_all(&mut ctx.tx).await.expect("rows");
    state.extend(rows.into_iter().map(|(kind, code, id, value)| format!("{kind}?{code} {id} {value}")));
    state
}

/// Files of every sort. The Bundle contains versions of the same resources, so nothing may be done twice.
pub fn files(folder: &Folder) -> Vec<PathBuf> {
    let entry = |id: usize, family: &str| json!({ "resource": practitioner(&format!("v{}", id % 700), family) });
    let entries: Vec<_> = (0..2_800).map(|number| entry(number, &format!("Able{}", number / 700))).collect();
    let bundle = json!({ "resourceType": "Bundle", "type": "batch", "entry": entries });
    let broken = format!("{{\n{}", practitioners(2_100).replace("Able", "Baker"));
    vec![
        folder.write("a.ndjson", practitioners(4_500)),
        folder.write("b.json", bundle.to_string()),
        folder.write("c.ndjson.gz", gzip(broken.as_bytes())),
    ]
}

/// Stops after this many batches each time; returns how many batches there were in total.
async fn interrupted(world: &World<'_>, paths: &[PathBuf], tombstones: &[PathBuf], every: u32) -> (Outcome, u32) {
    let mut runs = 0;
    loop {
        runs += 1;
        let mut job = world.job(paths);
        job.tombstones = tombstones.to_vec();
        let (stop, mut batches) = (job.stop.clone(), 0);
        let outcome = world
            .try_run(&job, |event| {
                batches += u32::from(matches!(event, Event::Progress(_)));
                // The first event reports where it resumes.
                if batches == every + 1 {
                    stop.store(true, Ordering::Relaxed);
                }
            })
            .await
            .expect("a load");
        if !outcome.is_interrupted {
            return (outcome, runs);
        }
        assert!(runs < 40, "it does not come further");
    }
}

#[tokio::test]
async fn a_load_that_is_stopped_and_goes_on_ends_as_if_it_had_not_been() {
    let folder = Folder::new();
    let paths = files(&folder);
    let tombstones = [folder.write("gone", "Practitioner/p1\nPractitioner/v2\nPractitioner/none\n")];
    let whole = sqlite().await;
    let whole = World::new(&whole, "idaho").await;
    let mut job = whole.job(&paths);
    job.tombstones = tombstones.to_vec();
    let (outcome, _) = whole.run(&job).await;
    let expect = (state(&whole).await, outcome.report);
    assert_eq!(expect.1.rejected, 1);
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let (outcome, runs) = interrupted(&world, &paths, &tombstones, 1).await;
        assert!(5 < runs, "{runs}");
        assert_eq!(outcome.report, expect.1);
        assert!(state(&world).await == expect.0, "the states differ");
    })
    .await;
}

/// The place where a job starts; it ends after its next batch.
async fn beginning(world: &World<'_>, job: &Job) -> u64 {
    let (stop, mut beginning) = (job.stop.clone(), None);
    let outcome = world
        .try_run(job, |event| {
            if let Event::Progress(done) = event {
                stop.store(beginning.is_some(), Ordering::Relaxed);
                beginning.get_or_insert(done);
            }
        })
        .await
        .expect("a load");
    assert!(outcome.is_interrupted);
    beginning.expect("it reports where it begins")
}

#[tokio::test]
async fn what_other_checks_let_in_is_checked_anew() {
    let folder = Folder::new();
    let paths = files(&folder);
    let test = sqlite().await;
    let world = World::new(&test, "idaho").await;
    let validator = Validator::new(&[]).expect("R4");
    for checks in [Checks::none(), Checks::with(validator.clone()), Checks::strictly_with(validator)] {
        for goes_on in [false, true] {
            let mut job = world.job(&paths);
            job.options.checks = checks.clone();
            assert_eq!(0 < beginning(&world, &job).await, goes_on, "{checks:?}");
        }
    }
}

#[tokio::test]
async fn a_replacement_goes_on_with_what_was_brought_before() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        world.load(&[practitioner("old", "Able"), practitioner("p3", "Able")]).await;
        let folder = Folder::new();
        let mut job = world.job(&[folder.write("a.ndjson", practitioners(4_500))]);
        job.replace = vec!["Practitioner".to_owned()];
        let stop = job.stop.clone();
        let mut batches = 0;
        let outcome = world
            .try_run(&job, |event| {
                batches += u32::from(matches!(event, Event::Progress(_)));
                stop.store(batches == 2, Ordering::Relaxed);
            })
            .await
            .unwrap();
        assert!(outcome.is_interrupted && outcome.report.total() == 500, "{:?}", outcome.report);
        assert!(world.read(&world.public(), "Practitioner", "old").await.is_ok());
        job.stop = Default::default();
        let (outcome, _) = world.run(&job).await;
        assert_eq!((outcome.kept.len(), outcome.report.deleted["Practitioner"]), (0, 1), "{:?}", outcome.kept);
        assert!(world.read(&world.public(), "Practitioner", "p0").await.is_ok());
        assert!(matches!(world.read(&world.public(), "Practitioner", "old").await, Err(Error::Deleted(..))));
    })
    .await;
}

/// Stops after the first batch.
async fn begin(world: &World<'_>, path: &PathBuf) {
    let job = world.job(std::slice::from_ref(path));
    let mut batches = 0;
    let outcome = world
        .try_run(&job, |event| {
            batches += u32::from(matches!(event, Event::Progress(_)));
            job.stop.store(batches == 2, Ordering::Relaxed);
        })
        .await
        .unwrap();
    assert!(outcome.is_interrupted);
}

#[tokio::test]
async fn another_file_or_a_wish_makes_it_begin_anew() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let folder = Folder::new();
        let path = folder.write("a.ndjson", practitioners(2_500));
        begin(&world, &path).await;
        let mut job = world.job(std::slice::from_ref(&path));
        job.restart = true;
        let (outcome, _) = world.run(&job).await;
        assert_eq!((outcome.report.unchanged["Practitioner"], outcome.report.created["Practitioner"]), (500, 2_000));

        begin(&world, &path).await;
        folder.write("a.ndjson", practitioners(2_600));
        let (outcome, _) = world.run(&world.job(&[path])).await;
        assert_eq!((outcome.report.unchanged["Practitioner"], outcome.report.created["Practitioner"]), (2_500, 100));
    })
    .await;
}

/// Loads as another process would: with its own connections, while this one waits.
fn load_elsewhere(url: &str, clock: ManualClock, job: &Job) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = Db::connect(&store::Options { url: url.to_owned(), connections: 2 }).await.unwrap();
        let store = Store::with(db, Arc::new(clock), Arc::new(SystemRandom));
        let programs = Programs::embedded().unwrap();
        let outcome = job::run(&store, &programs, job, job.files().unwrap(), &Nobody, |_| ()).await.unwrap();
        store.db.close().await;
        outcome
    })
}

#[tokio::test]
async fn of_two_that_do_the_same_the_later_goes_on_and_the_earlier_saves_nothing_more() {
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let folder = Folder::new();
        let path = folder.write("a.ndjson", practitioners(4_500));
        let (earlier, later) = (world.job(std::slice::from_ref(&path)), world.job(&[path]));
        let url = test.url();
        let mut batches = 0;
        let first = world
            .try_run(&earlier, |event| {
                batches += u32::from(matches!(event, Event::Progress(_)));
                if batches == 2 && matches!(event, Event::Progress(_)) {
                    let clock = test.clock.clone();
                    let elsewhere =
                        std::thread::scope(|scope| scope.spawn(|| load_elsewhere(&url, clock, &later)).join());
                    assert_eq!(elsewhere.unwrap().report.created["Practitioner"], 4_500);
                }
            })
            .await;
        assert!(matches!(first, Err(Error::TakenOver)), "{first:?}");
        assert_eq!(world.read(&world.public(), "Practitioner", "p4499").await.unwrap()["meta"]["versionId"], "1");
    })
    .await;
}
