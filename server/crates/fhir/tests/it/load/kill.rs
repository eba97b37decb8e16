//! A load whose process is killed.

use std::{
    env,
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::{Command, Stdio},
};

use fhir::load::{Event, Options, check::Checks, job, job::Job, leaving::Nobody};
use model::partition::{Environment, Partition, ProgramId};
use programs::Programs;
use store::{Db, Store, testing::on_each_database};

use super::{
    files::Folder,
    resume::{files, state},
};
use crate::world::World;

/// Marks this process as the one to be killed, and names the database that it loads into.
const URL: &str = "LOAD_URL";
const FOLDER: &str = "LOAD_FOLDER";

fn job(paths: Vec<PathBuf>) -> Job {
    let partition = Partition::new(&ProgramId::new("idaho"), Environment::Production);
    Job {
        options: Options { partition, dry_run: false, checks: Checks::none() },
        paths,
        tombstones: Vec::new(),
        replace: Vec::new(),
        replace_limit: 50,
        restart: false,
        stop: Default::default(),
    }
}

/// Runs in a process of its own; without the variables there is nothing to do.
#[tokio::test]
async fn a_process_loads_what_it_is_told() {
    let (Ok(url), Ok(folder)) = (env::var(URL), env::var(FOLDER)) else { return };
    let db = Db::connect(&store::Options { url, connections: 2 }).await.unwrap();
    let (store, programs, job) = (Store::new(db), Programs::embedded().unwrap(), job(vec![folder.into()]));
    let observe = |event: Event<'_>| {
        if matches!(event, Event::Progress(_)) {
            println!("batch");
        }
    };
    job::run(&store, &programs, &job, job.files().unwrap(), &Nobody, observe).await.unwrap();
    println!("done");
    store.db.close().await;
}

/// Loads in another process and kills it some time after its second batch. Returns whether it finished first.
fn load_and_kill(url: &str, folder: &Folder, bytes: usize) -> bool {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "load::kill::a_process_loads_what_it_is_told", "--nocapture"]);
    command.env(URL, url).env(FOLDER, folder.path()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let (mut line, mut batches, mut is_done) = (String::new(), 0, false);
    while batches < 3 && output.read_line(&mut line).unwrap() != 0 {
        batches += u32::from(line.contains("batch"));
        is_done |= line.contains("done");
        line.clear();
    }
    // A moment that differs from run to run: while it writes the next batch.
    let mut burned = vec![0_u8; bytes];
    std::io::repeat(7).read_exact(&mut burned).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    is_done
}

#[tokio::test]
async fn a_load_that_is_killed_again_and_again_ends_as_if_it_had_not_been() {
    let folder = Folder::new();
    files(&folder);
    let whole = store::testing::sqlite().await;
    let whole = World::new(&whole, "idaho").await;
    let (outcome, _) = whole.run(&job(vec![folder.path().to_owned()])).await;
    let expect = (state(&whole).await, outcome.report);
    on_each_database(async |test| {
        let world = World::new(test, "idaho").await;
        let mut kills = 0;
        while !load_and_kill(&test.url(), &folder, kills * 300_000) {
            kills += 1;
            assert!(kills < 20, "it does not come further");
        }
        assert!(2 < kills, "{kills}");
        // The last process may have been killed after it finished; then nothing starts over.
        let mut ctx = test.store.read().await.unwrap().within(world.partition.clone());
        let loads = fhir::feed::list(&mut ctx, 10).await.unwrap();
        assert_eq!(loads.len(), 1);
        assert_eq!(loads[0].rejected, expect.1.rejected);
        let created: u64 = loads[0].counts.values().map(|counts| counts.created).sum();
        assert_eq!(created, expect.1.created.values().sum::<u64>());
        drop(ctx);
        assert!(state(&world).await == expect.0, "the states differ");
    })
    .await;
}
