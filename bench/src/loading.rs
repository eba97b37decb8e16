//! How a load affects token requests at the same time: SQLite has one writer, and a load saves thousands of resources
//! in one go.

use crate::{
    Run,
    case::{Case, Measured, median},
    database::Database,
    error::Result,
    flex,
    load::{self, Requests},
    report::Report,
};

/// Few, because what matters is how long one of them waits.
const CONNECTIONS: usize = 8;
/// Enough to load for longer than the requests take.
const PROVIDERS: &str = "20000";

/// Alternates between tokens alone and tokens while another process loads another directory.
pub async fn measure(run: &Run, database: &Database, tokens: &Requests, report: &mut Report) -> Result<()> {
    let (mut quiet, mut beside) = (Vec::new(), Vec::new());
    let count = run.requests / 5;
    let program = &database.directory()?.program;
    for round in 0..run.rounds.max(1) {
        quiet.push(load::run(tokens, CONNECTIONS, count).await?);
        // Another seed makes different resources with the same names, so all of them are written.
        let seed = (round + 2).to_string();
        let partition = ["synthesize", "--program", program, "--environment", "production"];
        let arguments = [&partition[..], &["--providers", PROVIDERS, "--seed", &seed]].concat();
        let (loaded, figures) =
            tokio::join!(flex::run(&run.flex, database, &arguments), load::run(tokens, CONNECTIONS, count));
        loaded?;
        beside.push(figures?);
    }
    let case = Case {
        name: "token by client credentials, while a load runs",
        floor_name: "FLEX itself, without the load",
        floor: tokens.clone(),
        flex: tokens.clone(),
    };
    report.measured(database.kind, &case, &Measured { floor: median(quiet), flex: median(beside) });
    report.note(&format!("{}: {CONNECTIONS} connections in the case about a load.", database.kind));
    Ok(())
}
