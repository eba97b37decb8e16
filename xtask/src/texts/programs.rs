//! The texts of program files: every table that has `en` and `es`.

use std::{fs, path::Path};

use toml::{Table, Value};

use super::Text;
use crate::error::{Error, Result};

/// Of all files in `programs/`, in the order of the files.
pub fn texts(root: &Path) -> Result<Vec<Text>> {
    let folder = root.join("programs");
    let entries = fs::read_dir(&folder).map_err(Error::file(&folder))?;
    let mut paths: Vec<_> =
        entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>().map_err(Error::file(&folder))?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    let mut texts = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(Error::file(&path))?;
        let table: Table = text.parse().map_err(|error| Error::Site(format!("{}: {error}", path.display())))?;
        let program = path.file_stem().map(|stem| stem.display().to_string()).unwrap_or_default();
        walk(&Value::Table(table), &format!("programs.{program}"), &mut texts);
    }
    Ok(texts)
}

fn walk(value: &Value, key: &str, texts: &mut Vec<Text>) {
    match value {
        Value::Table(table) => match (table.get("en"), table.get("es")) {
            (Some(Value::String(english)), Some(Value::String(spanish))) => texts.push(Text {
                key: key.to_owned(),
                english: english.clone(),
                spanish: Some(spanish.clone()),
                path: Vec::new(),
            }),
            _ => table.iter().for_each(|(name, value)| walk(value, &format!("{key}.{name}"), texts)),
        },
        Value::Array(values) => {
            for (place, value) in values.iter().enumerate() {
                // `scopes.patient/Claim.read` rather than `scopes.3`
                let named = ["name", "scope", "id"].iter().find_map(|name| value.get(name)?.as_str());
                let name = named.map_or_else(|| place.to_string(), str::to_owned);
                walk(value, &format!("{key}.{name}"), texts);
            }
        }
        _ => {}
    }
}
