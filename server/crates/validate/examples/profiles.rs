//! Writes what profiles ask for, as `fhir/dictionary/profiles.txt` has it:
//! `cargo run --package validate --example profiles -- <folder of program files> <package>…`. Only the facts: which elements a
//! profile requires or marks as must-support, with cardinality and types.

use std::{collections::BTreeMap, env, error::Error, fs, path::Path};

use serde_json::Value;
use validate::package::Package;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [programs, packages @ ..] = &arguments[..] else { return Err("profiles <programs> <package>…".into()) };
    let mut named = String::new();
    for file in fs::read_dir(programs)? {
        named += &fs::read_to_string(file?.path())?;
    }
    let mut lists = BTreeMap::new();
    for package in packages {
        for profile in Package::open(Path::new(package))?.profiles {
            let url = profile["url"].as_str().unwrap_or_default().to_owned();
            if [format!("\"{url}\""), format!("\"{url}|")].iter().any(|text| named.contains(text)) {
                lists.entry(url).or_insert(profile);
            }
        }
    }
    println!("# What the profiles of the programs ask for. Made by validate/examples/profiles.rs; do not edit.");
    for (url, profile) in lists {
        let word = |name: &str| profile[name].as_str().unwrap_or_default();
        println!("= {url} {} {}", word("version"), word("type"));
        for element in profile["snapshot"]["element"].as_array().into_iter().flatten().skip(1) {
            if let Some(line) = line(word("type"), element) {
                println!(" {line}");
            }
        }
    }
    Ok(())
}

/// Path, cardinality, `S` if it must be supported, types; separated by tabs. `None` if the profile asks nothing of it.
fn line(root: &str, element: &Value) -> Option<String> {
    let (min, base) = (element["min"].as_u64()?, element["base"]["min"].as_u64().unwrap_or_default());
    let must = element["mustSupport"] == true;
    if !must && min <= base {
        return None;
    }
    let path = element["id"].as_str()?.strip_prefix(root)?.strip_prefix('.')?;
    let types = element["type"].as_array().into_iter().flatten().map(kind).collect::<Vec<_>>().join(" | ");
    let max = element["max"].as_str()?;
    Some(format!("{path}\t{min}..{max}\t{}\t{types}", if must { "S" } else { "" }))
}

/// `Reference(Patient, Organization)`: the last part of each target's address, without the prefix of its guide.
fn kind(kind: &Value) -> String {
    let code = kind["code"].as_str().unwrap_or_default();
    let code = code.rsplit(['/', '.']).next().unwrap_or_default();
    let mut targets: Vec<&str> = Vec::new();
    for target in kind["targetProfile"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let name = target.split('|').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        targets.push(name);
    }
    if targets.is_empty() || code != "Reference" { code.to_owned() } else { format!("{code}({})", targets.join(", ")) }
}
