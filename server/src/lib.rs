//! The server: settings, router, middleware, the HTTP of OAuth and FHIR, workers and commands.

// They panic where nobody reads any more; see [`output`].
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod admin;
pub mod assets;
mod checks;
pub mod cli;
mod demo;
mod failure;
pub mod fhir;
mod keys;
pub mod limits;
pub mod listen;
mod load;
pub mod middleware;
pub mod oauth;
pub mod output;
pub mod payers;
pub mod portals;
pub mod router;
pub mod settings;
pub mod state;
pub mod synthesize;
pub mod workers;

use std::{io::IsTerminal, process::ExitCode};

use tracing_subscriber::EnvFilter;

pub use failure::Failure;

use cli::{Cli, Command};
use output::say;
use settings::Settings;
use state::AppState;

/// Does what the command line says.
pub async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let settings = Settings::load(cli.config.as_deref())?;
    log(&settings);
    match cli.command {
        Command::Serve => serve(settings).await?,
        Command::Migrate => drop(state::connect(&settings).await?),
        Command::CheckConfig => check_config(&settings)?,
        Command::Demo => demo::run(settings).await?,
        Command::Admin(command) => admin::run(command, settings).await?,
        Command::Keys(command) => keys::run(command, settings).await?,
        Command::Load(args) => return load::run(args, settings).await,
        Command::Reindex(args) => return load::reindex(args, settings).await,
        Command::Synthesize(args) => synthesize::run(args, settings).await?,
    }
    Ok(ExitCode::SUCCESS)
}

fn log(settings: &Settings) {
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&settings.log.filter))
        .with_writer(std::io::stderr)
        // Colours are for people at a terminal, not for files.
        .with_ansi(std::io::stderr().is_terminal());
    // It fails only where a subscriber is set already, as in tests.
    let _ = if settings.log.json { subscriber.json().try_init() } else { subscriber.compact().try_init() };
}

async fn serve(settings: Settings) -> Result<(), Failure> {
    let listen = settings.listen;
    let state = AppState::open(settings).await?;
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(|error| Failure::Listen(listen, error))?;
    tracing::info!(%listen, public_url = %state.settings.public_url, "serving");
    let workers = workers::start(&state.jobs()?);
    let engine = state.services.fhir.clone();
    let fresh = tokio::spawn(async move { engine.keep_fresh().await });
    listen::serve(listener, state, listen::PATIENCE, stopped()).await;
    fresh.abort();
    workers.stop().await;
    Ok(())
}

/// Says what the settings and the program files amount to; fails where they are not right.
fn check_config(settings: &Settings) -> Result<(), Failure> {
    let mut programs = state::programs(settings)?;
    let providers = payers::providers(settings, &mut programs)?;
    say!("listen      {}\npublic_url  {}", settings.listen, settings.public_url);
    for surface in programs.surfaces(&settings.public_url) {
        say!("{:<11} {:?} {}", surface.program, surface.kind, surface.base());
    }
    for provider in providers {
        say!("{:<11} {} signs in at {}", provider.home.partition, provider.home.payer, provider.issuer.as_str());
    }
    Ok(())
}

/// Ends at Ctrl-C or at the service manager's SIGTERM.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _ = interrupt.await;
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}
