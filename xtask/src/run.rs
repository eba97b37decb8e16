//! `cargo xtask run`: builds what is not built, fills an empty `data/`, and becomes the server.

use std::{os::unix::process::CommandExt as _, process::Command};

use crate::{
    command::{cargo, command, run as run_to_end, say},
    error::{Error, Result},
    folders::Folders,
    site,
};

/// Everything up to the release server with the browser's files in it.
pub fn build(folders: &Folders) -> Result<()> {
    site::build(folders)?;
    say("Building the server");
    run_to_end(cargo(&folders.root).args(["build", "--release", "--package=server"]))
}

/// Does not come back while the server runs. `arguments` go to it: `--config flex.toml`.
pub fn run(folders: &Folders, arguments: &[String]) -> Result<()> {
    build(folders)?;
    say("Looking after the demonstration data");
    run_to_end(command(folders.server(), &folders.root).arg("demo").args(arguments))?;
    say("Serving; Ctrl-C ends it");
    // In our place, so that signals reach it without us.
    let source = Command::new(folders.server()).current_dir(&folders.root).arg("serve").args(arguments).exec();
    Err(Error::Start { command: "flex serve".to_owned(), source })
}
