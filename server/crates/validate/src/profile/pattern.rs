//! Fixed values and patterns (hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_).

use serde_json::Value;

/// Whether the value contains everything in the pattern; a list must contain each item of the pattern's list.
pub fn fits(value: &Value, pattern: &Value) -> bool {
    match (value, pattern) {
        (Value::Object(value), Value::Object(pattern)) => {
            pattern.iter().all(|(name, part)| value.get(name).is_some_and(|value| fits(value, part)))
        }
        (Value::Array(values), Value::Array(parts)) => {
            parts.iter().all(|part| values.iter().any(|value| fits(value, part)))
        }
        _ => value == pattern,
    }
}

/// A short description of the pattern: its codes, or its text.
pub fn named(pattern: &Value) -> String {
    let mut words = Vec::new();
    collect(pattern, &mut words);
    match words.is_empty() {
        true => pattern.to_string(),
        false => words.join(", "),
    }
}

fn collect(pattern: &Value, words: &mut Vec<String>) {
    match pattern {
        Value::Object(object) => {
            if let Some(code) = object.get("code").and_then(Value::as_str) {
                let system = object.get("system").and_then(Value::as_str);
                words.push(system.map_or_else(|| code.to_owned(), |system| format!("{system}|{code}")));
            } else {
                object.values().for_each(|part| collect(part, words));
            }
        }
        Value::Array(parts) => parts.iter().for_each(|part| collect(part, words)),
        Value::String(text) => words.push(text.clone()),
        other => words.push(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_pattern_asks_for_what_it_has_and_allows_the_rest() {
        let check = |value: Value, pattern: Value, expect: bool| {
            assert_eq!(fits(&value, &pattern), expect, "{value} {pattern}");
        };
        check(json!({"a": 1, "b": 2}), json!({"a": 1}), true);
        check(json!({"b": 2}), json!({"a": 1}), false);
        check(json!([{"a": 1}, {"a": 2, "b": 3}]), json!([{"a": 2}]), true);
        check(json!([{"a": 1}]), json!([{"a": 1}, {"a": 2}]), false);
        check(json!("a"), json!("a"), true);
        check(json!("a"), json!({"a": 1}), false);
    }

    #[test]
    fn a_pattern_is_named_by_its_codes() {
        assert_eq!(named(&json!({"coding": [{"system": "s", "code": "c"}]})), "s|c");
        assert_eq!(named(&json!("active")), "active");
        assert_eq!(named(&json!(true)), "true");
    }
}
