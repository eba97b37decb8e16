//! Token parameters (hl7.org/fhir/R4/search.html#token).

use programs::{definitions::Definition, path::Datatype};
use store::Query;

use super::value::{split, unescape};
use crate::text::fold_code;

/// One value sought: `code`, `system|code`, `system|`; `|code` finds the code with any system or none, as programs print it.
#[derive(Debug)]
pub struct Match {
    code: Option<String>,
    system: Option<String>,
}

/// The reason, if the value cannot be sought.
pub fn parse(text: &str, definition: &Definition) -> Result<Match, String> {
    let found = parse_identifier(text)?;
    Ok(if has_systems(definition) { found } else { Match { system: None, ..found } })
}

/// The value of an element that has a system: `value`, `system|value`. The reason, if it cannot be sought.
pub fn parse_identifier(text: &str) -> Result<Match, String> {
    let (system, code) = match split(text, '|')[..] {
        [code] => ("", code),
        [system, code] => (system, code),
        _ => return Err("a value has more than one `|`".to_owned()),
    };
    if system.is_empty() && code.is_empty() {
        return Err("a value is empty".to_owned());
    }
    let some = |text: &str| (!text.is_empty()).then(|| unescape(text));
    Ok(Match { code: some(code).map(|code| fold_code(&code)), system: some(system) })
}

/// The system of a plain `code` is implied by its element, so whichever is asked for is taken as that one.
fn has_systems(definition: &Definition) -> bool {
    let with = [Datatype::Coding, Datatype::CodeableConcept, Datatype::Identifier];
    definition.branches.iter().any(|branch| with.contains(&branch.datatype))
}

impl Match {
    pub fn push(&self, query: &mut Query, alias: &str) {
        if self.code.is_none() && self.system.is_none() {
            // All codes of the implied system: every value.
            query.push("1 = 1");
        }
        if let Some(code) = &self.code {
            query.push(&format!("{alias}.code = ")).push_bind(code);
        }
        if let Some(system) = &self.system {
            query.push(if self.code.is_some() { " AND " } else { "" });
            query.push(&format!("{alias}.system = (SELECT u.key FROM fhir_uri u WHERE u.uri = ")).push_bind(system);
            query.push(")");
        }
    }

    /// Whether its rows stand together in the index, in the order of keys.
    pub fn has_code(&self) -> bool {
        self.code.is_some()
    }
}
