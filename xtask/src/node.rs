//! Node, and the packages of a folder with a `package.json`.

use std::{fs, path::Path, process::Command};

use crate::{
    command::{command, output, run, say},
    error::{Error, Result},
    stamp,
};

/// The oldest Node that the packages support.
const OLDEST: u32 = 20;

/// Node, once its version was checked.
pub fn node(folder: &Path) -> Result<Command> {
    let version = output(command("node", folder).arg("--version"));
    let major = version.as_deref().and_then(|version| version.trim_start_matches('v').split('.').next()?.parse().ok());
    if major.is_some_and(|major: u32| OLDEST <= major) {
        return Ok(command("node", folder));
    }
    let found = version.map_or_else(|| "none was found".to_owned(), |version| format!("found {version}"));
    Err(Error::Missing { what: "Node", remedy: format!("Version {OLDEST} or later is needed; {found}.") })
}

/// Runs `npm ci`, unless the folder's packages match its lock file.
pub fn install(folder: &Path) -> Result<()> {
    node(folder)?;
    let lock = folder.join("package-lock.json");
    let wanted = stamp::hash(&fs::read(&lock).map_err(Error::file(&lock))?);
    stamp::once(&folder.join("node_modules/.installed"), &wanted, || {
        say(&format!("Installing the packages of {}", folder.join("package.json").display()));
        let mut npm = command("npm", folder);
        // The tests use Debian's Chromium, not Playwright's own download.
        npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        run(npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
    })?;
    Ok(())
}
