//! Values of token parameters.

use programs::path::Datatype;
use serde_json::Value;

use super::{each, string, text};
use crate::text::fold_code;

/// A code, folded, and the URI of its system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub code: String,
    pub system: Option<String>,
}

pub(super) fn read(value: &Value, datatype: Datatype, add: &mut impl FnMut(Entry)) {
    match datatype {
        Datatype::CodeableConcept => {
            each(value.get("coding"), &mut |coding| add_pair(coding, "code", add));
        }
        Datatype::Coding => add_pair(value, "code", add),
        Datatype::Identifier => add_pair(value, "value", add),
        _ => match value {
            Value::String(code) => add(Entry { code: fold_code(code), system: None }),
            Value::Bool(flag) => add(Entry { code: flag.to_string(), system: None }),
            _ => {}
        },
    }
}

/// The words that accompany a code, which `:text` searches (hl7.org/fhir/R4/search.html#token).
pub(super) fn read_text(value: &Value, datatype: Datatype, add: &mut impl FnMut(string::Entry)) {
    let mut add = |text: Option<&str>| text.into_iter().for_each(|text| add(string::Entry::whole(text)));
    match datatype {
        Datatype::CodeableConcept => {
            add(text(value, "text"));
            each(value.get("coding"), &mut |coding| add(text(coding, "display")));
        }
        Datatype::Coding => add(text(value, "display")),
        Datatype::Identifier => each(value.get("type"), &mut |kind| add(text(kind, "text"))),
        _ => {}
    }
}

/// The identifier that a reference gives in place of or in addition to an address.
pub(super) fn read_identifier(reference: &Value, add: &mut impl FnMut(Entry)) {
    each(reference.get("identifier"), &mut |identifier| add_pair(identifier, "value", add));
}

fn add_pair(value: &Value, code: &str, add: &mut impl FnMut(Entry)) {
    if let Some(code) = text(value, code) {
        add(Entry { code: fold_code(code), system: text(value, "system").map(str::to_owned) });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_is_read_beside_the_codes() {
        let check = |value: &Value, datatype, expect: &[&str]| {
            let mut found = Vec::new();
            read_text(value, datatype, &mut |entry| found.push(entry.value));
            assert_eq!(found, expect);
        };
        let concept = json!({ "coding": [{ "code": "x", "display": "Éx" }, { "code": "y" }], "text": "The X" });
        check(&concept, Datatype::CodeableConcept, &["thex", "ex"]);
        check(&json!({ "code": "x", "display": "Ex" }), Datatype::Coding, &["ex"]);
        let identifier = json!({ "type": { "text": "Licence", "coding": [{ "display": "no" }] }, "value": "1" });
        check(&identifier, Datatype::Identifier, &["licence"]);
        check(&json!("active"), Datatype::Code, &[]);
    }

    #[test]
    fn every_coding_counts_and_text_does_not() {
        let concept =
            json!({ "coding": [{ "system": "urn:a", "code": "X" }, { "code": "y" }, { "display": "z" }], "text": "t" });
        let mut found = Vec::new();
        read(&concept, Datatype::CodeableConcept, &mut |entry| found.push((entry.code, entry.system)));
        assert_eq!(found, [("x".to_owned(), Some("urn:a".to_owned())), ("y".to_owned(), None)]);
    }
}
