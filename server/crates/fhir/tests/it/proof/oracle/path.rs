//! The values at the end of a path, with arrays flattened along the way.

use serde_json::Value;

/// `name.given`, `a | b`; `extension[network-reference]` keeps the extensions whose URL ends with this.
pub fn values<'v>(json: &'v Value, paths: &str) -> Vec<&'v Value> {
    paths.split(" | ").flat_map(|path| along(json, path)).collect()
}

fn along<'v>(json: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut found = vec![json];
    for step in path.split('.') {
        let (name, url) = match step.split_once('[') {
            Some((name, rest)) => (name, Some(rest.trim_end_matches(']'))),
            None => (step, None),
        };
        let next = found.into_iter().flat_map(|value| flat(&value[name]));
        found = next.filter(|value| url.is_none_or(|url| ends_with(&value["url"], url))).collect();
    }
    found
}

/// The elements of an array, or the value itself.
pub fn flat(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().flat_map(flat).collect(),
        value => vec![value],
    }
}

fn ends_with(url: &Value, end: &str) -> bool {
    url.as_str().is_some_and(|url| url == end || url.ends_with(&format!("/{end}")))
}
