//! What goes into the indexes for a resource: the definitions' paths, followed through parsed JSON.

pub mod contained;
pub mod date;
pub mod position;
pub mod reference;
pub mod rows;
pub mod string;
pub mod token;
pub mod uri;

use std::{collections::HashMap, sync::Arc};

use programs::{
    definitions::{Definition, ParameterKind},
    own::OwnBases,
    path::{Branch, Step},
};
use serde_json::Value;

use self::contained::Contained;
use crate::date::Range;

/// A type's indexed parameters, with their numbers.
pub type Parameters = Vec<(i64, Arc<Definition>)>;

/// What indexing looks for in resources of every type.
#[derive(Debug, Default)]
pub struct Outlook {
    /// By type, what is indexed of contained resources.
    pub contained: HashMap<String, Parameters>,
    pub own: OwnBases,
}

/// The index entries of one resource. The first of each tuple is the parameter's number.
#[derive(Debug, Default)]
pub struct Entries {
    pub strings: Vec<(i64, string::Entry)>,
    pub tokens: Vec<(i64, token::Entry)>,
    pub references: Vec<(i64, reference::Target)>,
    pub dates: Vec<(i64, Range)>,
    pub canonicals: Vec<(i64, String)>,
    pub positions: Vec<(i64, position::Position)>,
    /// The same for each contained resource, under a name of its own.
    pub contained: Vec<Contained>,
}

impl Entries {
    /// Everything that these parameters find in the resource and in its contained resources.
    pub fn of(resource: &Value, parameters: &[(i64, Arc<Definition>)], outlook: &Outlook) -> Self {
        let mut entries = Self::within(resource, resource, parameters, outlook);
        entries.contained = contained::read(resource, outlook);
        entries
    }

    /// The entries of a resource or of one contained in it.
    fn within(container: &Value, resource: &Value, parameters: &[(i64, Arc<Definition>)], outlook: &Outlook) -> Self {
        let mut entries = Self::default();
        for (param, definition) in parameters {
            let (before, mut is_there) = (entries.len(), false);
            for branch in &definition.branches {
                visit(resource, &branch.steps, &mut |value| {
                    is_there |= is_value(container, value, definition);
                    entries.add(*param, definition, branch, value, &Place { container, outlook });
                });
            }
            if is_there && entries.len() == before {
                entries.strings.push((*param, string::Entry::nameless()));
            }
        }
        entries.deduplicate();
        entries
    }

    fn len(&self) -> usize {
        let Self { strings, tokens, references, dates, canonicals, positions, contained: _ } = self;
        strings.len() + tokens.len() + references.len() + dates.len() + canonicals.len() + positions.len()
    }

    fn add(&mut self, param: i64, definition: &Definition, branch: &Branch, value: &Value, place: &Place<'_>) {
        let datatype = branch.datatype;
        match definition.kind {
            ParameterKind::String => {
                string::read(value, branch, &mut |entry| self.strings.push((param, entry)));
            }
            ParameterKind::Token => {
                token::read(value, datatype, &mut |entry| self.tokens.push((param, entry)));
                token::read_text(value, datatype, &mut |entry| self.strings.push((param, entry)));
            }
            ParameterKind::Reference => {
                token::read_identifier(value, &mut |entry| self.tokens.push((param, entry)));
                let target = contained::target(place, value, definition).or_else(|| {
                    reference::read(value, &place.outlook.own).filter(|target| target.is_of(&definition.targets))
                });
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

/// The place of a value in its resource.
struct Place<'a> {
    container: &'a Value,
    outlook: &'a Outlook,
}

/// Whether there is a value at all, for `:missing`. It must have more than an id and extensions, such as a reason why
/// data is absent. A reference counts only if the parameter accepts the type of its target.
fn is_value(container: &Value, value: &Value, definition: &Definition) -> bool {
    let Value::Object(members) = value else { return true };
    if definition.kind == ParameterKind::Reference
        && let Some(reference) = text(value, "reference")
    {
        return contained::kind(container, reference).is_some_and(|kind| definition.targets.contains(&kind));
    }
    members.keys().any(|name| name != "id" && name != "extension")
}

/// The values at the end of a branch; arrays are flattened along the path.
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

/// The text of a member, if it is a string.
fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}
