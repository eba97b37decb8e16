//! Files to load, and loads of them.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use fhir::{
    error::Error,
    load::{
        Event, Options, Reject,
        check::Checks,
        job::{self, Job, Outcome},
        leaving::Nobody,
    },
};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use store::testing::temporary_folder;

use crate::world::World;

/// A folder that is deleted when the test ends.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        Self(temporary_folder("load"))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file and returns its path.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).expect("a file");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

pub fn practitioner(id: &str, family: &str) -> Value {
    json!({ "resourceType": "Practitioner", "id": id, "name": [{ "family": family }] })
}

/// Practitioners `p0`, `p1`, …, one per line.
pub fn practitioners(count: usize) -> String {
    (0..count).map(|number| format!("{}\n", practitioner(&format!("p{number}"), "Able"))).collect()
}

pub fn lines(resources: &[Value]) -> String {
    resources.iter().map(|resource| format!("{resource}\n")).collect()
}

impl World<'_> {
    pub fn job(&self, paths: &[PathBuf]) -> Job {
        Job {
            options: Options { partition: self.partition.clone(), dry_run: false, checks: Checks::none() },
            paths: paths.to_vec(),
            tombstones: Vec::new(),
            replace: Vec::new(),
            replace_limit: 50,
            restart: false,
            stop: Default::default(),
        }
    }

    pub async fn run(&self, job: &Job) -> (Outcome, Vec<Reject>) {
        let mut rejects = Vec::new();
        let outcome = self
            .try_run(job, |event| {
                if let Event::Reject(reject) = event {
                    rejects.push(reject.clone());
                }
            })
            .await
            .expect("a load");
        (outcome, rejects)
    }

    pub async fn try_run(&self, job: &Job, observe: impl FnMut(Event<'_>)) -> Result<Outcome, Error> {
        let files = job.files().expect("the files are there");
        let outcome = job::run(&self.test.store, &self.programs, job, files, &Nobody, observe).await;
        self.engine.refresh().await.expect("a refresh");
        outcome
    }
}
