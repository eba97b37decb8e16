//! References: `id`, `Type/id` and our own absolute URL are the same (hl7.org/fhir/R4/search.html#reference).

use serde_json::Value;

/// Type and id of the target of a reference to us, whatever version it names.
pub fn local(value: &Value) -> Option<(&str, &str)> {
    named(value["reference"].as_str()?)
}

/// Our own bases in these tests, with every path and host of both programs. Hosts end in `localhost` where the server
/// has an IP address.
pub const OWN: [&str; 7] = [
    "http://127.0.0.1:3000/fhir/idaho/R4/",
    "http://127.0.0.1:3000/fhirpublic/idaho/R4/",
    "http://fhir.idaho.localhost:3000/R4/",
    "http://public.fhir.idaho.localhost:3000/R4/",
    "http://127.0.0.1:3000/fhir/oph/ca/R4/",
    "http://127.0.0.1:3000/fhirpublic/oph/ca/R4/",
    // The base that searches use.
    "http://127.0.0.1:3000/fhir/",
];

pub fn named(text: &str) -> Option<(&str, &str)> {
    let text = OWN.iter().find_map(|base| text.strip_prefix(base)).unwrap_or(text);
    let parts: Vec<&str> = text.split('/').collect();
    match parts[..] {
        [kind, id] | [kind, id, "_history", _] if !kind.contains(':') && !kind.starts_with('#') => Some((kind, id)),
        _ => None,
    }
}

/// Whether the reference points at what is sought. `targets` are the types that it may have.
pub fn meets(value: &Value, targets: &[&str], sought: &str) -> bool {
    let Some(reference) = value["reference"].as_str() else { return false };
    match named(reference) {
        Some((kind, id)) if targets.contains(&kind) => match named(sought) {
            Some(wanted) => wanted == (kind, id),
            None => sought == id,
        },
        Some(_) => false,
        None => reference == sought,
    }
}
