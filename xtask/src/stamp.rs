//! Records what a step was made from, by content and not by time, so that it does not run again without need.

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    path::{Path, PathBuf},
};

use crate::error::{Error, Result};

/// A hash of some content: sixteen hexadecimal digits.
pub fn hash(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    format!("{:016x}", hasher.finish())
}

/// One hash for the names and contents of all files below these paths.
pub fn hash_files(paths: &[PathBuf]) -> Result<String> {
    let mut files = Vec::new();
    for path in paths {
        list(path, &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        hasher.write(file.as_os_str().as_encoded_bytes());
        hasher.write(&fs::read(&file).map_err(Error::file(&file))?);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The files below a path, or the file itself; never installed packages.
pub fn list(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(Error::file(path))? {
        let path = entry.map_err(Error::file(path))?.path();
        if !path.ends_with("node_modules") {
            list(&path, files)?;
        }
    }
    Ok(())
}

/// Runs `step` unless it already ran for exactly this input; returns whether it ran.
pub fn once(stamp: &Path, input: &str, step: impl FnOnce() -> Result<()>) -> Result<bool> {
    if fs::read_to_string(stamp).is_ok_and(|done| done == input) {
        return Ok(false);
    }
    step()?;
    let folder = stamp.parent().unwrap_or(stamp);
    fs::create_dir_all(folder).map_err(Error::file(folder))?;
    fs::write(stamp, input).map_err(Error::file(stamp))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_done_once_for_an_input_and_again_after_it_failed() {
        let stamp = std::env::temp_dir().join(format!("flex-stamp-{}/stamp", std::process::id()));
        let failing = || Err(Error::Site("not today".to_owned()));
        assert!(once(&stamp, "a", failing).is_err());
        assert!(once(&stamp, "a", || Ok(())).unwrap());
        assert!(!once(&stamp, "a", failing).unwrap());
        assert!(once(&stamp, "b", || Ok(())).unwrap());
        fs::remove_dir_all(stamp.parent().unwrap()).unwrap();
    }
}
