//! Values of token parameters.

use programs::path::Datatype;
use serde_json::Value;

use super::{each, text};
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
    fn every_coding_counts_and_text_does_not() {
        let concept =
            json!({ "coding": [{ "system": "urn:a", "code": "X" }, { "code": "y" }, { "display": "z" }], "text": "t" });
        let mut found = Vec::new();
        read(&concept, Datatype::CodeableConcept, &mut |entry| found.push((entry.code, entry.system)));
        assert_eq!(found, [("x".to_owned(), Some("urn:a".to_owned())), ("y".to_owned(), None)]);
    }
}
