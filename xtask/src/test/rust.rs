//! All Rust tests, on SQLite and on one PostgreSQL that all test programs share.
//!
//! Plain `cargo test`: a new machine has no `cargo nextest`, and compiling it takes minutes.

use super::postgres::Cluster;
use crate::{
    command::{cargo, run, say},
    error::Result,
    folders::Folders,
};

pub fn test(folders: &Folders) -> Result<()> {
    say("Building the tests");
    // Without `frontend`, which turns on the browser's half of leptos, and that excludes the server's half.
    let all = ["test", "--workspace", "--exclude=frontend", "--no-fail-fast"];
    run(cargo(&folders.root).args(all).arg("--no-run"))?;
    say("Starting a PostgreSQL for the tests");
    let cluster = Cluster::start(&folders.root)?;
    say("Running the tests on SQLite and PostgreSQL");
    let tested = run(cargo(&folders.root).args(all).env("TEST_POSTGRES_PORT", cluster.port()));
    cluster.report();
    tested
}
