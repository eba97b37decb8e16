//! `flex check-audit`: checks the whole audit log, and compares it with digests that were kept elsewhere.

use std::{fs, path::Path, process::ExitCode};

use app::admin::audit::check::fault;
use audit::{
    checks::{self, By},
    verify::{self, Outcome, Seal},
};
use store::Store;

use crate::{Failure, cli::CheckAudit, output::say, settings::Settings, state};

/// What was found is printed, and decides the exit code: 0 where the log is intact, 2 where it is not.
pub async fn run(args: CheckAudit, settings: Settings) -> Result<ExitCode, Failure> {
    let mut kept = args.digest;
    for file in &args.digests {
        kept.extend(read(file)?);
    }
    let store = Store::new(state::connect(&settings).await?);
    kept.extend(checks::kept(&mut store.read().await?).await?);
    let outcome = verify::run(&store, None, &kept).await?;
    let mut ctx = store.write().await?;
    checks::finish(&mut ctx, By::Command, &process(), &outcome).await?;
    ctx.commit().await?;
    print(&outcome, kept.len());
    store.db.close().await;
    Ok(if outcome.is_intact() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn print(outcome: &Outcome, kept: usize) {
    for one in &outcome.faults {
        say!("{}", fault(*one));
    }
    let more = outcome.count - outcome.faults.len();
    if 0 < more {
        say!("and {more} more");
    }
    let result = if outcome.is_intact() { "intact" } else { "NOT INTACT" };
    say!("{result}: {} entries checked, {kept} digests compared\ndigest {}", outcome.rows, outcome.head);
}

/// The digests of a file: the first in each line that has one, as in mail and in `audit.digest_file`.
fn read(file: &Path) -> Result<Vec<Seal>, Failure> {
    let failed = |reason: String| Failure::Usage(format!("--digests {}: {reason}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| failed(error.to_string()))?;
    let found: Vec<Seal> =
        text.lines().filter_map(|line| line.split_whitespace().find_map(|word| word.parse().ok())).collect();
    if found.is_empty() { Err(failed("contains no digest such as 1234:9f86…".to_owned())) } else { Ok(found) }
}

/// Host and number of this process.
pub fn process() -> String {
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    format!("{host} {}", std::process::id())
}
