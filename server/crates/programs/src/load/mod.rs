//! From program files to [`Programs`]: read, assemble, check; all mistakes at once.

mod assemble;
mod check;
pub(crate) mod document;
mod entry;
pub(crate) mod key;
mod parameters;
pub(crate) mod report;
mod shared;

use std::{fs, io, path::Path, sync::Arc};

use model::partition::ProgramId;

use crate::{
    Programs,
    definitions::Definitions,
    error::{ProgramError, ProgramErrors},
    load::{document::Document, key::Key, report::Report},
    program::Program,
};

/// A file that was not read yet.
pub struct Source {
    pub name: String,
    pub text: String,
}

/// The files compiled in.
pub fn embedded() -> Vec<Source> {
    let files: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
    files.iter().map(|(name, text)| Source { name: (*name).to_owned(), text: (*text).to_owned() }).collect()
}

/// The `*.toml` files of a folder.
pub fn folder(folder: &Path) -> Result<Vec<Source>, ProgramErrors> {
    let read = || -> io::Result<Vec<Source>> {
        let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        paths.sort();
        paths.iter().map(|path| source(path)).collect()
    };
    read().map_err(|error| ProgramErrors(vec![whole(&folder.display().to_string(), &error.to_string())]))
}

fn source(path: &Path) -> io::Result<Source> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).map_err(|error| io::Error::new(error.kind(), format!("{name}: {error}")))?;
    Ok(Source { name, text })
}

fn whole(file: &str, message: &str) -> ProgramError {
    ProgramError { file: file.to_owned(), line: 0, key: String::new(), message: message.to_owned() }
}

/// The programs that the files describe.
pub fn programs(sources: &[Source]) -> Result<Programs, ProgramErrors> {
    let definitions = Definitions::table().map_err(ProgramErrors)?;
    if sources.is_empty() {
        return Err(ProgramErrors(vec![whole("programs", "no program file (*.toml) was found")]));
    }
    let mut errors = Vec::new();
    let loaded: Vec<_> = sources.iter().filter_map(|source| program(source, &definitions, &mut errors)).collect();
    errors.extend(shared::check(&loaded));
    if !errors.is_empty() {
        errors.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
        return Err(ProgramErrors(errors));
    }
    let programs = loaded.into_iter().map(|(program, _)| Arc::new(program)).collect();
    Ok(Programs { programs, definitions: Arc::new(definitions) })
}

/// The program of one file as far as it can be read, with its mistakes added to `errors`.
fn program<'s>(
    source: &'s Source,
    definitions: &Definitions,
    errors: &mut Vec<ProgramError>,
) -> Option<(Program, Document<'s>)> {
    let read = Document::parse(&source.name, &source.text);
    let read = read.and_then(|document| Ok((entry::ProgramEntry::read(&document)?, document)));
    let (entry, document) = read.map_err(|found| errors.extend(found)).ok()?;
    let mut report = Report::new(&document);
    let id = source.name.trim_end_matches(".toml");
    if !is_kebab(id) {
        report.add(&Key::root(), "a program file's name is lower-case words joined by `-`");
    }
    let program = assemble::program(ProgramId::new(id), entry, definitions, &mut report);
    check::program(&program, &mut report);
    document.each_text(|key, text| {
        if text.trim().is_empty() {
            report.add(key, "is blank");
        }
    });
    errors.extend(report.errors());
    Some((program, document))
}

/// Lower-case words joined by `-`: what a URL may contain as it is.
pub(crate) fn is_kebab(text: &str) -> bool {
    text.split('-').all(|word| {
        !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    })
}
