//! The files that a browser loads must not grow beyond these sizes.

use std::fs;

use crate::{
    command::say,
    error::{Error, Result},
    folders::Folders,
    site, stamp,
};

/// Name, the extensions that count towards it, bytes after brotli.
const BUDGETS: [(&str, &[&str], u64); 2] = [("islands", &["_bg.wasm", ".js"], 120_000), ("style", &[".css"], 20_000)];

pub fn check(folders: &Folders) -> Result<()> {
    site::build(folders)?;
    say("Measuring what browsers load");
    let mut files = Vec::new();
    stamp::list(&folders.site().join("pkg"), &mut files)?;
    let mut over = Vec::new();
    for (name, endings, budget) in BUDGETS {
        let mut size = 0;
        for file in &files {
            let path = file.to_string_lossy();
            if endings.iter().any(|ending| path.ends_with(ending)) {
                size += sent(file)?;
            }
        }
        println!("{name:8} {size:>7} of {budget} bytes");
        if budget < size {
            over.push(name);
        }
    }
    if over.is_empty() { Ok(()) } else { Err(Error::Site(format!("over their budget: {}", over.join(", ")))) }
}

/// The bytes that we send for a file: those of its brotli form, if it has one.
fn sent(file: &std::path::Path) -> Result<u64> {
    let compressed = std::path::PathBuf::from(format!("{}.br", file.display()));
    let sent = if compressed.exists() { &compressed } else { file };
    Ok(fs::metadata(sent).map_err(Error::file(sent))?.len())
}
