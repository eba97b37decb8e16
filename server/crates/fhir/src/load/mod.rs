//! Loading: reads and checks on one thread, writes on another, batch by batch; idempotent by type and id.

mod batch;
mod bundle;
pub mod files;
pub(crate) mod keys;
pub(crate) mod prepare;
pub mod report;
pub(crate) mod resource;
pub(crate) mod rows;
pub(crate) mod settle;
mod write;

use std::{path::PathBuf, sync::Arc};

use model::partition::Partition;
use programs::Programs;
use store::Store;
use tokio::sync::mpsc;

use self::{batch::Batch, prepare::Preparer, report::Report, write::Writer};
use crate::{
    catalog::{self, Catalog},
    error::Result,
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
    pub reason: String,
}

/// What a load is told.
#[derive(Clone, Debug)]
pub struct Options {
    pub partition: Partition,
    /// Check everything, save nothing.
    pub dry_run: bool,
}

/// What a load tells while it runs.
pub enum Event<'a> {
    /// Resources so far: loaded, unchanged, skipped or rejected.
    Progress(u64),
    Reject(&'a Reject),
}

/// Batches on their way from the reader to the writer.
const AHEAD: usize = 2;

/// Loads every resource of `items`, which is read on a thread of its own. Each batch is visible as a whole or not at all.
pub async fn run(
    store: &Store,
    programs: &Programs,
    options: &Options,
    items: impl Iterator<Item = Result<Item, Reject>> + Send + 'static,
    mut observe: impl FnMut(Event<'_>),
) -> Result<Report> {
    let program = catalog::program(programs, &options.partition)?;
    let catalog = open(store, program, options).await?;
    let preparer = Preparer::new(program, &catalog);
    let mut writer = Writer::new(store.clone(), catalog, preparer.clone(), options.dry_run);
    let (sender, mut batches) = mpsc::channel(AHEAD);
    let reader =
        tokio::task::spawn_blocking(move || batch::read(items, &preparer, |batch| sender.blocking_send(batch).is_ok()));
    let mut report = Report::default();
    while let Some(batch) = batches.recv().await {
        let Batch { rejects, skipped, .. } = &batch;
        rejects.iter().for_each(|reject| observe(Event::Reject(reject)));
        report.rejected += rejects.len() as u64;
        skipped.iter().for_each(|(kind, count)| *report.skipped.entry(kind.clone()).or_default() += count);
        writer.write(batch, &mut report).await?;
        observe(Event::Progress(report.total()));
    }
    drop(batches);
    if let Err(panic) = reader.await {
        std::panic::resume_unwind(panic.into_panic());
    }
    writer.finish().await?;
    Ok(report)
}

/// The resources of these files and folders; see [`files::Files`].
pub fn files(paths: &[PathBuf]) -> std::io::Result<files::Files> {
    files::Files::open(paths)
}

async fn open(store: &Store, program: &programs::program::Program, options: &Options) -> Result<Catalog> {
    if options.dry_run {
        let found = Catalog::find(&mut store.read().await?.tx, program, &options.partition).await?;
        return Ok(found.unwrap_or_else(Catalog::empty));
    }
    let mut ctx = store.write().await?;
    let catalog = Catalog::open(&mut ctx.tx, program, &options.partition).await?;
    ctx.commit().await?;
    Ok(catalog)
}
