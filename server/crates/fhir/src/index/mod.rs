//! What of a resource goes into the indexes: the definitions' paths, followed through parsed JSON.

pub mod date;
pub mod position;
pub mod reference;
pub mod rows;
pub mod string;
pub mod token;
pub mod uri;

use std::sync::Arc;

use programs::{
    definitions::{Definition, ParameterKind},
    path::{Branch, Step},
};
use serde_json::Value;

use crate::date::Range;

/// The index entries of one resource. The first of each tuple is the parameter's number.
#[derive(Debug, Default)]
pub struct Entries {
    pub strings: Vec<(i64, string::Entry)>,
    pub tokens: Vec<(i64, token::Entry)>,
    pub references: Vec<(i64, reference::Target)>,
    pub dates: Vec<(i64, Range)>,
    pub canonicals: Vec<(i64, String)>,
    pub positions: Vec<(i64, position::Position)>,
}

impl Entries {
    /// Everything that these parameters find in the resource.
    pub fn of(resource: &Value, parameters: &[(i64, Arc<Definition>)]) -> Self {
        let mut entries = Self::default();
        for (param, definition) in parameters {
            for branch in &definition.branches {
                visit(resource, &branch.steps, &mut |value| entries.add(*param, definition, branch, value));
            }
        }
        entries.deduplicate();
        entries
    }

    fn add(&mut self, param: i64, definition: &Definition, branch: &Branch, value: &Value) {
        let datatype = branch.datatype;
        match definition.kind {
            ParameterKind::String => {
                string::read(value, datatype, &mut |entry| self.strings.push((param, entry)));
            }
            ParameterKind::Token => {
                token::read(value, datatype, &mut |entry| self.tokens.push((param, entry)));
                token::read_text(value, datatype, &mut |entry| self.strings.push((param, entry)));
            }
            ParameterKind::Reference => {
                token::read_identifier(value, &mut |entry| self.tokens.push((param, entry)));
                let target = reference::read(value).filter(|target| target.is_of(&definition.targets));
                self.references.extend(target.map(|target| (param, target)));
            }
            ParameterKind::Date => self.dates.extend(date::read(value, datatype).map(|range| (param, range))),
            ParameterKind::Uri => uri::read(value, &mut |uri| self.canonicals.push((param, uri))),
            ParameterKind::Special => {
                self.positions.extend(position::read(value).map(|position| (param, position)));
            }
            ParameterKind::Result => {}
        }
    }

    fn deduplicate(&mut self) {
        self.strings.sort();
        self.strings.dedup();
        self.tokens.sort();
        self.tokens.dedup();
        self.references.sort();
        self.references.dedup();
        self.dates.sort_by_key(|(param, range)| (*param, range.low, range.high));
        self.dates.dedup();
        self.canonicals.sort();
        self.canonicals.dedup();
        self.positions.dedup_by_key(|(param, _)| *param);
    }
}

/// The values at the end of a branch; arrays are flattened on the way.
pub fn values<'v>(resource: &'v Value, branch: &Branch) -> Vec<&'v Value> {
    let mut found = Vec::new();
    visit(resource, &branch.steps, &mut |value| found.push(value));
    found
}

/// The values at the end of the steps, in their order.
fn visit<'v>(value: &'v Value, steps: &[Step], found: &mut dyn FnMut(&'v Value)) {
    match steps.split_first() {
        None => found(value),
        Some((Step::Field(name), rest)) => each(value.get(name.as_str()), &mut |value| visit(value, rest, found)),
        Some((Step::Extension(url), rest)) => each(value.get("extension"), &mut |extension| {
            if extension.get("url").and_then(Value::as_str) == Some(url) {
                visit(extension, rest, found);
            }
        }),
    }
}

/// A value, each of its elements, or nothing.
fn each<'v>(value: Option<&'v Value>, visit: &mut impl FnMut(&'v Value)) {
    match value {
        None | Some(Value::Null) => {}
        Some(Value::Array(elements)) => elements.iter().filter(|element| !element.is_null()).for_each(visit),
        Some(value) => visit(value),
    }
}

/// A member that is text.
fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}
