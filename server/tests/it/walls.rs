//! The boundaries of the code base (ARCHITECTURE.md): which crate may depend on which, how long a file may be, and that
//! both databases have the same schema.

use std::{
    fs,
    path::{Path, PathBuf},
};

mod manifests;
mod phrases;
mod schemas;
mod sizes;
mod sources;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below these folders of the checkout with one of these extensions, by its path from the checkout.
pub fn files(folders: &[&str], endings: &[&str]) -> Vec<(String, String)> {
    let root = root();
    let mut paths = Vec::new();
    for folder in folders {
        list(&root.join(folder), &mut paths);
    }
    paths.retain(|path| path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)));
    paths.sort();
    let named = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        (name, fs::read_to_string(path).unwrap())
    };
    paths.into_iter().map(named).collect()
}

/// The same for the top level of the checkout.
pub fn top(endings: &[&str]) -> Vec<(String, String)> {
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let wanted = |path: &PathBuf| {
        path.is_file() && path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted))
    };
    let named = |path: PathBuf| (path.file_name().unwrap().display().to_string(), fs::read_to_string(&path).unwrap());
    entries.filter(wanted).map(named).collect()
}

fn list(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.ends_with("node_modules") || path.ends_with("target") {
            continue;
        }
        if path.is_dir() { list(&path, paths) } else { paths.push(path) }
    }
}
