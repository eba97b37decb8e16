//! `_sort` (hl7.org/fhir/R4/search.html#sort): the keys, their directions, and how two resources compare.

use std::{cmp::Ordering, sync::Arc};

use programs::{
    definitions::{Definition, ParameterKind},
    path::Datatype,
    resource::{Parameter, Resource},
};

use super::{request::Context, value::split};
use crate::error::{Error, Result};

/// One key of `_sort`. If a resource has several values, the one that comes first in the key's direction counts.
#[derive(Clone, Debug)]
pub struct SortKey {
    pub by: By,
    pub descending: bool,
}

#[derive(Clone, Debug)]
pub enum By {
    Id,
    Updated,
    /// A string parameter's number.
    Text(i64, Arc<Definition>),
    /// A token parameter's number.
    Code(i64, Arc<Definition>),
    /// A date parameter's number; sorted by start, then by end.
    Date(i64, Arc<Definition>),
}

pub const MOST_KEYS: usize = 5;

/// Adds the keys of one `_sort`.
pub fn parse(context: &Context, value: &str, keys: &mut Vec<SortKey>) -> Result<()> {
    for word in split(value, ',').into_iter().map(str::trim).filter(|word| !word.is_empty()) {
        let (name, descending) = word.strip_prefix('-').map_or((word, false), |name| (name, true));
        let parameter = context.resource.parameter(name).filter(|parameter| is_sortable(parameter));
        let unknown =
            || Error::UnknownParameter { name: format!("_sort={name}"), supported: sortable(context.resource) };
        for by in bys(context, parameter.ok_or_else(unknown)?) {
            // A repeated key has no effect.
            if !keys.iter().any(|key| key.by.is_same(&by)) {
                keys.push(SortKey { by, descending });
            }
        }
    }
    if MOST_KEYS < keys.len() {
        return Err(Error::TooCostly(format!("`_sort` can have at most {MOST_KEYS} keys")));
    }
    Ok(())
}

/// The parameters that `_sort` accepts.
pub fn sortable(resource: &Resource) -> Vec<String> {
    resource.parameters.iter().filter(|one| is_sortable(one)).map(|one| one.code.clone()).collect()
}

fn is_sortable(parameter: &Parameter) -> bool {
    parameter.search.links.is_empty()
        && matches!(parameter.kind, ParameterKind::String | ParameterKind::Token | ParameterKind::Date)
}

/// A person's name is sorted by family name and then by given names, if these are indexed.
fn bys(context: &Context, parameter: &Parameter) -> Vec<By> {
    let definition = &parameter.search.definition;
    let kind = context.catalog.kind(&context.resource.kind);
    let part = |code: &str| {
        let param = kind?.param(code)?;
        Some(By::Text(param, context.resource.parameter(code)?.search.definition.clone()))
    };
    let is_name = definition.branches.iter().all(|branch| branch.datatype == Datatype::HumanName);
    if is_name && let Some((family, given)) = part("family").zip(part("given")) {
        return vec![family, given];
    }
    let param = context.catalog.param(&context.resource.kind, &definition.code);
    vec![match (definition.code.as_str(), definition.kind) {
        ("_id", _) => By::Id,
        ("_lastUpdated", _) => By::Updated,
        (_, ParameterKind::Token) => By::Code(param, definition.clone()),
        (_, ParameterKind::Date) => By::Date(param, definition.clone()),
        _ => By::Text(param, definition.clone()),
    }]
}

impl By {
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Id, Self::Id) | (Self::Updated, Self::Updated) => true,
            (
                Self::Text(_, one) | Self::Code(_, one) | Self::Date(_, one),
                Self::Text(_, other) | Self::Code(_, other) | Self::Date(_, other),
            ) => one.code == other.code,
            _ => false,
        }
    }

    /// Whether its columns contain numbers.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Updated | Self::Date(..))
    }

    /// How many columns are compared.
    pub fn width(&self) -> usize {
        if matches!(self, Self::Date(..)) { 2 } else { 1 }
    }
}

/// A value to compare.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    /// The resource has no such value, so it comes last in either direction.
    None,
    Number(i64),
    /// As the index holds it: byte by byte, as both databases compare it.
    Text(String),
}

/// A resource's key, and its values for each column of each sort key.
#[derive(Clone, Debug)]
pub struct Row {
    pub key: i64,
    pub values: Vec<Scalar>,
}

/// How rows compare: by every sort key, then by their keys, in the direction of the first.
pub fn compare(keys: &[SortKey], one: &Row, other: &Row) -> Ordering {
    let directions = keys.iter().flat_map(|key| std::iter::repeat_n(key.descending, key.by.width()));
    for (descending, (one, other)) in directions.zip(one.values.iter().zip(&other.values)) {
        let ordering = one.compare(other, descending);
        if ordering.is_ne() {
            return ordering;
        }
    }
    let ordering = one.key.cmp(&other.key);
    if keys.first().is_some_and(|first| first.descending) { ordering.reverse() } else { ordering }
}

impl Scalar {
    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let ordering = match (self, other) {
            (Self::None, Self::None) => return Ordering::Equal,
            (Self::None, _) => return Ordering::Greater,
            (_, Self::None) => return Ordering::Less,
            (Self::Number(one), Self::Number(other)) => one.cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        };
        if descending { ordering.reverse() } else { ordering }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: i64, text: Option<&str>) -> Row {
        Row { key, values: vec![text.map_or(Scalar::None, |text| Scalar::Text(text.to_owned()))] }
    }

    #[test]
    fn what_has_no_value_comes_last_in_both_directions() {
        let by_id = |descending| [SortKey { by: By::Id, descending }];
        for descending in [false, true] {
            let ordering = compare(&by_id(descending), &row(1, None), &row(2, Some("a")));
            assert_eq!(ordering, Ordering::Greater, "{descending}");
        }
        assert_eq!(compare(&by_id(false), &row(1, Some("a")), &row(2, Some("b"))), Ordering::Less);
        assert_eq!(compare(&by_id(true), &row(1, Some("a")), &row(2, Some("b"))), Ordering::Greater);
    }

    #[test]
    fn equal_values_are_in_the_order_of_keys_and_backwards_when_descending() {
        let by_id = |descending| [SortKey { by: By::Id, descending }];
        assert_eq!(compare(&by_id(false), &row(1, Some("a")), &row(2, Some("a"))), Ordering::Less);
        assert_eq!(compare(&by_id(true), &row(1, Some("a")), &row(2, Some("a"))), Ordering::Greater);
    }
}
