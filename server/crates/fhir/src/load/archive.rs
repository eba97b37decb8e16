//! Resources from tar archives, which is the format of FHIR packages: every file in them with a JSON file name, one
//! after another.

use std::{
    io::{self, BufRead, Cursor, Read},
    path::Path,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use tar::{Archive, Entry};
use validate::package::is_left_over;

use super::{
    Item, Origin, Reject,
    files::{MOST_BYTES, decompressed},
    lines::{Lines, text},
    sources::{is_json, is_ndjson},
};

/// How many texts are read ahead.
const AHEAD: usize = 4;

/// A text, or why it is missing.
pub type Text = Result<Item, Reject>;

/// The texts of an archive. A separate thread reads them, because the archive only lends its files one by one.
pub fn texts(reader: Box<dyn BufRead + Send>, origin: &Origin) -> Receiver<Text> {
    let (sender, receiver) = sync_channel(AHEAD);
    let origin = origin.clone();
    thread::spawn(move || {
        let reading = Reading { origin, sender };
        if let Err(error) = reading.all(reader)
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            // The receiver may have stopped listening.
            let reason = format!("the rest of the archive cannot be read: {error}");
            let _ = reading.send(Err(Reject::new(reading.origin.clone(), reason)));
        }
    });
    receiver
}

struct Reading {
    /// The origin of the archive itself.
    origin: Origin,
    sender: SyncSender<Text>,
}

impl Reading {
    fn all(&self, reader: Box<dyn BufRead + Send>) -> io::Result<()> {
        let mut archive = Archive::new(reader);
        for entry in archive.entries()? {
            self.file(entry?)?;
        }
        Ok(())
    }

    fn file(&self, entry: Entry<'_, impl Read>) -> io::Result<()> {
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let path = Path::new(&name);
        let is_wanted = entry.header().entry_type().is_file() && (is_ndjson(path) || is_json(path));
        if !is_wanted || name.split('/').any(is_left_over) {
            return Ok(());
        }
        let path_in = name.strip_prefix("./").unwrap_or(&name);
        let origin = Origin { path: format!("{}/{path_in}", self.origin.path).into(), line: 1 };
        let mut bytes = Vec::new();
        let mut packed = Vec::new();
        entry.take(MOST_BYTES + 1).read_to_end(&mut packed)?;
        let unpacked =
            decompressed(Cursor::new(packed)).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
        // The files after it can still be read.
        if let Err(error) = unpacked {
            return self.send(Err(Reject::new(origin, format!("the file cannot be read: {error}"))));
        }
        if MOST_BYTES < bytes.len() as u64 {
            return self.send(Err(Reject::new(origin, "the file cannot be read: it is too long")));
        }
        if is_ndjson(path) {
            return Lines::new(Box::new(Cursor::new(bytes)), origin).try_for_each(|text| self.send(text));
        }
        self.send(match text(bytes) {
            Some(json) => Ok(Item { origin, json }),
            None => Err(Reject::new(origin, "the file cannot be read: it is not UTF-8")),
        })
    }

    /// Fails if the receiver is gone.
    fn send(&self, text: Text) -> io::Result<()> {
        self.sender.send(text).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
