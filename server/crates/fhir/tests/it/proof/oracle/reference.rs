//! References: `id`, `Type/id` and our own absolute URL are the same (hl7.org/fhir/R4/search.html#reference).

use serde_json::Value;

/// Type and id of what a reference of ours leads to, whatever version it names.
pub fn local(value: &Value) -> Option<(&str, &str)> {
    named(value["reference"].as_str()?)
}

fn named(text: &str) -> Option<(&str, &str)> {
    let parts: Vec<&str> = text.split('/').collect();
    match parts[..] {
        [kind, id] | [kind, id, "_history", _] if !kind.contains(':') && !kind.starts_with('#') => Some((kind, id)),
        _ => None,
    }
}

/// Whether the reference is to what is sought. `targets` are the types it may lead to.
pub fn meets(value: &Value, targets: &[&str], base: &str, sought: &str) -> bool {
    let Some(reference) = value["reference"].as_str() else { return false };
    let own = sought.strip_prefix(base).map_or(sought, |rest| rest.trim_start_matches('/'));
    match named(reference) {
        Some((kind, id)) if targets.contains(&kind) => match named(own) {
            Some(wanted) => wanted == (kind, id),
            None => own == id,
        },
        Some(_) => false,
        None => reference == sought,
    }
}
