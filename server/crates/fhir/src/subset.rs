//! `_elements` (hl7.org/fhir/R4/search.html#elements): the elements asked for, and those that every resource needs.

use crate::json::{Members, push_string};

const SUBSETTED: &str = r#"{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}"#;

/// The resource with these top-level elements only, marked as such. Elements that the type requires are kept where we
/// know them: `resourceType`, `id`, `meta`, `status`, `modifierExtension`.
pub fn only(body: &str, elements: &[String]) -> String {
    const ALWAYS: [&str; 4] = ["resourceType", "id", "status", "modifierExtension"];
    let Ok(members) = serde_json::from_str::<Members>(body) else { return body.to_owned() };
    let mut out = String::with_capacity(body.len() / 2);
    for (name, value) in &members.0 {
        // The companion of a primitive element.
        let element = name.strip_prefix('_').unwrap_or(name);
        if name == "meta" {
            push(&mut out, name, &tagged(value));
        } else if ALWAYS.contains(&element) || elements.iter().any(|wanted| wanted == element) {
            push(&mut out, name, value);
        }
    }
    out.push('}');
    out
}

/// Adds the tag to those that are there.
fn tagged(meta: &str) -> String {
    let Ok(members) = serde_json::from_str::<Members>(meta) else { return meta.to_owned() };
    let mut out = String::with_capacity(meta.len() + 128);
    for (name, value) in members.0.iter().filter(|(name, _)| name != "tag") {
        push(&mut out, name, value);
    }
    let tags = members.get("tag").and_then(|tags| tags.strip_suffix(']')).filter(|tags| *tags != "[");
    push(&mut out, "tag", &tags.map_or_else(|| format!("[{SUBSETTED}]"), |tags| format!("{tags},{SUBSETTED}]")));
    out.push('}');
    out
}

fn push(out: &mut String, name: &str, value: &str) {
    out.push(if out.is_empty() { '{' } else { ',' });
    push_string(out, name);
    out.push(':');
    out.push_str(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_is_left_out_and_said_so() {
        let body = r#"{"resourceType":"Patient","id":"p","meta":{"versionId":"1","tag":[{"code":"a"}]},"gender":"male","_birthDate":{"id":"x"},"name":[]}"#;
        let expect = format!(
            r#"{{"resourceType":"Patient","id":"p","meta":{{"versionId":"1","tag":[{{"code":"a"}},{SUBSETTED}]}},"_birthDate":{{"id":"x"}}}}"#
        );
        assert_eq!(only(body, &["birthDate".to_owned()]), expect);
    }
}
