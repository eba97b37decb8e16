//! `flex load` and `flex reindex`.

use std::{
    error::Error,
    fs::{File, OpenOptions},
    io::{self, LineWriter, Write},
    path::Path,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use fhir::load::{
    Event, Options, Origin, Reject,
    check::Finding,
    job::{self, Job, Outcome},
    leaving::Leaving,
};
use indicatif::{ProgressBar, ProgressStyle};
use mail::site::Site;
use model::{
    id::PatientId,
    partition::{Partition, ProgramId},
};
use oauth::grants::{member, representation};
use programs::Programs;
use serde_json::json;
use store::{Ctx, Store};
use validate::problem::Severity;

use crate::{
    Failure,
    checks::checks,
    cli::{Load, PartitionArgs, Reindex},
    output::say,
    settings::Settings,
    signals::Stops,
    state,
};

/// Loads what the command line names. The exit code says how it went; see [`Load`].
pub async fn run(args: Load, settings: Settings) -> Result<ExitCode, Failure> {
    let programs = state::programs(&settings)?;
    let job = job(&args, &programs)?;
    let files = job.files().map_err(|error| Failure::Usage(format!("cannot read the paths: {error}")))?;
    let store = Store::new(state::connect(&settings).await?);
    let (bar, read) = (bytes_bar(files.total), files.read());
    let mut rejects = Rejects::new(&args.rejects);
    let mut rate = None;
    let observe = |event: Event<'_>| match event {
        Event::Progress(resources) => {
            bar.set_position(read.load(Ordering::Relaxed));
            // The first event says what was loaded before.
            let rate = rate.get_or_insert_with(|| {
                rejects.is_new = resources == 0;
                bar.reset_eta();
                Rate::since(resources)
            });
            bar.set_message(rate.tell(resources));
        }
        Event::Reject(Reject { origin, at, reason }) => rejects.write(Severity::Error, origin, at.as_deref(), reason),
        Event::Finding(Finding { origin, problem }) => {
            rejects.write(problem.severity, origin, Some(&problem.path), &problem.reason);
        }
    };
    let grants = Grants { site: Site::new(settings.public_url.as_str()) };
    let stopping = stop_at_interrupt(job.stop.clone());
    let outcome = job::run(&store, &programs, &job, files, &grants, observe).await;
    stopping.abort();
    bar.finish_and_clear();
    store.db.close().await;
    let outcome = outcome?;
    rejects.finish().map_err(|error| Failure::Usage(format!("cannot write the rejects: {error}")))?;
    Ok(tell(&outcome, &args.rejects))
}

fn job(args: &Load, programs: &Programs) -> Result<Job, Failure> {
    let partition = partition(&args.partition, programs)?;
    Ok(Job {
        options: Options { partition, dry_run: args.dry_run, checks: checks(args)? },
        paths: args.paths.clone(),
        tombstones: args.tombstones.clone(),
        replace: args.replace.clone(),
        replace_limit: args.replace_limit,
        restart: args.restart,
        stop: Arc::new(AtomicBool::new(false)),
    })
}

/// Ctrl-C and the service manager's SIGTERM end the load after the current batch.
fn stop_at_interrupt(stop: Arc<AtomicBool>) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        // Without them a signal ends the process immediately, which a load survives too.
        if let Ok(mut stops) = Stops::listen() {
            stops.next().await;
            stop.store(true, Ordering::Relaxed);
        }
    })
}

/// Prints the result of a load; the exit code is the worst of it.
fn tell(outcome: &Outcome, rejects: &Path) -> ExitCode {
    say!("{}", outcome.report);
    let mut code = ExitCode::SUCCESS;
    if 0 < outcome.report.rejected + outcome.report.warned {
        say!("{:>9} {}", "see", rejects.display());
    }
    if 0 < outcome.report.rejected {
        code = ExitCode::from(2);
    }
    for kept in &outcome.kept {
        say!("{:>9} {} was not replaced: {}", "kept", kept.kind, kept.reason);
        code = ExitCode::from(3);
    }
    if outcome.is_interrupted {
        say!("interrupted; run the same command again to continue");
        code = ExitCode::from(4);
    }
    code
}

