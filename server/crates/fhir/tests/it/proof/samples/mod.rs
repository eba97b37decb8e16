//! Values to search for, taken from the data: the first, a middle and the last one, parts of them, and an absent one.

mod dates;
mod references;
mod strings;
mod tokens;
mod various;

use serde_json::Value;

use super::oracle::{Held, Oracle, Row, is::Is, path};

/// What a search for a sample should find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    Something,
    Nothing,
    Whatever,
}

/// A value for a parameter, and the modifier between the two, such as `:exact`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    pub modifier: String,
    pub value: String,
    pub expect: Expect,
}

impl Sample {
    fn hit(modifier: &str, value: impl Into<String>) -> Self {
        Self { modifier: modifier.to_owned(), value: value.into(), expect: Expect::Something }
    }

    fn miss(modifier: &str, value: impl Into<String>) -> Self {
        Self { expect: Expect::Nothing, ..Self::hit(modifier, value) }
    }

    fn any(modifier: &str, value: impl Into<String>) -> Self {
        Self { expect: Expect::Whatever, ..Self::hit(modifier, value) }
    }
}

/// How thoroughly a parameter is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// One value that exists and one that does not.
    Least,
    /// Plain values.
    Some,
    /// Every kind of value and modifier.
    All,
}

/// Samples for a parameter whose values in these resources are those of `row`.
pub fn samples(oracle: &Oracle, row: &Row, ends: &[&Held], depth: Depth) -> Vec<Sample> {
    let values: Vec<&Value> = ends.iter().flat_map(|held| path::values(&held.json, row.paths)).collect();
    let mut samples = match row.is {
        Is::Text | Is::Family | Is::Name | Is::Address => strings::samples(row.is, &values, depth),
        Is::Code(_) | Is::Coding | Is::Concept | Is::Identifier => tokens::samples(row.is, &values, depth),
        Is::Reference(targets) => references::samples(targets, &oracle.base, &values, depth),
        Is::Date => dates::samples(&values, depth),
        Is::Uri => various::uris(&values),
        Is::Near => various::places(&values),
        Is::Id => various::ids(ends),
        Is::Updated => various::moments(ends),
    };
    if depth == Depth::Least {
        let mut least =
            samples.iter().position(|sample| sample.expect == Expect::Something).into_iter().collect::<Vec<_>>();
        least.extend(samples.iter().position(|sample| sample.expect == Expect::Nothing));
        return least.into_iter().map(|index| samples[index].clone()).collect();
    }
    if depth == Depth::All && !matches!(row.is, Is::Id | Is::Updated) {
        samples.extend([Sample::any(":missing", "true"), Sample::any(":missing", "false")]);
    }
    samples
}

/// The first, a middle and the last of the distinct values.
fn spread<T: Ord + Clone>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.into_iter().collect();
    all.sort();
    all.dedup();
    let last = all.len().saturating_sub(1);
    let mut places = vec![0, last / 2, last];
    places.dedup();
    places.into_iter().filter_map(|place| all.get(place).cloned()).collect()
}
