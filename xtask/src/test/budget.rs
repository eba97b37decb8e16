//! The files that a browser loads must not grow beyond these sizes.

use std::{collections::BTreeSet, fs};

use crate::{
    command::say,
    error::{Error, Result},
    folders::Folders,
    site, stamp,
};

/// Name, how its files begin and end, bytes after brotli. No page loads all scripts, and few load one beside the islands.
const BUDGETS: [(&str, &[&str], &[&str], u64); 3] = [
    ("islands", &["flex."], &["_bg.wasm", ".js"], 120_000),
    ("scripts", &["consent.", "docs.", "draft."], &[".js"], 4_000),
    ("style", &["flex."], &[".css"], 20_000),
];

pub fn check(folders: &Folders) -> Result<()> {
    site::build(folders)?;
    say("Measuring what browsers load");
    let mut files = Vec::new();
    stamp::list(&folders.site().join("pkg"), &mut files)?;
    let (mut over, mut counted) = (Vec::new(), BTreeSet::new());
    for (name, begins, endings, budget) in BUDGETS {
        let mut size = 0;
        for file in &files {
            let file_name = file.file_name().unwrap_or_default().to_string_lossy();
            let begins = begins.iter().any(|begin| file_name.starts_with(begin));
            if begins && endings.iter().any(|ending| file_name.ends_with(ending)) {
                size += sent(file)?;
                counted.insert(file_name.into_owned());
            }
        }
        println!("{name:8} {size:>7} of {budget} bytes");
        if budget < size {
            over.push(name.to_owned());
        }
    }
    let is_code = |name: &String| [".js", ".wasm", ".css"].iter().any(|ending| name.ends_with(ending));
    let names = files.iter().filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned()));
    over.extend(names.filter(|name| is_code(name) && !counted.contains(name)));
    if over.is_empty() {
        Ok(())
    } else {
        Err(Error::Site(format!("over their budget, or without one: {}", over.join(", "))))
    }
}

/// The bytes that we send for a file: those of its brotli form, if it has one.
fn sent(file: &std::path::Path) -> Result<u64> {
    let compressed = std::path::PathBuf::from(format!("{}.br", file.display()));
    let sent = if compressed.exists() { &compressed } else { file };
    Ok(fs::metadata(sent).map_err(Error::file(sent))?.len())
}
