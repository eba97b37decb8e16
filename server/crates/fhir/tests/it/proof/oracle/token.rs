//! Tokens: codes match regardless of case, systems only exactly (hl7.org/fhir/R4/search.html#token).

use serde_json::Value;

use super::{
    is::Is,
    path::flat,
    value::{plain, split},
};

/// The codes of a value, each with its system.
pub fn codes(value: &Value, is: Is) -> Vec<(Option<&str>, String)> {
    let pair = |value: &'_ Value, name: &str| value[name].as_str().map(str::to_owned);
    match is {
        Is::Concept => {
            let codings = flat(&value["coding"]).into_iter();
            codings.filter_map(|coding| Some((coding["system"].as_str(), pair(coding, "code")?))).collect()
        }
        Is::Coding => pair(value, "code").map(|code| (value["system"].as_str(), code)).into_iter().collect(),
        Is::Identifier => pair(value, "value").map(|code| (value["system"].as_str(), code)).into_iter().collect(),
        _ => value.as_str().map(|code| (None, code.to_owned())).into_iter().collect(),
    }
}

/// Whether a code matches what is sought: `code`, `system|code`, `|code` (with any system or none), `system|`.
pub fn meets((system, code): &(Option<&str>, String), is: Is, sought: &str) -> bool {
    let parts = split(sought, '|');
    let (wanted_system, wanted) = match &parts[..] {
        [system, code] => (plain(system), plain(code)),
        _ => (String::new(), plain(sought)),
    };
    let is_of_system = wanted_system.is_empty()
        || match is {
            // The element implies the system of a plain code.
            Is::Code(implied) => implied == wanted_system,
            _ => *system == Some(&*wanted_system),
        };
    is_of_system && (wanted.is_empty() || code.to_lowercase() == wanted.to_lowercase())
}
