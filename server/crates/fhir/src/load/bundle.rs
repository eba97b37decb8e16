//! Resources from Bundles (hl7.org/fhir/R4/bundle.html).

use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::json::{Members, push_compact, push_string};

/// What an entry contains.
#[derive(Debug, PartialEq, Eq)]
pub enum Entry {
    Resource(String),
    /// `Type/id`, to be deleted.
    Deletion(String),
}

/// A place in `entry`, counted from 1, and what is there, or why it is refused.
pub type Placed = (u64, Result<Entry, String>);

/// The Bundle's entries, each with its place in `entry`, counted from 1: resources as they are written, and deletions.
/// References to other entries by their `urn:` become `Type/id` (hl7.org/fhir/R4/http.html#trules).
pub fn entries(bundle: &Members) -> Result<Vec<Placed>, String> {
    let kind: String = bundle.get("type").map(text).unwrap_or_default();
    if !matches!(kind.as_str(), "transaction" | "batch" | "collection" | "searchset") {
        return Err(format!("a Bundle of type `{kind}` is not loaded"));
    }
    let Some(entries) = bundle.get("entry") else { return Ok(Vec::new()) };
    let entries: Vec<&RawValue> = serde_json::from_str(entries).map_err(|error| error.to_string())?;
    let mut resources = Vec::with_capacity(entries.len());
    let mut renamed = HashMap::new();
    for (place, entry) in (1..).zip(entries) {
        match self::entry(entry.get()) {
            Ok(Some(Read { entry, renamed: names })) => {
                renamed.extend(names);
                resources.push((place, Ok(entry)));
            }
            Ok(None) => {}
            Err(reason) => resources.push((place, Err(reason))),
        }
    }
    if !renamed.is_empty() {
        for (_, entry) in &mut resources {
            if let Ok(Entry::Resource(json)) = entry {
                *json = rename(json, &renamed);
            }
        }
    }
    Ok(resources)
}

struct Read {
    entry: Entry,
    /// The `urn:` that names it within the Bundle, and its name here.
    renamed: Option<(String, String)>,
}

/// `None` for an entry without a resource, such as an outcome.
fn entry(json: &str) -> Result<Option<Read>, String> {
    let entry: Members = serde_json::from_str(json).map_err(|error| error.to_string())?;
    if let Some(request) = entry.get("request") {
        let request: Members = serde_json::from_str(request).map_err(|error| error.to_string())?;
        let method = request.get("method").map(text).unwrap_or_default();
        match method.as_str() {
            "PUT" | "POST" => {}
            "DELETE" => {
                let url = request.get("url").map(text).unwrap_or_default();
                return Ok(Some(Read { entry: Entry::Deletion(url), renamed: None }));
            }
            _ => return Err(format!("an entry with the method `{method}` is not loaded")),
        }
    }
    let Some(raw) = entry.get("resource") else { return Ok(None) };
    let mut resource = String::with_capacity(raw.len());
    push_compact(&mut resource, raw);
    let url = entry.get("fullUrl").map(text).filter(|url| url.starts_with("urn:"));
    let renamed = url.and_then(|url| Some((url, called(raw)?)));
    Ok(Some(Read { entry: Entry::Resource(resource), renamed }))
}

/// `Type/id`
fn called(resource: &str) -> Option<String> {
    let members: Members = serde_json::from_str(resource).ok()?;
    Some(format!("{}/{}", text(members.get("resourceType")?), text(members.get("id")?)))
}

fn text(json: &str) -> String {
    serde_json::from_str(json).unwrap_or_default()
}

/// Replaces each `reference` in compact JSON that the table contains.
fn rename(json: &str, renamed: &HashMap<String, String>) -> String {
    const KEY: &str = "\"reference\":";
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find(KEY) {
        let (before, after) = rest.split_at(at + KEY.len());
        out.push_str(before);
        rest = after;
        let Some(end) = rest.strip_prefix('"').and_then(|value| value.find('"')) else { continue };
        if let Some(name) = renamed.get(&rest[1..=end]) {
            push_string(&mut out, name);
            rest = &rest[end + 2..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(bundle: &str) -> Vec<Placed> {
        entries(&serde_json::from_str(bundle).unwrap()).unwrap()
    }

    #[test]
    fn references_within_a_bundle_become_type_and_id() {
        let bundle = r#"{"resourceType":"Bundle","type":"transaction","entry":[
            {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p"},"request":{"method":"POST","url":"Patient"}},
            {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Coverage","id":"c","note":"urn:uuid:1",
             "beneficiary":{"reference" : "urn:uuid:1"},"payor":[{"reference":"urn:uuid:9"}]}}]}"#;
        let found = load(bundle);
        let expect = r#"{"resourceType":"Coverage","id":"c","note":"urn:uuid:1","beneficiary":{"reference":"Patient/p"},"payor":[{"reference":"urn:uuid:9"}]}"#;
        assert_eq!(found[1], (2, Ok(Entry::Resource(expect.to_owned()))));
    }

    #[test]
    fn entries_that_are_no_resources_are_refused_one_by_one() {
        let bundle = r#"{"type":"batch","entry":[{"request":{"method":"PATCH","url":"Patient/1"}},{"fullUrl":"x"},
            {"request":{"method":"DELETE","url":"Patient/1"}},{"resource":{"resourceType":"Patient","id":"p"}}]}"#;
        let found = load(bundle);
        assert_eq!(found.len(), 3);
        assert!(found[0].1.is_err());
        assert_eq!(found[1], (3, Ok(Entry::Deletion("Patient/1".to_owned()))));
        assert_eq!(found[2], (4, Ok(Entry::Resource(r#"{"resourceType":"Patient","id":"p"}"#.to_owned()))));
    }

    #[test]
    fn histories_are_not_loaded() {
        assert!(entries(&serde_json::from_str(r#"{"type":"history"}"#).unwrap()).is_err());
    }
}
