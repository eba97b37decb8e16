//! The scripts in `script/`, each a few hundred bytes for one page, under a name with their hash.

use std::fs;

use super::Files;
use crate::{
    error::{Error, Result},
    folders::Folders,
    stamp,
};

pub fn build(folders: &Folders, files: &mut Files) -> Result<()> {
    let mut paths = Vec::new();
    stamp::list(&folders.root.join("script"), &mut paths)?;
    for path in paths {
        let content = fs::read(&path).map_err(Error::file(&path))?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        files.insert(format!("pkg/{stem}.{}.js", stamp::hash(&content)), content);
    }
    Ok(())
}
