//! Which files a load reads, in which order, and what distinguishes it from another load.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use validate::package::is_left_over;

use super::files::{decompressed, identity};

/// Types that others point at come first, so that fewer references have to wait for their targets.
const FIRST: [&str; 6] = ["Organization", "Location", "Practitioner", "Endpoint", "HealthcareService", "Patient"];
/// Types that point at all others.
const LAST: [&str; 1] = ["Provenance"];

/// A file to be read.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: PathBuf,
    /// Whether to delete what it names.
    pub is_tombstones: bool,
    pub size: u64,
    /// In milliseconds since 1970.
    changed: u128,
}

impl Source {
    fn new(path: PathBuf, is_tombstones: bool) -> io::Result<Self> {
        let (size, changed) = identity(&path).map_err(|error| named(&path, &error))?;
        Ok(Self { path, is_tombstones, size, changed })
    }

    /// Whether each line is a text of its own, judged by the file's name. Lines that name what to delete are, except in
    /// a Bundle.
    pub fn is_lines(&self) -> bool {
        is_ndjson(&self.path) || (self.is_tombstones && !name(&self.path).ends_with(".json"))
    }

    /// Whether it is an archive of files, as a FHIR package is.
    pub fn is_archive(&self) -> bool {
        let name = name(&self.path);
        name.ends_with(".tgz") || name.ends_with(".tar")
    }

    /// Differs when the file differs.
    pub fn identity(&self) -> String {
        let path = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        format!("{} {} {} {}", path.display(), self.is_tombstones, self.size, self.changed)
    }
}

/// The named files and, in named folders, every file with a JSON file name, folder by folder; then the tombstones. It
/// leaves out what the computer that packed the folder left there.
pub fn find(paths: &[PathBuf], tombstones: &[PathBuf]) -> io::Result<Vec<Source>> {
    let mut found = Vec::new();
    for path in paths {
        match path {
            folder if folder.is_dir() => collect(folder, &mut found)?,
            file if is_left_over(name(file)) => {}
            file => found.push(readable(file)?),
        }
    }
    let tombstones = tombstones.iter().map(|path| readable(path)).collect::<io::Result<Vec<_>>>()?;
    let found = found.into_iter().map(|path| Source::new(path, false));
    found.chain(tombstones.into_iter().map(|path| Source::new(path, true))).collect()
}

/// A file that the operator named. If it cannot be read, that is an error now and not one of the rejects. Anything but
/// a regular file can be opened only once.
fn readable(file: &Path) -> io::Result<PathBuf> {
    if file.is_file() {
        File::open(file).and_then(decompressed).map_err(|error| named(file, &error))?;
    }
    Ok(file.to_owned())
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries = fs::read_dir(folder).map_err(|error| named(folder, &error))?;
    let mut entries = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(|path| (rank(path), path.clone()));
    // What computers leave behind has UTF-8 names.
    entries.retain(|path| !path.file_name().and_then(|name| name.to_str()).is_some_and(is_left_over));
    for path in entries {
        if path.is_dir() {
            collect(&path, found)?;
        } else if is_ndjson(&path) || is_json(&path) {
            found.push(path);
        }
    }
    Ok(())
}

fn rank(path: &Path) -> usize {
    let name = name(path);
    let named = |kind: &&str| {
        name.strip_prefix(kind).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphabetic()))
    };
    match (FIRST.iter().position(named), LAST.iter().any(named)) {
        (Some(place), _) => place,
        (None, false) => FIRST.len(),
        (None, true) => FIRST.len() + 1,
    }
}

/// The file's name without `.gz`.
fn name(path: &Path) -> &str {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.strip_suffix(".gz").unwrap_or(name)
}

pub fn is_json(path: &Path) -> bool {
    name(path).ends_with(".json")
}

pub fn is_ndjson(path: &Path) -> bool {
    let name = name(path);
    name.ends_with(".ndjson") || name.ends_with(".jsonl")
}
