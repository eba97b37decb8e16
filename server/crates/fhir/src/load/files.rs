//! Resources from files and folders: NDJSON, Bundles, single resources, each plain or gzip, and archives of these.

use std::{
    collections::VecDeque,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::Receiver,
    },
};

use flate2::read::MultiGzDecoder;
use validate::package::is_zip;

use super::{
    Item, Origin, Reject,
    archive::{self, Text},
    lines::{Lines, text},
    place::{Piece, Place, What},
    sources::Source,
};

/// The largest file that is a single JSON text.
pub(super) const MOST_BYTES: u64 = 256 << 20;

/// The resources of files, one after another; only the current line or Bundle is in memory.
pub struct Files {
    sources: VecDeque<(u32, Source)>,
    open: Option<Open>,
    /// The size of all files on disk, in bytes.
    pub total: u64,
    read: Arc<AtomicU64>,
    /// What an earlier run has already loaded.
    after: Place,
}

/// A file with several texts that is being read.
struct Open {
    texts: Texts,
    file: u32,
    is_tombstones: bool,
}

enum Texts {
    /// NDJSON, each text at its own line.
    Lines(Lines),
    /// An archive, whose texts are counted from 1.
    Archive(Receiver<Text>, u64),
}

impl Iterator for Texts {
    type Item = (u64, Text);

    fn next(&mut self) -> Option<(u64, Text)> {
        match self {
            Self::Lines(lines) => lines.next().map(|text| {
                let line = text.as_ref().map_or_else(|reject| reject.origin.line, |item| item.origin.line);
                (line, text)
            }),
            Self::Archive(texts, count) => {
                let text = texts.recv().ok()?;
                *count += 1;
                Some((*count, text))
            }
        }
    }
}

impl Files {
    /// The named files and, in named folders, every file with a JSON file name, folder by folder.
    pub fn open(paths: &[PathBuf]) -> io::Result<Self> {
        Ok(Self::of(super::sources::find(paths, &[])?))
    }

    pub(super) fn of(sources: Vec<Source>) -> Self {
        let total = sources.iter().map(|source| source.size).sum();
        let after = Place::default();
        Self { sources: (1..).zip(sources).collect(), open: None, total, read: Arc::default(), after }
    }

    /// Skips everything up to this place.
    pub(super) fn resume(&mut self, after: Place) {
        let read = self.sources.iter().filter(|(file, _)| *file < after.file).map(|(_, source)| source.size);
        self.read.fetch_add(read.sum(), Ordering::Relaxed);
        self.sources.retain(|(file, _)| after.file <= *file);
        self.after = after;
    }

    /// Values that distinguish the files from others and from themselves before a change.
    pub(super) fn identities(&self) -> impl Iterator<Item = String> {
        self.sources.iter().map(|(_, source)| source.identity())
    }

    /// How many bytes of [`Files::total`] were read so far; it keeps counting while the iterator is used elsewhere.
    pub fn read(&self) -> Arc<AtomicU64> {
        self.read.clone()
    }

    /// The next text and its place, whose entry is that of the whole text.
    pub(super) fn next_piece(&mut self) -> Option<Piece> {
        loop {
            if let Some(open) = &mut self.open {
                let place = |line| Place { file: open.file, line, entry: Place::WHOLE };
                for (line, read) in open.texts.by_ref() {
                    let place = place(line);
                    if self.after < place {
                        return Some(Piece { place, what: What::of(read, open.is_tombstones) });
                    }
                }
                self.open = None;
            }
            let (file, source) = self.sources.pop_front()?;
            let place = Place { file, line: 1, entry: Place::WHOLE };
            if let Some(read) = self.begin(file, &source)
                && self.after < place
            {
                return Some(Piece { place, what: What::of(read, source.is_tombstones) });
            }
        }
    }

    /// The whole file, if it is one JSON text; otherwise its lines follow.
    fn begin(&mut self, file: u32, source: &Source) -> Option<Result<Item, Reject>> {
        let origin = Origin { path: source.path.to_string_lossy().into(), line: 1 };
        match self.open_file(file, source, &origin) {
            Ok(item) => item.map(Ok),
            Err(error) => Some(Err(Reject::new(origin, format!("the file cannot be read: {error}")))),
        }
    }

    fn open_file(&mut self, file: u32, source: &Source, origin: &Origin) -> io::Result<Option<Item>> {
        let counted = Counted { file: File::open(&source.path)?, read: self.read.clone() };
        let mut reader = decompressed(counted)?;
        if source.is_archive() || source.is_lines() {
            let texts = match source.is_archive() {
                true => Texts::Archive(archive::texts(reader, origin), 0),
                false => Texts::Lines(Lines::new(reader, origin.clone())),
            };
            self.open = Some(Open { texts, file, is_tombstones: source.is_tombstones });
            return Ok(None);
        }
        let mut bytes = Vec::new();
        reader.by_ref().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        if MOST_BYTES < bytes.len() as u64 {
            return Err(io::Error::other("it is too long; use NDJSON"));
        }
        let json = text(bytes).ok_or_else(|| io::Error::other("it is not UTF-8"))?;
        Ok(Some(Item { origin: origin.clone(), json }))
    }
}

impl Iterator for Files {
    type Item = Result<Item, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.next_piece()?.what {
            What::Resource(item) | What::Tombstone(item) => Ok(item),
            What::Reject(reject) => Err(reject),
        })
    }
}

/// The content of a file, with or without gzip. Fails on a zip archive, whatever its name.
pub(super) fn decompressed(file: impl Read + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    const GZIP: [u8; 2] = [0x1f, 0x8b];
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let begin = reader.fill_buf()?;
    if is_zip(begin) {
        return Err(io::Error::other(
            "it is a zip archive, which we cannot read: unpack it and name the folder, or pack it as .tar or .tgz. We read \
             NDJSON, JSON and Bundles, each also as .gz, folders and archives (.tar, .tgz) of these",
        ));
    }
    Ok(if begin.starts_with(&GZIP) {
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

/// The size of a file and when it changed, in milliseconds; both are the same as long as the file is.
pub(super) fn identity(path: &Path) -> io::Result<(u64, u128)> {
    let metadata = fs::metadata(path)?;
    let changed = metadata.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Ok((metadata.len(), changed.as_millis()))
}