/// Ends what members allowed apps when the payer no longer has these members, and emails them.
struct Grants {
    site: Site,
}

impl Leaving for Grants {
    async fn left(
        &self,
        ctx: &mut Ctx,
        partition: &Partition,
        patients: &[PatientId],
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        // First, so that those who act for the members get the mail about that.
        let represented = representation::members_left(ctx, &self.site, partition, patients).await?;
        let ended = represented + member::end_as_gone(ctx, &self.site, partition, patients).await?;
        tracing::info!(%partition, members = patients.len(), grants = ended, "members were deleted");
        Ok(())
    }
}

/// Resources per second, over the last seconds.
struct Rate {
    since: Instant,
    before: u64,
    rate: u64,
}

impl Rate {
    const WINDOW: Duration = Duration::from_secs(2);

    fn since(before: u64) -> Self {
        Self { since: Instant::now(), before, rate: 0 }
    }

    fn tell(&mut self, resources: u64) -> String {
        let elapsed = self.since.elapsed();
        if Self::WINDOW <= elapsed {
            self.rate = (resources.saturating_sub(self.before) as f64 / elapsed.as_secs_f64()) as u64;
            (self.since, self.before) = (Instant::now(), resources);
        }
        format!("{resources} resources, {}/s", self.rate)
    }
}

/// Rebuilds the indexes.
pub async fn reindex(args: Reindex, settings: Settings) -> Result<ExitCode, Failure> {
    let programs = state::programs(&settings)?;
    let partition = partition(&args.partition, &programs)?;
    let store = Store::new(state::connect(&settings).await?);
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(200));
    let (mut rate, began) = (Rate::since(0), Instant::now());
    let done = fhir::reindex::run(&store, &programs, &partition, |done| bar.set_message(rate.tell(done)));
    let done = done.await;
    bar.finish_and_clear();
    store.db.close().await;
    let (done, seconds) = (done?, began.elapsed().as_secs_f64());
    say!("{done} resources indexed in {seconds:.1} s, {:.0}/s", done as f64 / seconds.max(0.001));
    Ok(ExitCode::SUCCESS)
}

/// The partition, if a program file describes it.
fn partition(args: &PartitionArgs, programs: &Programs) -> Result<Partition, Failure> {
    let partition = Partition::new(&ProgramId::new(args.program.as_str()), args.environment);
    let known = programs.partitions();
    if known.contains(&partition) {
        return Ok(partition);
    }
    let known: Vec<String> = known.iter().map(ToString::to_string).collect();
    Err(Failure::Usage(format!("there is no {partition}; choose one of {}", known.join(", "))))
}

fn bytes_bar(total: u64) -> ProgressBar {
    let template = "{wide_bar} {bytes}/{total_bytes} {msg}, {eta} left";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total).with_style(style)
}

/// The file of rejects and warnings: NDJSON, created when there is a first one. Each line is written immediately,
/// before the resources read with it are saved: a load that is killed and continues may name some twice, but leaves
/// none out.
struct Rejects<'a> {
    path: &'a Path,
    file: Option<io::Result<LineWriter<File>>>,
    /// Whether an existing file is from another load and is replaced.
    is_new: bool,
}

impl<'a> Rejects<'a> {
    fn new(path: &'a Path) -> Self {
        Self { path, file: None, is_new: true }
    }

    fn write(&mut self, severity: Severity, origin: &Origin, at: Option<&str>, reason: &str) {
        let open =
            || OpenOptions::new().create(true).write(true).truncate(self.is_new).append(!self.is_new).open(self.path);
        let file = self.file.get_or_insert_with(|| open().map(LineWriter::new));
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
