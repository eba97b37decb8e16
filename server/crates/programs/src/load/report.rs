//! Collects what is wrong in one file.

use std::collections::BTreeSet;

use super::{document::Document, key::Key};
use crate::error::ProgramError;

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
        let mut seen = BTreeSet::new();
        for (key, name) in names {
            if !seen.insert(name) {
                self.add(&key, format!("`{name}` already exists"));
            }
        }
    }

    pub fn errors(self) -> Vec<ProgramError> {
        self.errors
    }
}
