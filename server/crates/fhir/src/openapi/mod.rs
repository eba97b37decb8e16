//! The OpenAPI 3.1 document of a base (spec.openapis.org/oas/v3.1.0), from the table that also drives the search.

mod components;
mod parameters;
mod paths;

use std::sync::Arc;

use programs::resource::Resource;
use serde_json::{Map, Value, json};

use crate::{
    capability::{Base, is_shown},
    engine::Engine,
    search::request::limits,
};

impl Engine {
    /// The document of a base, as JSON. It is built once per base.
    pub fn openapi(&self, base: &Base) -> Arc<str> {
        let name = format!("{}/openapi.json", base.url);
        if let Some(document) = self.statements.get(&name) {
            return document;
        }
        let document: Arc<str> = document(base).to_string().into();
        self.statements.insert(name, document.clone());
        document
    }
}

/// The document as a value.
pub fn document(base: &Base) -> Value {
    let program = base.program;
    let shown: Vec<&Resource> = program.resources.iter().filter(|resource| is_shown(base.kind, resource)).collect();
    let mut all = Map::new();
    all.insert("/metadata".to_owned(), paths::metadata());
    all.insert("/".to_owned(), paths::batch(base));
    for resource in &shown {
        all.extend(paths::of(base, resource));
    }
    let tags: Vec<Value> =
        shown.iter().map(|resource| json!({ "name": resource.kind, "description": resource.text })).collect();
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {
            "title": program.title,
            "summary": program.tagline,
            "description": format!(
                "FHIR {} API. A search accepts only the parameters below, unless you send `Prefer: handling=lenient`. {} \
                 The CapabilityStatement at `{}/metadata` describes the same API.",
                program.fhir_version,
                limits(),
                base.url
            ),
            "version": env!("CARGO_PKG_VERSION"),
        },
        "servers": [{ "url": base.url }],
        "tags": tags,
        "paths": all,
        "components": components::of(base, &shown),
    })
}
