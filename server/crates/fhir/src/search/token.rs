//! Token parameters (hl7.org/fhir/R4/search.html#token).

use std::collections::BTreeMap;

use programs::{definitions::Definition, path::Datatype};
use store::{Query, Value};

use super::value::{split, unescape};
use crate::{load::rows::push_list, text::fold_code};

/// One value sought: `code`, `system|code` or `system|`. `|code` finds the code with any system or none, as programs
/// document it.
#[derive(Debug)]
pub struct Match {
    code: Option<String>,
    system: Option<String>,
    /// Whether the system differs from the one that the element implies; then no value matches.
    is_foreign: bool,
}

/// Many codes of one system, or of any.
#[derive(Debug)]
pub struct Many {
    codes: Vec<String>,
    system: Option<String>,
}

/// Returns the reason if no search for the value is possible.
pub fn parse(text: &str, definition: &Definition) -> Result<Match, String> {
    let found = parse_identifier(text)?;
    if has_systems(definition) {
        return Ok(found);
    }
    // The element implies the system of a plain `code`, and the index does not hold it.
    let is_foreign = found.system.is_some() && found.system != definition.system;
    Ok(Match { system: None, is_foreign, ..found })
}

/// The value of an element that has a system: `value` or `system|value`. Returns the reason if no search for it is
/// possible.
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
    Ok(Match { code: some(code).map(|code| fold_code(&code)), system: some(system), is_foreign: false })
}

fn has_systems(definition: &Definition) -> bool {
    let with = [Datatype::Coding, Datatype::CodeableConcept, Datatype::Identifier];
    definition.branches.iter().any(|branch| with.contains(&branch.datatype))
}

impl Match {
    pub fn push(&self, query: &mut Query, alias: &str) {
        if self.is_foreign || (self.code.is_none() && self.system.is_none()) {
            // No code, or all codes of the implied system: every value matches.
            query.push(if self.is_foreign { "1 = 0" } else { "1 = 1" });
            return;
        }
        if let Some(code) = &self.code {
            query.push(&format!("{alias}.code = ")).push_bind(code);
        }
        if let Some(system) = &self.system {
            query.push(if self.code.is_some() { " AND " } else { "" });
            push_system(query, alias, system);
        }
    }

    /// Whether its rows are adjacent in the index, in the order of keys.
    pub fn has_code(&self) -> bool {
        self.code.is_some() && !self.is_foreign
    }
}

impl Many {
    /// Those with a code, grouped by system; the others stay as they are.
    pub fn of(matches: Vec<Match>) -> (Vec<Self>, Vec<Match>) {
        let (codes, rest): (Vec<_>, Vec<_>) = matches.into_iter().partition(Match::has_code);
        let mut groups: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
        for Match { code, system, .. } in codes {
            groups.entry(system).or_default().extend(code);
        }
        (groups.into_iter().map(|(system, codes)| Self { codes, system }).collect(), rest)
    }

    pub fn push(&self, query: &mut Query, alias: &str) {
        query.push(&format!("{alias}.code IN "));
        push_list(query, &self.codes.iter().map(Value::from).collect::<Vec<_>>());
        if let Some(system) = &self.system {
            query.push(" AND ");
            push_system(query, alias, system);
        }
    }
}

fn push_system(query: &mut Query, alias: &str, system: &str) {
    query.push(&format!("{alias}.system = (SELECT u.key FROM fhir_uri u WHERE u.uri = ")).push_bind(system).push(")");
}
