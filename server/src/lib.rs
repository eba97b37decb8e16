//! The server: settings, router, middleware, the HTTP of OAuth and FHIR, workers, and commands.

// They panic when the reader has closed the pipe; see [`output`].
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod admin;
pub mod assets;
mod attachments;
mod audit_export;
pub mod check_audit;
mod check_config;
mod checks;
pub mod cli;
mod cookies;
mod demo;
mod docs_index;
mod documents;
mod etag;
mod failure;
pub mod fhir;
mod keys;
pub mod limits;
pub mod listen;
mod load;
mod logos;
mod metrics;
pub mod middleware;
pub mod oauth;
pub mod output;
mod own;
pub mod payers;
pub mod portals;
mod private;
pub mod probe;
mod ready;
pub mod router;
mod security;
pub mod settings;
mod signals;
pub mod state;
pub mod synthesize;
mod uploads;
pub mod workers;

use std::{io::IsTerminal, process::ExitCode, time::Duration};

use tracing_subscriber::EnvFilter;

pub use failure::Failure;

use cli::{Cli, Command};
use settings::Settings;
use signals::Stops;
use state::AppState;

/// Does what the command line says.
pub async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    private::begin();
    let settings = Settings::load(cli.config.as_deref())?;
    log(&settings);
    settings.notes.iter().for_each(|note| tracing::warn!("{note}"));
    match cli.command {
        Command::Serve => serve(settings).await?,
        Command::Migrate => drop(state::connect(&settings).await?),
        Command::CheckConfig { offline } => check_config::run(&settings, offline).await?,
        Command::Demo => demo::run(settings).await?,
        Command::Admin(command) => admin::run(command, settings).await?,
        Command::Keys(command) => keys::run(command, settings).await?,
        Command::Security { hours } => security::run(hours, settings).await?,
        Command::CheckAudit(args) => return check_audit::run(args, settings).await,
        Command::ExportMetrics(args) => metrics::run(args, settings).await?,
        Command::Load(args) => return load::run(args, settings).await,
        Command::Reindex(args) => return load::reindex(args, settings).await,
        Command::Synthesize(args) => synthesize::run(args, settings).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Names every line of the portals' log once more, and says nothing that we do not say ourselves.
const SILENT: &str = "tower_sessions=off";

fn log(settings: &Settings) {
    let filter = EnvFilter::new(&settings.log.filter);
    let filter = SILENT.parse().into_iter().fold(filter, EnvFilter::add_directive);
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Colors are for people at a terminal, not for files.
        .with_ansi(std::io::stderr().is_terminal());
    // This fails only where a subscriber exists already, as in tests.
    let _ = if settings.log.json { subscriber.json().try_init() } else { subscriber.compact().try_init() };
}

/// The longest time that stopping takes, whatever clients do: connections have [`listen::GRACE`], workers a few seconds
/// more.
const STOP_WITHIN: Duration = Duration::from_secs(23);

async fn serve(settings: Settings) -> Result<(), Failure> {
    signals::ignore_hangup();
    private::narrow_log();
    let listen = settings.listen;
    let state = AppState::open(settings).await?;
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(|error| Failure::Listen(listen, error))?;
    let mut stops = Stops::listen().map_err(Failure::Signals)?;
    tracing::info!(%listen, public_url = %state.settings.public_url, "serving");
    let workers = workers::start(&state.jobs()?);
    let engine = state.services.fhir.clone();
    let fresh = tokio::spawn(async move { engine.keep_fresh().await });
    let (stop, stopping) = tokio::sync::oneshot::channel::<()>();
    let serving = async {
        let stopped = async {
            let _ = stopping.await;
        };
        listen::serve(listener, state, listen::PATIENCE, stopped).await;
        fresh.abort();
        workers.stop().await;
    };
    let at_the_latest = async {
        stops.next().await;
        tracing::info!("stopping: requests in progress are answered first; a second signal stops immediately");
        let _ = stop.send(());
        tokio::select! {
            () = stops.next() => tracing::warn!("stopped immediately"),
            () = tokio::time::sleep(STOP_WITHIN) => tracing::warn!("stopped before all work was done"),
        }
    };
    tokio::select! {
        () = serving => {}
        () = at_the_latest => {}
    }
    Ok(())
}
