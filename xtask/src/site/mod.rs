//! The files made for browsers: style, islands, scripts, and the contents of `public/`, hashed and compressed into
//! `target/site`.

use std::collections::BTreeMap;

use crate::{error::Result, folders::Folders};

mod compress;
mod islands;
mod scripts;
mod style;
mod write;

/// What the server will serve, by address without the leading `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Brings `target/site` up to date without touching unchanged files.
pub fn build(folders: &Folders) -> Result<()> {
    let mut files = Files::new();
    style::build(folders, &mut files)?;
    islands::build(folders, &mut files)?;
    scripts::build(folders, &mut files)?;
    write::add_public(folders, &mut files)?;
    write::write(folders, &files)
}
