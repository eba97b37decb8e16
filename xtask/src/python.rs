//! Python with the packages of `end2end/python/requirements.txt`, in a virtual environment under `target`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    apt,
    command::{command, output, run, say},
    error::{Error, Result},
    folders::Folders,
    stamp,
};

/// The oldest Python that the packages support.
const OLDEST: (u32, u32) = (3, 10);

/// The interpreter with the packages: exactly the files whose hashes are listed, none built here. The environment is
/// created again when the list or this machine's Python changes. [`Error::Missing`] if no suitable Python is found.
pub fn install(folders: &Folders) -> Result<PathBuf> {
    let version = version(&folders.root)?;
    let list = folders.root.join("end2end/python/requirements.txt");
    let packages = fs::read(&list).map_err(Error::file(&list))?;
    let place = folders.work().join("python");
    let wanted = stamp::hash(&[version.as_bytes(), &packages].concat());
    stamp::once(&place.join("stamp"), &wanted, || {
        say(&format!("Installing the packages of {}", list.display()));
        run(command("python3", &folders.root).args(["-m", "venv", "--clear"]).arg(&place))?;
        let mut pip = command(place.join("bin/python"), &folders.root);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]);
        run(pip.args(["--require-hashes", "--only-binary=:all:", "--requirement"]).arg(&list))
    })?;
    Ok(place.join("bin/python"))
}

/// The version of a Python that can create environments: this machine's, otherwise Debian's.
fn version(root: &Path) -> Result<String> {
    if let Some(version) = find(root) {
        return Ok(version);
    }
    apt::install("Python with venv", &["python3", "python3-venv"], root)?;
    let remedy =
        || format!("`python3`, {}.{} or later, with its modules venv and ensurepip was not found.", OLDEST.0, OLDEST.1);
    find(root).ok_or_else(|| Error::Missing { what: "Python with venv", remedy: remedy() })
}

fn find(root: &Path) -> Option<String> {
    let script = "import ensurepip, sys, venv; print('.'.join(map(str, sys.version_info[:3])))";
    let version = output(command("python3", root).args(["-c", script]))?;
    is_new_enough(&version).then_some(version)
}

fn is_new_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(str::parse);
    matches!((parts.next(), parts.next()), (Some(Ok(major)), Some(Ok(minor))) if OLDEST <= (major, minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        fn check(version: &str, expect: bool) {
            assert_eq!(is_new_enough(version), expect, "{version}");
        }
        check("3.10.0", true);
        check("3.11.7", true);
        check("4.0.1", true);
        check("3.9.18", false);
        check("2.7.18", false);
        check("3", false);
        check("", false);
    }
}
