//! The guides' examples and other published data, if they are on this computer.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{proof::oracle::Oracle, world::World};

/// Folders whose ids do not collide.
const FOLDERS: [&str; 5] =
    ["ig-plan-net-1.0.0", "ig-carin-bb-1.1.0", "ig-us-core-3.1.1", "plannet-generated", "synthea-r4"];
/// Of the long files, this many resources of each type are enough.
const MOST: usize = 60;

pub async fn load(world: &World<'_>, data: &Path) -> Oracle {
    let mut texts: Vec<String> = FOLDERS.iter().flat_map(|folder| folder_texts(&data.join(folder))).collect();
    let mut known = std::collections::BTreeSet::new();
    texts.retain(|text| {
        let resource: Value = serde_json::from_str(text).expect("a resource is JSON");
        let name = |name: &str| resource[name].as_str().map(str::to_owned);
        known.insert((name("resourceType"), name("id")))
    });
    let (oracle, refused) = super::load(world, texts).await;
    eprintln!("{} of {} resources are there", oracle.held.len(), oracle.held.len() + refused.len());
    oracle
}

fn folder_texts(folder: &Path) -> Vec<String> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let texts = |file: &PathBuf| {
        let text = fs::read_to_string(file).expect("a file can be read");
        match file.extension().and_then(|ending| ending.to_str()) {
            Some("ndjson") => text.lines().take(MOST).map(str::to_owned).collect(),
            // A Bundle's resources are for other tests.
            Some("json") if !is_bundle(file) => vec![text],
            _ => Vec::new(),
        }
    };
    files.iter().flat_map(texts).collect()
}

fn is_bundle(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("Bundle-"))
}
