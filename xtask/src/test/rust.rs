//! All Rust tests, on SQLite and on one PostgreSQL that all test programs share.
//!
//! Plain `cargo test`: `cargo nextest` is not on a fresh machine, and compiling it takes minutes.

use super::postgres::Cluster;
use crate::{
    command::{cargo, run, say},
    error::Result,
    folders::Folders,
};

pub fn test(folders: &Folders) -> Result<()> {
    say("Building the tests");
    // `frontend` is not among them: it turns on the browser's half of leptos, which excludes the server's.
    let all = ["test", "--workspace", "--exclude=frontend", "--no-fail-fast"];
    run(cargo(&folders.root).args(all).arg("--no-run"))?;
    say("Starting a PostgreSQL for the tests");
    let cluster = Cluster::start(&folders.root)?;
    say("Running the tests on SQLite and PostgreSQL");
    let tested = run(cargo(&folders.root).args(all).env("TEST_POSTGRES_PORT", cluster.port()));
    cluster.report();
    tested
}
