//! Loading: one thread reads and checks, another writes, batch by batch. It is idempotent by type and id.

mod archive;
mod batch;
mod bundle;
pub mod check;
mod existing;
pub mod files;
mod foreign;
pub mod job;
pub(crate) mod keys;
pub mod leaving;
mod lines;
mod place;
pub(crate) mod prepare;
mod record;
mod rehearse;
mod remove;
pub mod replace;
pub mod report;
pub(crate) mod resource;
pub(crate) mod rows;
pub(crate) mod settle;
mod sources;
mod tombstone;
mod unseen;
mod write;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use model::partition::Partition;
use programs::{Programs, program::Program};
use store::Store;
use tokio::sync::mpsc;

use self::{
    batch::Batch,
    check::{Checker, Checks, Finding},
    keys::Keys,
    leaving::{Leaving, Nobody},
    place::{Piece, Place, What},
    prepare::Preparer,
    record::{Beginning, Record},
    rehearse::Rehearsal,
    report::Report,
    unseen::Unseen,
    write::Writer,
};
use crate::{
    catalog::{self, Catalog},
    error::{Error, Result},
    reindex,
};

/// Where a resource came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub path: Arc<str>,
    /// From 1; in a Bundle, the entry.
    pub line: u64,
}

/// A JSON text: a resource or a Bundle.
pub struct Item {
    pub origin: Origin,
    pub json: String,
}

/// What was not loaded, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    pub origin: Origin,
    /// The element at fault, such as `Patient.id`, if there is one.
    pub at: Option<String>,
    pub reason: String,
}

impl Reject {
    /// A reject of the whole text.
    pub fn new(origin: Origin, reason: impl Into<String>) -> Self {
        Self { origin, at: None, reason: reason.into() }
    }
}

/// The options of a load.
#[derive(Clone, Debug)]
pub struct Options {
    pub partition: Partition,
    /// Check everything, but save nothing.
    pub dry_run: bool,
    pub checks: Checks,
}

