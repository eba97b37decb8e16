//! Writes the site: only files that changed, so that the server is not rebuilt without need.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Files, compress};
use crate::{
    command::say,
    error::{Error, Result},
    folders::Folders,
    stamp,
};

/// Everything in `public/`, under the same address.
pub fn add_public(folders: &Folders, files: &mut Files) -> Result<()> {
    let folder = folders.root.join("public");
    let mut paths = Vec::new();
    stamp::list(&folder, &mut paths)?;
    for path in paths {
        let content = fs::read(&path).map_err(Error::file(&path))?;
        let address: Vec<_> =
            path.strip_prefix(&folder).unwrap_or(&path).iter().map(|part| part.to_string_lossy()).collect();
        files.insert(address.join("/"), content);
    }
    Ok(())
}

/// Makes the folder contain these files, their compressed siblings, and nothing else.
pub fn write(folders: &Folders, files: &Files) -> Result<()> {
    let site = folders.site();
    fs::create_dir_all(&site).map_err(Error::file(&site))?;
    let mut keep = Vec::new();
    for (address, content) in files {
        let path = site.join(address);
        let siblings = siblings(&path, content);
        if fs::read(&path).ok().as_ref() != Some(content) || !siblings.iter().all(|(path, _)| path.exists()) {
            if !siblings.is_empty() {
                say(&format!("Compressing {address}"));
            }
            for (path, compress) in &siblings {
                put(path, &compress(content)?)?;
            }
            // Last: the file's presence shows that its siblings are complete.
            put(&path, content)?;
        }
        keep.extend(siblings.into_iter().map(|(path, _)| path));
        keep.push(path);
    }
    remove_others(&site, &keep)
}

type Compress = fn(&[u8]) -> Result<Vec<u8>>;

/// The compressed forms that are worth making for this content.
fn siblings(path: &Path, content: &[u8]) -> Vec<(PathBuf, Compress)> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let text = ["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "webmanifest"].contains(&ending.as_ref());
    // Shorter ones fit into one packet as they are.
    if !text || content.len() < 1024 {
        return Vec::new();
    }
    let sibling = |ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
    vec![(sibling(".br"), compress::brotli as Compress), (sibling(".gz"), compress::gzip)]
}

fn put(path: &Path, content: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(Error::file(folder))?;
    fs::write(path, content).map_err(Error::file(path))
}

fn remove_others(site: &Path, keep: &[PathBuf]) -> Result<()> {
    let mut present = Vec::new();
    stamp::list(site, &mut present)?;
    for path in present {
        if !keep.contains(&path) {
            fs::remove_file(&path).map_err(Error::file(&path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_holds_what_it_should_and_what_is_unchanged_is_not_written_again() {
        let target = std::env::temp_dir().join(format!("flex-site-{}", std::process::id()));
        let folders = Folders { root: target.clone(), target: target.clone() };
        let (css, robots) = ("pkg/flex.1.css".to_owned(), "robots.txt".to_owned());
        let old = Files::from([(css.clone(), vec![b'a'; 2000]), (robots.clone(), b"old".to_vec())]);
        write(&folders, &old).unwrap();
        let written_at = |name: &str| fs::metadata(folders.site().join(name)).unwrap().modified().unwrap();
        let before = written_at(&css);
        write(&folders, &Files::from([(css.clone(), vec![b'a'; 2000]), ("new.txt".to_owned(), Vec::new())])).unwrap();
        assert_eq!(written_at(&css), before);
        let mut present = Vec::new();
        stamp::list(&folders.site(), &mut present).unwrap();
        present.sort();
        let expected = ["new.txt", "pkg/flex.1.css", "pkg/flex.1.css.br", "pkg/flex.1.css.gz"];
        assert_eq!(present, expected.map(|name| folders.site().join(name)));
        fs::remove_dir_all(target).unwrap();
    }
}
