//! How fast the server is, as ratios to floors of the same run: what axum and sqlx do alone with the same bytes.

mod case;
mod client;
mod database;
#[cfg(feature = "drivers")]
mod drivers;
mod error;
mod flex;
mod floor;
mod load;
mod loading;
mod machine;
mod office;
mod report;
mod sign_in;
mod tokens;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand, ValueEnum};

use database::Kind;
use error::Result;

#[derive(Parser)]
#[command(about, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: Run,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the floors from a filled database; `bench` starts this itself.
    Floor {
        #[arg(long)]
        database: String,
        #[arg(long)]
        listen: std::net::SocketAddr,
    },
    /// Compare ways to access the database: sqlx's own drivers, our store over them, sqlx `Any`.
    #[cfg(feature = "drivers")]
    Drivers(Run),
}

/// What to measure, and how often.
#[derive(Args, Clone)]
pub struct Run {
    /// The server's binary; FLEX_BINARY overrides the default.
    #[arg(long, default_value_os_t = flex::binary())]
    flex: PathBuf,
    /// The databases to measure; PostgreSQL needs a cluster, with its port in TEST_POSTGRES_PORT.
    #[arg(long, value_enum, default_values_t = [Kind::Sqlite, Kind::Postgres])]
    database: Vec<Kind>,
    /// What to measure: the directory, tokens and the requests that check them, or the pages of a large office.
    #[arg(long, value_enum, default_values_t = [Part::Directory, Part::Tokens])]
    part: Vec<Part>,
    /// Practitioners to synthesize; the directory has nearly three times as many resources.
    #[arg(long, default_value_t = 35_000)]
    providers: u32,
    /// Members to synthesize for the cases about them, in addition to the few of the demonstration.
    #[arg(long, default_value_t = 200)]
    members: u32,
    /// Requests per measurement.
    #[arg(long, default_value_t = 20_000)]
    requests: usize,
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// How often to measure each case, alternating between floor and server; the median counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    #[command(flatten)]
    office: office::Size,
    /// Where to write the tables, in Markdown.
    #[arg(long, default_value = "bench/results.md")]
    out: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Directory,
    Tokens,
    Office,
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        None => measure(&cli.run).await,
        Some(Command::Floor { database, listen }) => floor::serve(&database, listen).await,
        #[cfg(feature = "drivers")]
        Some(Command::Drivers(run)) => drivers::compare(&run).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(run: &Run) -> Result<()> {
    let mut report = report::Report::new(run)?;
    for kind in &run.database {
        let database = database::Database::fill(*kind, run).await?;
        report.filled(*kind, "the directory", database.filled);
        if run.part.contains(&Part::Directory) {
            let (flex, floor) = servers(run, &database).await?;
            for case in case::all(&database, &flex, &floor).await? {
                let figures = case.measure(run).await?;
                report.measured(*kind, &case, &figures);
            }
            report.memory(*kind, flex.resident());
        }
        if run.part.contains(&Part::Tokens) {
            tokens::measure(run, &database, &mut report).await?;
        }
        if run.part.contains(&Part::Office) {
            office::measure(run, &database, &mut report).await?;
        }
    }
    report.write(&run.out)
}

async fn servers(run: &Run, database: &database::Database) -> Result<(flex::Server, flex::Server)> {
    Ok((flex::Server::start(&run.flex, database).await?, flex::Server::start_floor(database).await?))
}
