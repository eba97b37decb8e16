//! Debian packages: installed where we may, else named.

use std::{os::unix::fs::MetadataExt as _, path::Path};

use crate::{
    command::{command, output, run, say},
    error::{Error, Result},
};

/// Installs a package, or says what to install.
pub fn install(what: &'static str, package: &str, root: &Path) -> Result<()> {
    if !may_install(root) {
        return Err(Error::Missing { what, remedy: format!("Install it: sudo apt-get install {package}") });
    }
    say(&format!("Installing Debian's {package} ({what})"));
    // A fresh machine knows no packages until its first update.
    if apt(root, &["install", package]).is_err() {
        apt(root, &["update"])?;
        apt(root, &["install", package])?;
    }
    Ok(())
}

/// Root on a Debian.
fn may_install(root: &Path) -> bool {
    let user = Path::new("/proc/self").metadata().map(|process| process.uid());
    user.is_ok_and(|user| user == 0) && output(command("apt-get", root).arg("--version")).is_some()
}

fn apt(root: &Path, arguments: &[&str]) -> Result<()> {
    let mut apt = command("apt-get", root);
    apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "--yes", "--no-install-recommends"]).args(arguments);
    run(&mut apt)
}
