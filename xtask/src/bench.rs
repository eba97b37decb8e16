//! `cargo xtask bench`: measures the release server against the floors of the same run.

use crate::{
    command::{cargo, command, run, say},
    error::Result,
    folders::Folders,
    site,
    test::postgres::Cluster,
};

pub fn bench(folders: &Folders, arguments: &[String]) -> Result<()> {
    site::build(folders)?;
    say("Building the server and its bench");
    // Together, so that both are built with the same dependencies.
    run(cargo(&folders.root).args(["build", "--release", "--package=server", "--package=bench"]))?;
    let bench = folders.target.join("release/bench");
    let cluster = Cluster::start(&folders.root)?;
    let mut bench = command(bench, &folders.root);
    bench.env("FLEX_BINARY", folders.server()).env("TEST_POSTGRES_PORT", cluster.port());
    run(bench.args(arguments))
}
