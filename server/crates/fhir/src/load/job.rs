//! A load of files that an operator starts: it resumes where it was interrupted, deletes, and is recorded.

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use programs::Programs;
use store::Store;

use super::{
    Event, Options,
    files::Files,
    leaving::Leaving,
    place::Place,
    record::{self, Beginning, End, Record},
    replace::Kept,
    report::{Report, each},
    sources,
    write::{Replaced, Writer},
};
use crate::{
    catalog,
    digest::digest,
    error::{Error, Result},
};

/// What the operator asks for.
#[derive(Clone, Debug)]
pub struct Job {
    pub options: Options,
    /// NDJSON, Bundles, single resources, folders of these.
    pub paths: Vec<PathBuf>,
    /// Files that name what to delete; they are read after everything else.
    pub tombstones: Vec<PathBuf>,
    /// Types of which the load deletes, at its end, what it did not bring.
    pub replace: Vec<String>,
    /// A type is kept if this would delete more than this percentage of it.
    pub replace_limit: u8,
    /// Start over even if the same load ended halfway.
    pub restart: bool,
    /// Once true, the load ends after the current batch.
    pub stop: Arc<AtomicBool>,
}

/// The result of a load.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The counts of this run and, if it resumed a load, of the runs before.
    pub report: Report,
    /// Types that were not replaced.
    pub kept: Vec<Kept>,
    /// Whether it was asked to stop. If it is started again, it resumes.
    pub is_interrupted: bool,
}

impl Job {
    /// The files of the job. Fails if one does not exist or cannot be examined.
    pub fn files(&self) -> io::Result<Files> {
        Ok(Files::of(sources::find(&self.paths, &self.tombstones)?))
    }

    /// Differs when the files differ, or what to do with them.
    fn digest(&self, files: &Files) -> String {
        let what = [self.replace.join(" "), format!("{:?}", self.options.checks)];
        let all: Vec<String> = what.into_iter().chain(files.identities()).collect();
        format!("{:016x}", digest(all.iter().map(String::as_str)))
    }

    fn sources(&self) -> Vec<String> {
        self.paths.iter().chain(&self.tombstones).map(|path| path.display().to_string()).collect()
    }
}

/// Loads files. If the same job ended halfway and is started again, it resumes after its last batch: nothing is done
/// twice, and the final state is the one it would have had without the interruption.
pub async fn run(
    store: &Store,
    programs: &Programs,
    job: &Job,
    mut files: Files,
    leaving: &impl Leaving,
    mut observe: impl FnMut(Event<'_>),
) -> Result<Outcome> {
    let program = catalog::program(programs, &job.options.partition)?;
    if let Some(unknown) = job.replace.iter().find(|kind| program.resource(kind).is_none()) {
        return Err(Error::UnknownType(unknown.clone()));
    }
    let mut writer = Writer::open(store, program, &job.options, leaving).await?;
    let replaced = |name: &String| Replaced { kind: writer.catalog.kind_number(name), name: name.clone() };
    writer.replaced = job.replace.iter().map(replaced).collect();
    let (mut after, mut report) = (Place::default(), Report::default());
    if !job.options.dry_run {
        let digest = job.digest(&files);
        if job.restart {
            record::forget(store, &job.options.partition, &digest).await?;
        }
        let begun = Record::begin(store, &job.options.partition, &job.sources(), Some(&digest)).await?;
        let Beginning { record, .. } = begun;
        (after, report) = (begun.after, begun.report);
        writer.record = Some(record);
        files.resume(after);
    }
    observe(Event::Progress(report.total()));
    let done = writer.work(job, files, after, &mut report, &mut observe).await;
    let kept = writer.note(done).await?;
    Ok(Outcome { report, kept: kept.clone().unwrap_or_default(), is_interrupted: kept.is_none() })
}

impl<L: Leaving> Writer<'_, L> {
    /// The types that were kept; `None` if it was asked to stop.
    async fn work(
        &mut self,
        job: &Job,
        mut files: Files,
        after: Place,
        report: &mut Report,
        observe: &mut impl FnMut(Event<'_>),
    ) -> Result<Option<Vec<Kept>>> {
        let is_stopped = || job.stop.load(Ordering::Relaxed);
        let pieces = std::iter::from_fn(move || files.next_piece());
        self.take(pieces, after, &job.stop, report, observe).await?;
        let mut kept = Vec::new();
        if !is_stopped() && report.is_nothing() {
            return Err(Error::Nothing(match &*each(&report.skipped) {
                "" => "the files contain no resources".to_owned(),
                skipped => format!("the program offers none of the types in the files: {skipped}"),
            }));
        }
        if !is_stopped() {
            kept = self.replace(job.replace_limit, &job.stop, report, observe).await?;
        }
        if is_stopped() {
            if let Some(record) = &self.record {
                record.stop(&self.store, End::Interrupted).await?;
            }
            return Ok(None);
        }
        self.finish(report).await?;
        Ok(Some(kept))
    }
}
