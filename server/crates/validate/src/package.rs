//! FHIR packages (.tgz, .tar): the required parts are read into memory, and nothing is written to disk.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use flate2::read::MultiGzDecoder;
use serde_json::Value;
use tar::Archive;

use crate::{
    error::{Error, Result},
    terminology::Terminology,
};

/// The largest of the guides has 10 MB in 300 files.
const MOST_BYTES: u64 = 256 << 20;
const MOST_BYTES_A_FILE: u64 = 32 << 20;
const MOST_FILES: usize = 20_000;

const BYTE_ORDER_MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// Whether a file or folder with this name was left by the computer that packed an archive. macOS stores a file's
/// attributes next to it, and some programs turn headers that they do not know into files.
pub fn is_left_over(name: &str) -> bool {
    name.starts_with("._") || name.starts_with("PaxHeader") || matches!(name, "__MACOSX" | ".DS_Store")
}

/// Whether a file that begins with this is a zip archive (APPNOTE.TXT §4.3). Neither JSON nor a file name in a tar
/// archive begins this way.
pub fn is_zip(begin: &[u8]) -> bool {
    matches!(begin, [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..])
}

/// The conformance resources of a package.
#[derive(Default)]
pub struct Package {
    /// `hl7.fhir.us.core#3.1.1`, for messages.
    pub name: String,
    /// StructureDefinitions that constrain a type.
    pub profiles: Vec<Value>,
    pub(crate) terminology: Terminology,
}

impl Package {
    /// Fails if it is not a package, is for another version of FHIR, or is larger than any guide.
    pub fn open(path: &Path) -> Result<Self> {
        let read = |source| Error::Read { path: path.to_owned(), source };
        let file = File::open(path).map_err(read)?;
        Self::read(file).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => Error::Package { path: path.to_owned(), reason: error.to_string() },
            _ => read(error),
        })
    }

    /// Reads tar, with or without gzip: a browser on a Mac unpacks what it downloads.
    pub fn read(file: impl Read) -> io::Result<Self> {
        const GZIP: [u8; 2] = [0x1f, 0x8b];
        let mut file = BufReader::new(file);
        let begin = file.fill_buf()?;
        if is_zip(begin) {
            return Err(invalid("it is a zip archive; a package must be a .tgz or .tar file"));
        }
        let reader: Box<dyn Read + '_> =
            if begin.starts_with(&GZIP) { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
        let limited = Limited { reader, left: MOST_BYTES };
        let mut package = Self::default();
        let mut manifest = None;
        let mut archive = Archive::new(limited);
        for (count, entry) in archive.entries()?.enumerate() {
            if MOST_FILES <= count {
                return Err(invalid("it contains too many files"));
            }
            let entry = entry?;
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if name.split('/').any(is_left_over) {
                continue;
            }
            let name = name.strip_prefix("./").unwrap_or(&name);
            let Some(name) = name.strip_prefix("package/") else { continue };
            // Examples and what the publisher left behind are in folders of their own.
            if !entry.header().entry_type().is_file() || name.contains('/') || !name.ends_with(".json") {
                continue;
            }
            if MOST_BYTES_A_FILE < entry.size() {
                return Err(invalid(&format!("{name} is too large")));
            }
            let mut json = Vec::new();
            entry.take(MOST_BYTES_A_FILE).read_to_end(&mut json)?;
            let json = json.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&json);
            let json: Value = serde_json::from_slice(json).map_err(|error| invalid(&format!("{name}: {error}")))?;
            if name == "package.json" { manifest = Some(json) } else { package.add(json) }
        }
        package.name = named(&manifest.ok_or_else(|| invalid("it does not contain package/package.json"))?)?;
        Ok(package)
    }

    fn add(&mut self, resource: Value) {
        let text = |name: &str| resource.get(name).and_then(Value::as_str);
        match text("resourceType") {
            Some("CodeSystem") => self.terminology.add_code_system(&resource),
            Some("ValueSet") => self.terminology.add_value_set(&resource),
            Some("StructureDefinition") if text("derivation") == Some("constraint") => self.profiles.push(resource),
            _ => {}
        }
    }
}

/// `name#version`, if it is for R4.
fn named(manifest: &Value) -> io::Result<String> {
    let text = |name: &str| manifest.get(name).and_then(Value::as_str);
    let (Some(name), Some(version)) = (text("name"), text("version")) else {
        return Err(invalid("its package.json has no name and version"));
    };
    let versions = manifest.get("fhirVersions").or_else(|| manifest.get("fhir-version-list")).and_then(Value::as_array);
    let is_r4 = |version: &Value| version.as_str().is_some_and(|version| version.starts_with("4.0"));
    if versions.is_some_and(|versions| !versions.iter().any(is_r4)) {
        return Err(invalid("it is not for FHIR R4 (4.0.1)"));
    }
    Ok(format!("{name}#{version}"))
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// Returns an error if a small archive expands into a huge one.
struct Limited<R> {
    reader: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| invalid("it is too large"))?;
        Ok(read)
    }
}
