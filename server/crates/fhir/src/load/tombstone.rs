//! The names of resources to delete.

use serde_json::Value;

use crate::index::reference::{Target, is_id, is_kind};

/// Type and id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    pub kind: String,
    pub id: String,
}

/// Reads `Type/id`, as it is or as a JSON string, or an object with `resourceType` and `id`. Returns the reason if it
/// is neither.
pub fn parse(text: &str) -> Result<Name, String> {
    let text = text.trim();
    let (kind, id) = match serde_json::from_str::<Value>(text) {
        Ok(Value::String(name)) => return parse_name(&name),
        Ok(Value::Object(object)) => {
            let member = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
            let kind = member("resourceType").ok_or("it has no `resourceType`")?;
            (kind, member("id").ok_or("it has no `id`")?)
        }
        _ => return parse_name(text),
    };
    if is_kind(&kind) && is_id(&id) { Ok(Name { kind, id }) } else { Err(neither()) }
}

fn parse_name(text: &str) -> Result<Name, String> {
    match Target::parse(text) {
        Some(Target::Local { kind, id }) if text.len() == kind.len() + 1 + id.len() => Ok(Name { kind, id }),
        _ => Err(neither()),
    }
}

fn neither() -> String {
    "it does not name a resource: write `Type/id`, or an object with `resourceType` and `id`".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tombstone_is_type_and_id_and_nothing_else() {
        let check = |text: &str, expect: Option<(&str, &str)>| {
            let found = parse(text).ok();
            assert_eq!(found.as_ref().map(|name| (name.kind.as_str(), name.id.as_str())), expect, "{text}");
        };
        check("Patient/a", Some(("Patient", "a")));
        check(" Patient/a.1-B\r", Some(("Patient", "a.1-B")));
        check("\"Patient/a\"", Some(("Patient", "a")));
        check(r#"{"resourceType":"Patient","id":"a","birthDate":"1980"}"#, Some(("Patient", "a")));
        check("Patient", None);
        check("Patient/", None);
        check("Patient/a/_history/2", None);
        check("Patient?identifier=a", None);
        check("https://other.example/Patient/a", None);
        check(r#"{"id":"a"}"#, None);
        check(r#"{"resourceType":"Patient","id":"a b"}"#, None);
        check("{", None);
        check("[]", None);
        check("", None);
        check("7", None);
    }
}
