//! A TOML file that knows the line of each key.

use std::ops::Range;

use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

use super::key::{Key, Step};
use crate::error::ProgramError;

/// A parsed file.
pub struct Document<'s> {
    name: &'s str,
    text: &'s str,
    root: Spanned<DeValue<'s>>,
}

impl<'s> Document<'s> {
    /// The file, or every syntax error in it.
    pub fn parse(name: &'s str, text: &'s str) -> Result<Self, Vec<ProgramError>> {
        let (root, mistakes) = DeTable::parse_recoverable(text);
        let span = root.span();
        let document = Self { name, text, root: Spanned::new(span, DeValue::Table(root.into_inner())) };
        if mistakes.is_empty() {
            Ok(document)
        } else {
            Err(mistakes.iter().map(|mistake| document.error_at(mistake)).collect())
        }
    }

    /// The whole file as a `T`; `None` with a mistake added for each misplaced key and value.
    pub fn whole<T: DeserializeOwned>(&self, errors: &mut Vec<ProgramError>) -> Option<T> {
        self.value(self.root.clone(), errors)
    }

    /// The value of a key of the first level.
    pub fn section<T: DeserializeOwned>(&self, name: &str, errors: &mut Vec<ProgramError>) -> Option<T> {
        let Some(section) = self.root.get_ref().get(name) else {
            // What may be left out is an `Option`.
            let absent: Result<T, serde::de::value::Error> = T::deserialize(().into_deserializer());
            if absent.is_err() {
                errors.push(self.error(&Key::of(name), "is missing".to_owned()));
            }
            return absent.ok();
        };
        self.value(section.clone(), errors)
    }

    /// The same, where it may be left out.
    pub fn optional_section<T: DeserializeOwned>(
        &self,
        name: &str,
        absent: T,
        errors: &mut Vec<ProgramError>,
    ) -> Option<T> {
        match self.root.get_ref().get(name) {
            Some(section) => self.value(section.clone(), errors),
            None => Some(absent),
        }
    }

    /// Adds a mistake for each key of the first level that is not `known`.
    pub fn only(&self, known: &[&str], errors: &mut Vec<ProgramError>) {
        let keys = self.root.get_ref().as_table().into_iter().flat_map(DeTable::keys);
        let unknown = keys.filter(|key| !known.contains(&key.get_ref().as_ref()));
        errors.extend(
            unknown.map(|key| self.error(&Key::of(key.get_ref()), "is not a key of a program file".to_owned())),
        );
    }

    fn value<T: DeserializeOwned>(&self, mut rest: Spanned<DeValue<'s>>, errors: &mut Vec<ProgramError>) -> Option<T> {
        let mut whole = true;
        loop {
            match T::deserialize(ValueDeserializer::from(rest.clone())) {
                Ok(value) => return whole.then_some(value),
                Err(mistake) => {
                    whole = false;
                    errors.push(self.error_at(&mistake));
                    // To find the next mistake, look again without the part that this one is in.
                    if !mistake.span().is_some_and(|span| forget(rest.get_mut(), &span)) {
                        return None;
                    }
                }
            }
        }
    }

    fn error_at(&self, mistake: &toml::de::Error) -> ProgramError {
        let span = mistake.span().unwrap_or(0..0);
        let mut key = Key::root();
        find(self.root.get_ref(), &span, &Key::root(), &mut key);
        ProgramError {
            file: self.name.to_owned(),
            line: self.line_of(span.start),
            key: key.to_string(),
            message: mistake.message().to_owned(),
        }
    }

    /// A mistake in the value of `key`, or in the place where the key should be.
    pub fn error(&self, key: &Key, message: String) -> ProgramError {
        let line = self.start_of(key).map_or(0, |start| self.line_of(start));
        ProgramError { file: self.name.to_owned(), line, key: key.to_string(), message }
    }

    fn line_of(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }

    /// Where `key` begins; if it is absent, where the innermost part of the file that should have it begins. `None`: the file.
    fn start_of(&self, key: &Key) -> Option<usize> {
        let (mut value, mut start) = (self.root.get_ref(), None);
        for step in &key.0 {
            let next = match (step, value) {
                (Step::Field(name), DeValue::Table(table)) => {
                    table.get_key_value(name.as_str()).map(|(key, value)| (key.span().start, value))
                }
                (Step::Item(index), DeValue::Array(items)) => items.get(*index).map(|item| (item.span().start, item)),
                _ => None,
            };
            let Some((at, next)) = next else { break };
            (start, value) = (Some(at), next.get_ref());
        }
        start
    }

    /// Calls `visit` with every text of the file and its key.
    pub fn each_text(&self, mut visit: impl FnMut(&Key, &str)) {
        texts(self.root.get_ref(), &Key::root(), &mut visit);
    }
}

fn texts(value: &DeValue<'_>, here: &Key, visit: &mut dyn FnMut(&Key, &str)) {
    each_child(value, here, |key, _, child| match child.get_ref() {
        DeValue::String(text) => visit(&key, text),
        child => texts(child, &key, visit),
    });
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

/// Whether `span` is this value's, or lies somewhere in it. The span of a `[table]` is that of its heading only.
fn holds(value: &Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    let mut found = within(&value.span(), span);
    each_child(value.get_ref(), &Key::root(), |_, _, child| found |= holds(child, span));
    found
}

fn within(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
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
