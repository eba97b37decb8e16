//! Values of reference parameters (hl7.org/fhir/R4/references.html#literal).

use programs::own::OwnBases;
use serde_json::Value;

use super::text;

/// The target of a reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A resource of this server, without a version.
    Local { kind: String, id: String },
    /// Something elsewhere.
    Uri(String),
}

impl Target {
    /// `Type/id`, with or without a version, or an absolute URI. `None` for contained resources and for text that is
    /// not a reference.
    pub fn parse(reference: &str) -> Option<Self> {
        if reference.starts_with('#') {
            return None;
        }
        let mut parts = reference.split('/');
        let (kind, id) = match (parts.next(), parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(kind), Some(id), None, ..) | (Some(kind), Some(id), Some("_history"), Some(_), None) => (kind, id),
            _ => return reference.contains(':').then(|| Self::Uri(reference.to_owned())),
        };
        (is_kind(kind) && is_id(id)).then(|| Self::Local { kind: kind.to_owned(), id: id.to_owned() })
    }

    /// The same, but our own bases may precede it.
    pub fn of(reference: &str, own: &OwnBases) -> Option<Self> {
        let relative = own.relative(reference).and_then(Self::parse);
        relative.filter(|target| matches!(target, Self::Local { .. })).or_else(|| Self::parse(reference))
    }

    pub(super) fn is_of(&self, targets: &[String]) -> bool {
        match self {
            Self::Local { kind, .. } => targets.contains(kind),
            Self::Uri(_) => true,
        }
    }
}

/// Whether the text has the form of a resource type.
pub fn is_kind(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether the text is an `id` (hl7.org/fhir/R4/datatypes.html#id).
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
}

pub(super) fn read(value: &Value, own: &OwnBases) -> Option<Target> {
    Target::of(text(value, "reference")?, own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_local_or_elsewhere() {
        let local = |kind: &str, id: &str| Some(Target::Local { kind: kind.to_owned(), id: id.to_owned() });
        let uri = |uri: &str| Some(Target::Uri(uri.to_owned()));
        let check = |text: &str, expect: Option<Target>| assert_eq!(Target::parse(text), expect, "{text}");
        check("Practitioner/x", local("Practitioner", "x"));
        check("Practitioner/x/_history/2", local("Practitioner", "x"));
        check("http://other.example/fhir/Patient/1", uri("http://other.example/fhir/Patient/1"));
        check("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", uri("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"));
        check("#contained", None);
        check("x", None);
        check("Patient/", None);
        check("Patient/a b", None);
        check("patient/a", None);
    }
}
