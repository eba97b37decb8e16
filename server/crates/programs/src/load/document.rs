//! A TOML file that knows on which line each key stands.

use std::{fmt, ops::Range};

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, Deserializer},
};

use crate::error::ProgramError;

/// Where in a file: `resources[3].code`, elements counted from 1 when shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Field(String),
    Item(usize),
}

impl Key {
    /// The file as a whole.
    pub fn root() -> Self {
        Self::default()
    }

    pub fn of(field: &str) -> Self {
        Self::root().field(field)
    }

    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        self.with(Step::Field(name.to_owned()))
    }

    /// The element at this index, from 0.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        self.with(Step::Item(index))
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if index == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Item(item) => write!(f, "[{}]", item + 1)?,
            }
        }
        Ok(())
    }
}

/// A parsed file.
pub struct Document<'s> {
    name: &'s str,
    text: &'s str,
    root: DeValue<'s>,
}

/// Reads a file into `T`; else every syntax error, or every misplaced key and value.
pub fn read<'s, T: DeserializeOwned>(
    name: &'s str,
    text: &'s str,
) -> Result<(T, Document<'s>), Vec<ProgramError>> {
    let (root, mistakes) = DeTable::parse_recoverable(text);
    let span = root.span();
    let document = Document { name, text, root: DeValue::Table(root.into_inner()) };
    if !mistakes.is_empty() {
        return Err(mistakes.iter().map(|mistake| document.error_at(mistake)).collect());
    }
    let mut errors = Vec::new();
    let mut rest = document.root.clone();
    loop {
        let DeValue::Table(table) = rest.clone() else { return Err(errors) };
        match T::deserialize(Deserializer::from(Spanned::new(span.clone(), table))) {
            Ok(value) if errors.is_empty() => return Ok((value, document)),
            Ok(_) => return Err(errors),
            Err(mistake) => {
                errors.push(document.error_at(&mistake));
                // To find the next mistake, look again without the part that this one is in.
                if !mistake.span().is_some_and(|span| forget(&mut rest, &span)) {
                    return Err(errors);
                }
            }
        }
    }
}

/// Removes the key at `span`, else the innermost elements of an array that hold it. `false` if there is neither.
fn forget(value: &mut DeValue<'_>, span: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => {
            let key = table.keys().find(|key| key.span() == *span).map(|key| key.get_ref().clone());
            match key {
                Some(key) => table.remove(&*key).is_some(),
                None => table.iter_mut().any(|(_, value)| forget(value.get_mut(), span)),
            }
        }
        DeValue::Array(items) => {
            if items.iter_mut().any(|item| forget(item.get_mut(), span)) {
                return true;
            }
            let before = items.len();
            *items = items.iter().filter(|item| !holds(item, span)).cloned().collect();
            items.len() < before
        }
        _ => false,
    }
}

/// Whether `span` is this value's, or lies somewhere in it.
fn holds(value: &Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    within(&value.span(), span)
        || match value.get_ref() {
            DeValue::Table(table) => table.iter().any(|(key, value)| key.span() == *span || holds(value, span)),
            DeValue::Array(items) => items.iter().any(|item| holds(item, span)),
            _ => false,
        }
}

fn within(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

impl Document<'_> {
    fn error_at(&self, mistake: &toml::de::Error) -> ProgramError {
        let span = mistake.span().unwrap_or(0..0);
        let mut key = Key::root();
        find(&self.root, &span, &Key::root(), &mut key);
        ProgramError {
            file: self.name.to_owned(),
            line: self.line_of(span.start),
            key: key.to_string(),
            message: mistake.message().to_owned(),
        }
    }

    /// A mistake in what stands at `key`, or where it should stand.
    fn error(&self, key: &Key, message: String) -> ProgramError {
        let line = if key.0.is_empty() { 0 } else { self.line_of(self.start_of(key)) };
        ProgramError { file: self.name.to_owned(), line, key: key.to_string(), message }
    }

    fn line_of(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }

    /// Where `key` begins; if it is absent, where the innermost part of the file that should have it begins.
    fn start_of(&self, key: &Key) -> usize {
        let (mut value, mut start) = (&self.root, 0);
        for step in &key.0 {
            let next = match (step, value) {
                (Step::Field(name), DeValue::Table(table)) => {
                    table.get_key_value(name.as_str()).map(|(key, value)| (key.span().start, value))
                }
                (Step::Item(index), DeValue::Array(items)) => items.get(*index).map(|item| (item.span().start, item)),
                _ => None,
            };
            let Some((at, next)) = next else { break };
            (start, value) = (at, next.get_ref());
        }
        start
    }

    /// Reports every text of the file that says nothing.
    pub fn blanks(&self, report: &mut Report<'_>) {
        blanks(&self.root, &Key::root(), report);
    }
}

/// Sets `found` to the innermost key whose name or value is at `span`.
fn find(value: &DeValue<'_>, span: &Range<usize>, here: &Key, found: &mut Key) {
    each_child(value, here, |key, name, child| {
        if name.is_some_and(|name| within(&name, span)) || within(&child.span(), span) {
            found.clone_from(&key);
        }
        find(child.get_ref(), span, &key, found);
    });
}

fn blanks(value: &DeValue<'_>, here: &Key, report: &mut Report<'_>) {
    each_child(value, here, |key, _, child| match child.get_ref() {
        DeValue::String(text) if text.trim().is_empty() => report.add(&key, "is blank"),
        child => blanks(child, &key, report),
    });
}

/// Calls `visit` with the key, the span of the field's name if it is one, and the value of each child.
fn each_child(
    value: &DeValue<'_>,
    here: &Key,
    mut visit: impl FnMut(Key, Option<Range<usize>>, &Spanned<DeValue<'_>>),
) {
    match value {
        DeValue::Table(table) => {
            table.iter().for_each(|(name, child)| visit(here.field(name.get_ref()), Some(name.span()), child));
        }
        DeValue::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| visit(here.item(index), None, item));
        }
        _ => {}
    }
}

/// The mistakes found in one file.
pub struct Report<'d> {
    document: &'d Document<'d>,
    errors: Vec<ProgramError>,
}

impl<'d> Report<'d> {
    pub fn new(document: &'d Document<'d>) -> Self {
        Self { document, errors: Vec::new() }
    }

    pub fn add(&mut self, key: &Key, message: impl Into<String>) {
        self.errors.push(self.document.error(key, message.into()));
    }

    /// Reports the second and further ones of equal `names`.
    pub fn repeated<'n>(&mut self, names: impl IntoIterator<Item = (Key, &'n str)>) {
        let mut seen = std::collections::BTreeSet::new();
        for (key, name) in names {
            if !seen.insert(name) {
                self.add(&key, format!("`{name}` is there already"));
            }
        }
    }

    /// In the order of the file.
    pub fn errors(mut self) -> Vec<ProgramError> {
        self.errors.sort_by_key(|error| error.line);
        self.errors
    }
}
