//! Resources out of files and folders: NDJSON, Bundles, single resources, each plain or gzip.

use std::{
    collections::VecDeque,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use flate2::read::MultiGzDecoder;

use super::{Item, Origin, Reject};

/// The longest NDJSON line and the longest file that is one JSON text.
const MOST_BYTES: u64 = 256 << 20;

/// Types that others point at come first, so that fewer references wait for what they point at.
const FIRST: [&str; 6] = ["Organization", "Location", "Practitioner", "Endpoint", "HealthcareService", "Patient"];
/// Types that point at the rest.
const LAST: [&str; 1] = ["Provenance"];

/// The resources of files, one after another; nothing but the current line or Bundle is held.
pub struct Files {
    paths: VecDeque<PathBuf>,
    open: Option<Lines>,
    /// Bytes of the files together, as they are on disk.
    pub total: u64,
    read: Arc<AtomicU64>,
}

impl Files {
    /// Files as they are named; of folders, every file that ends like JSON, folder by folder.
    pub fn open(paths: &[PathBuf]) -> io::Result<Self> {
        let mut found = Vec::new();
        for path in paths {
            if path.is_dir() { collect(path, &mut found)? } else { found.push(path.clone()) }
        }
        let sizes = found.iter().map(|path| Ok(fs::metadata(path)?.len()));
        let total = sizes.sum::<io::Result<u64>>()?;
        Ok(Self { paths: found.into(), open: None, total, read: Arc::default() })
    }

    /// How many of [`Files::total`] were read so far; counts on while the iterator is used elsewhere.
    pub fn read(&self) -> Arc<AtomicU64> {
        self.read.clone()
    }

    fn next_file(&mut self) -> Option<Result<Item, Reject>> {
        let path = self.paths.pop_front()?;
        let origin = Origin { path: path.to_string_lossy().into(), line: 1 };
        match self.open_file(&path, &origin) {
            Ok(item) => item.map(Ok).or_else(|| self.next()),
            Err(error) => Some(Err(Reject { origin, reason: error.to_string() })),
        }
    }

    /// The whole file, if it is one JSON text; otherwise its lines follow.
    fn open_file(&mut self, path: &Path, origin: &Origin) -> io::Result<Option<Item>> {
        let mut reader = decompressed(Counted { file: File::open(path)?, read: self.read.clone() })?;
        if is_ndjson(path) {
            self.open = Some(Lines { reader, origin: origin.clone(), next: 1 });
            return Ok(None);
        }
        let mut json = String::new();
        reader.by_ref().take(MOST_BYTES + 1).read_to_string(&mut json)?;
        if MOST_BYTES < json.len() as u64 {
            return Err(io::Error::other("it is too long; use NDJSON"));
        }
        Ok(Some(Item { origin: origin.clone(), json }))
    }
}

impl Iterator for Files {
    type Item = Result<Item, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.open.as_mut().and_then(Iterator::next) {
            Some(line) => Some(line),
            None => {
                self.open = None;
                self.next_file()
            }
        }
    }
}

struct Lines {
    reader: Box<dyn BufRead + Send>,
    origin: Origin,
    next: u64,
}

impl Iterator for Lines {
    type Item = Result<Item, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut line = Vec::new();
            let read = self.reader.by_ref().take(MOST_BYTES).read_until(b'\n', &mut line);
            let origin = Origin { line: self.next, ..self.origin.clone() };
            self.next += 1;
            let reject = |reason: String| Some(Err(Reject { origin: origin.clone(), reason }));
            match read {
                Err(error) => {
                    // What follows cannot be read either.
                    self.reader = Box::new(io::empty());
                    return reject(error.to_string());
                }
                Ok(0) => return None,
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => match String::from_utf8(line) {
                    Ok(json) => return Some(Ok(Item { origin, json })),
                    Err(_) => return reject("it is not UTF-8".to_owned()),
                },
            }
        }
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(|path| (rank(path), path.clone()));
    for path in entries {
        if path.is_dir() {
            collect(&path, found)?;
        } else if is_ndjson(&path) || name(&path).ends_with(".json") {
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

fn is_ndjson(path: &Path) -> bool {
    let name = name(path);
    name.ends_with(".ndjson") || name.ends_with(".jsonl")
}

fn decompressed(file: Counted) -> io::Result<Box<dyn BufRead + Send>> {
    const GZIP: [u8; 2] = [0x1f, 0x8b];
    let mut reader = BufReader::with_capacity(1 << 16, file);
    Ok(if reader.fill_buf()?.starts_with(&GZIP) {
        Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(reader)))
    } else {
        Box::new(reader)
    })
}

struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
