//! Debian packages: installs them where it may, otherwise names them.

use std::{os::unix::fs::MetadataExt as _, path::Path};

use crate::{
    command::{command, output, run, say},
    error::{Error, Result},
};

/// Installs packages, or fails and says what to install.
pub fn install(what: &'static str, packages: &[&str], root: &Path) -> Result<()> {
    let names = packages.join(" ");
    if !may_install(root) {
        return Err(Error::Missing { what, remedy: format!("Install it: sudo apt-get install {names}") });
    }
    say(&format!("Installing Debian's {names}"));
    // A new machine knows no packages before its first update.
    if apt(root, "install", packages).is_err() {
        apt(root, "update", &[])?;
        apt(root, "install", packages)?;
    }
    Ok(())
}

/// Whether we are root on Debian.
fn may_install(root: &Path) -> bool {
    let user = Path::new("/proc/self").metadata().map(|process| process.uid());
    user.is_ok_and(|user| user == 0) && output(command("apt-get", root).arg("--version")).is_some()
}

fn apt(root: &Path, action: &str, packages: &[&str]) -> Result<()> {
    let mut apt = command("apt-get", root);
    apt.env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-qq", "--yes", "--no-install-recommends", action])
        .args(packages);
    run(&mut apt)
}
