//! Lists the program files of the repository, so that adding a program is adding a file.

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../../programs").canonicalize()?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    let rows: String = files.iter().filter_map(|path| Some(row(path.file_name()?.to_str()?, path.to_str()?))).collect();
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("embedded.rs"), format!("[{rows}]"))?;
    Ok(())
}

fn row(name: &str, path: &str) -> String {
    format!("({name:?}, include_str!({path:?})),\n")
}