/// What a load reports while it runs.
pub enum Event<'a> {
    /// Resources so far: loaded, unchanged, deleted, skipped or rejected. For files, the first event says what was
    /// loaded before an interruption.
    Progress(u64),
    /// Arrives before the resources that were read with it are saved.
    Reject(&'a Reject),
    /// Also arrives before the resources are saved.
    Finding(&'a Finding),
}

/// Batches that wait between the reader and the writer.
const AHEAD: usize = 2;
/// After this many batches, searches need new statistics to be planned well.
const MANY_BATCHES: u32 = 4;

/// Loads every resource of `items`, which a separate thread reads. Each batch becomes visible as a whole or not at all.
pub async fn run(
    store: &Store,
    programs: &Programs,
    options: &Options,
    items: impl Iterator<Item = Result<Item, Reject>> + Send + 'static,
    observe: impl FnMut(Event<'_>),
) -> Result<Report> {
    load(store, programs, options, None, items, observe).await
}

/// The same, recorded for the administrators under the name of a source.
pub async fn run_recorded(
    store: &Store,
    programs: &Programs,
    options: &Options,
    source: &str,
    items: impl Iterator<Item = Result<Item, Reject>> + Send + 'static,
    observe: impl FnMut(Event<'_>),
) -> Result<Report> {
    load(store, programs, options, Some(source), items, observe).await
}

async fn load(
    store: &Store,
    programs: &Programs,
    options: &Options,
    source: Option<&str>,
    items: impl Iterator<Item = Result<Item, Reject>> + Send + 'static,
    mut observe: impl FnMut(Event<'_>),
) -> Result<Report> {
    let program = catalog::program(programs, &options.partition)?;
    let mut writer = Writer::open(store, program, options, &Nobody).await?;
    let mut report = Report::default();
    if let Some(source) = source.filter(|_| !options.dry_run) {
        let Beginning { record, .. } = Record::begin(store, &options.partition, &[source.to_owned()], None).await?;
        writer.record = Some(record);
    }
    let stop = AtomicBool::new(false);
    let done = match writer.take(pieces(items), Place::default(), &stop, &mut report, &mut observe).await {
        Ok(()) => writer.finish(&mut report).await,
        Err(error) => Err(error),
    };
    writer.note(done).await?;
    Ok(report)
}

/// The resources of these files and folders; see [`files::Files`].
pub fn files(paths: &[PathBuf]) -> std::io::Result<files::Files> {
    files::Files::open(paths)
}

fn pieces(items: impl Iterator<Item = Result<Item, Reject>>) -> impl Iterator<Item = Piece> {
    let place = |line| Place { file: 1, line, entry: Place::WHOLE };
    (1..).zip(items).map(move |(line, item)| Piece { place: place(line), what: What::of(item, false) })
}

impl<'a, L: Leaving> Writer<'a, L> {
    async fn open(store: &Store, program: &Program, options: &Options, leaving: &'a L) -> Result<Self> {
        let catalog = open(store, program, options).await?;
        Ok(Self {
            store: store.clone(),
            options: options.clone(),
            preparer: Preparer::new(program, options.partition.environment, &catalog),
            checker: Checker::new(program, &options.checks),
            catalog,
            leaving,
            record: None,
            replaced: Vec::new(),
            rehearsal: Rehearsal::default(),
            unseen: Unseen::default(),
            keys: Keys::default(),
            batches: 0,
        })
    }

    /// Loads everything after a place, until it is asked to stop.
    async fn take(
        &mut self,
        pieces: impl Iterator<Item = Piece> + Send + 'static,
        after: Place,
        stop: &AtomicBool,
        report: &mut Report,
        observe: &mut impl FnMut(Event<'_>),
    ) -> Result<()> {
        let (sender, mut batches) = mpsc::channel(AHEAD);
        let (preparer, checker) = (self.preparer.clone(), self.checker.clone());
        let read = move || batch::read(pieces, after, &preparer, &checker, |batch| sender.blocking_send(batch).is_ok());
        let reader = tokio::task::spawn_blocking(read);
        while !stop.load(Ordering::Relaxed)
            && let Some(batch) = batches.recv().await
        {
            let Batch { rejects, findings, skipped, unnamed, .. } = &batch;
            rejects.iter().for_each(|reject| observe(Event::Reject(reject)));
            findings.iter().for_each(|finding| observe(Event::Finding(finding)));
            report.warned += batch.warned;
            batch.unchecked.iter().for_each(|(what, count)| report.count_unchecked(what, *count));
            report.rejected += rejects.len() as u64;
            report.unnamed += unnamed;
            skipped.iter().for_each(|(kind, count)| *report.skipped.entry(kind.clone()).or_default() += count);
            self.write(batch, report).await?;
            observe(Event::Progress(report.total()));
        }
        drop(batches);
        if let Err(panic) = reader.await {
            std::panic::resume_unwind(panic.into_panic());
        }
        Ok(())
    }

    /// What can only be done once everything is loaded.
    async fn finish(&mut self, report: &mut Report) -> Result<()> {
        if self.options.dry_run {
            let tx = &mut self.store.read().await?.tx;
            return self.unseen.end(tx, &self.catalog, &self.rehearsal, report).await;
        }
        let mut ctx = self.store.write().await?;
        catalog::lock_keys(&mut ctx.tx).await?;
        self.settle_rest(&mut ctx).await?;
        self.unseen.end(&mut ctx.tx, &self.catalog, &(), report).await?;
        if let Some(record) = &self.record {
            record.end(&mut ctx, report).await?;
        }
        ctx.commit().await?;
        if MANY_BATCHES <= self.batches {
            reindex::analyze(&self.store).await?;
        }
        Ok(self.store.db.end_load().await?)
    }

    /// Records what went wrong, if something did, and returns it.
    async fn note<T>(&self, done: Result<T>) -> Result<T> {
        if let (Err(error), Some(record)) = (&done, &self.record)
            && let Err(second) = record.stop(&self.store, record::End::Failed(&error.to_string())).await
        {
            tracing::warn!(error = %second, "could not record that the load failed");
        }
        done
    }
}

async fn open(store: &Store, program: &Program, options: &Options) -> Result<Catalog> {
    if options.dry_run {
        let found = Catalog::find(&mut store.read().await?.tx, program, &options.partition).await?;
        let found = found.unwrap_or_else(Catalog::empty);
        return if found.is_current { Ok(found) } else { Err(Error::Stale) };
    }
    store.db.begin_load().await?;
    let mut ctx = store.write().await?;
    let catalog = Catalog::open(&mut ctx.tx, program, &options.partition).await?;
    ctx.commit().await?;
    Ok(catalog)
}
