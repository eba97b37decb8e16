//! `cargo xtask run`: builds what is out of date, fills an empty `data/`, and becomes the server.

use std::{os::unix::process::CommandExt as _, process::Command};

use crate::{
    command::{cargo, command, run as run_to_end, say},
    error::{Error, Result},
    folders::Folders,
    site,
};

/// Builds everything up to the release server, which embeds the browser's files.
pub fn build(folders: &Folders) -> Result<()> {
    site::build(folders)?;
    say("Building the server");
    run_to_end(cargo(&folders.root).args(["build", "--release", "--package=server"]))
}

/// Does not return while the server runs. Passes `arguments` to it: `--config flex.toml`.
pub fn run(folders: &Folders, arguments: &[String]) -> Result<()> {
    build(folders)?;
    say("Preparing the demonstration data");
    run_to_end(command(folders.server(), &folders.root).arg("demo").args(arguments))?;
    say("Serving; Ctrl-C ends it");
    // Replaces this process, so that signals reach the server directly.
    let source = Command::new(folders.server()).current_dir(&folders.root).arg("serve").args(arguments).exec();
    Err(Error::Start { command: "flex serve".to_owned(), source })
}
