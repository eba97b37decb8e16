//! `flex load` and `flex reindex`.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
    process::ExitCode,
    sync::atomic::Ordering,
    time::Duration,
};

use fhir::load::{self, Event, Options, Origin, Reject, check::Finding};
use indicatif::{ProgressBar, ProgressStyle};
use model::partition::{Partition, ProgramId};
use programs::Programs;
use serde_json::json;
use store::Store;
use validate::problem::Severity;

use crate::{
    Failure,
    checks::checks,
    cli::{Load, PartitionArgs, Reindex},
    settings::Settings,
    state,
};

/// Loads what the command line names, and says what came of it; fails (2) if something was rejected.
pub async fn run(args: Load, settings: Settings) -> Result<ExitCode, Failure> {
    let programs = state::programs(&settings)?;
    let partition = partition(&args.partition, &programs)?;
    let store = Store::new(state::connect(&settings).await?);
    let files =
        load::files(&args.paths).map_err(|error| Failure::Usage(format!("the paths cannot be read: {error}")))?;
    let (bar, read) = (bytes_bar(files.total), files.read());
    let mut rejects = Rejects::new(&args.rejects);
    let observe = |event: Event<'_>| match event {
        Event::Progress(resources) => {
            bar.set_position(read.load(Ordering::Relaxed));
            bar.set_message(format!("{resources} resources"));
        }
        Event::Reject(Reject { origin, at, reason }) => rejects.write(Severity::Error, origin, at.as_deref(), reason),
        Event::Finding(Finding { origin, problem }) => {
            rejects.write(problem.severity, origin, Some(&problem.path), &problem.reason);
        }
    };
    let options = Options { partition, dry_run: args.dry_run, checks: checks(&args)? };
    let report = load::run(&store, &programs, &options, files, observe).await;
    bar.finish_and_clear();
    store.db.close().await;
    let report = report?;
    rejects.finish().map_err(|error| Failure::Usage(format!("the rejects could not be written: {error}")))?;
    println!("{report}");
    if 0 < report.rejected + report.warned {
        println!("{:>9} {}", "see", args.rejects.display());
    }
    Ok(if report.rejected == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Rebuilds the indexes.
pub async fn reindex(args: Reindex, settings: Settings) -> Result<ExitCode, Failure> {
    let programs = state::programs(&settings)?;
    let partition = partition(&args.partition, &programs)?;
    let store = Store::new(state::connect(&settings).await?);
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(200));
    let done = fhir::reindex::run(&store, &programs, &partition, |done| bar.set_message(format!("{done} resources")));
    let done = done.await;
    bar.finish_and_clear();
    store.db.close().await;
    println!("{} resources indexed", done?);
    Ok(ExitCode::SUCCESS)
}

/// The partition, if some program file describes it.
fn partition(args: &PartitionArgs, programs: &Programs) -> Result<Partition, Failure> {
    let partition = Partition::new(&ProgramId::new(args.program.as_str()), args.environment);
    let known = programs.partitions();
    if known.contains(&partition) {
        return Ok(partition);
    }
    let known: Vec<String> = known.iter().map(ToString::to_string).collect();
    Err(Failure::Usage(format!("there is no {partition}; there are {}", known.join(", "))))
}

fn bytes_bar(total: u64) -> ProgressBar {
    let template = "{wide_bar} {bytes}/{total_bytes} {msg} {per_sec:.0} {eta} left";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total).with_style(style)
}

/// The file of rejects and warnings: NDJSON, made when there is a first one.
struct Rejects<'a> {
    path: &'a Path,
    file: Option<io::Result<BufWriter<File>>>,
}

impl<'a> Rejects<'a> {
    fn new(path: &'a Path) -> Self {
        Self { path, file: None }
    }

    fn write(&mut self, severity: Severity, origin: &Origin, at: Option<&str>, reason: &str) {
        let file = self.file.get_or_insert_with(|| File::create(self.path).map(BufWriter::new));
        let Origin { path, line } = origin;
        let line = json!({ "path": path, "line": line, "severity": severity.code(), "element": at, "reason": reason });
        if let Ok(open) = file
            && let Err(error) = writeln!(open, "{line}")
        {
            *file = Err(error);
        }
    }

    fn finish(self) -> io::Result<()> {
        match self.file {
            None => Ok(()),
            Some(file) => file?.flush(),
        }
    }
}
