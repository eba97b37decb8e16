//! FHIR's own knowledge of search: what each parameter of each type is, whatever programs offer of it.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;

use crate::{
    error::ProgramError,
    load::{document::Document, key::Key, report::Report},
    path::{self, Branch},
};

/// A search parameter as FHIR or a guide defines it.
#[derive(Debug, PartialEq, Eq)]
pub struct Definition {
    /// The type it is defined on; `Resource` for those of every type.
    pub on: String,
    pub code: String,
    pub kind: ParameterKind,
    /// Where the values are; their union. Empty for [`ParameterKind::Result`].
    pub branches: Vec<Branch>,
    /// For references: the types at the other end. References to other types are not values of it.
    pub targets: Vec<String>,
    /// For plain codes, whose element implies it: the system of their binding.
    pub system: Option<String>,
    /// Canonical URL of the SearchParameter, where one is published.
    pub url: Option<String>,
}

/// How a value is compared (hl7.org/fhir/R4/search.html#ptypes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParameterKind {
    String,
    Token,
    Reference,
    Date,
    Uri,
    /// `near`: the only special one (hl7.org/fhir/R4/location.html#positional).
    Special,
    /// Shapes the answer and selects nothing: `_count`, `_sort`, `_include`.
    Result,
}

impl ParameterKind {
    /// The code of `SearchParameter.type`; result parameters are `special` there.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Token => "token",
            Self::Reference => "reference",
            Self::Date => "date",
            Self::Uri => "uri",
            Self::Special | Self::Result => "special",
        }
    }
}

/// The whole table, by type and code.
#[derive(Debug, Default)]
pub struct Definitions(BTreeMap<String, BTreeMap<String, Arc<Definition>>>);

impl Definitions {
    /// The parameter `code` (exact case) of type `kind`, its own or that of every type.
    pub fn get(&self, kind: &str, code: &str) -> Option<&Arc<Definition>> {
        self.0.get(kind)?.get(code).or_else(|| self.0.get("Resource")?.get(code))
    }

    /// The types that have parameters, without `Resource`.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str).filter(|kind| *kind != "Resource")
    }

    /// The parameters of type `kind` itself, by code.
    pub fn of(&self, kind: &str) -> impl Iterator<Item = &Arc<Definition>> {
        self.0.get(kind).into_iter().flat_map(BTreeMap::values)
    }

    /// The parameters of every type.
    pub fn common(&self) -> impl Iterator<Item = &Arc<Definition>> {
        self.of("Resource")
    }

    /// Reads the table that is compiled in.
    pub(crate) fn table() -> Result<Self, Vec<ProgramError>> {
        let document = Document::parse("definitions.toml", include_str!("definitions.toml"))?;
        let mut errors = Vec::new();
        let Some(rows) = document.whole::<Rows>(&mut errors) else { return Err(errors) };
        let mut report = Report::new(&document);
        let mut definitions = Self::default();
        for (kind, rows) in rows {
            for (code, row) in rows {
                match row.path.as_deref().map(path::parse).transpose() {
                    Ok(branches) => definitions.insert(row.definition(&kind, &code, branches.unwrap_or_default())),
                    Err(error) => report.add(&Key::of(&kind).field(&code).field("path"), error.to_string()),
                }
            }
        }
        match report.errors() {
            errors if errors.is_empty() => Ok(definitions),
            errors => Err(errors),
        }
    }

    fn insert(&mut self, definition: Definition) {
        self.0.entry(definition.on.clone()).or_default().insert(definition.code.clone(), Arc::new(definition));
    }
}

/// By type and code.
type Rows = BTreeMap<String, BTreeMap<String, Row>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(rename = "type")]
    kind: ParameterKind,
    path: Option<String>,
    #[serde(default)]
    targets: Vec<String>,
    system: Option<String>,
    url: Option<String>,
}

impl Row {
    fn definition(self, on: &str, code: &str, branches: Vec<Branch>) -> Definition {
        let (on, code) = (on.to_owned(), code.to_owned());
        let Self { kind, targets, system, url, .. } = self;
        Definition { on, code, kind, branches, targets, system, url }
    }
}
