//! The OpenAPI 3.1 document of a base (spec.openapis.org/oas/v3.1.0), from the table that runs the search.

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
    /// The document of a base, as JSON; made once a base.
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
    all.insert("/".to_owned(), paths::batch());
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
                "FHIR {} API. A search takes the parameters below and no others, unless `Prefer: handling=lenient` is sent. {} \
                 The same is said for machines at `{}/metadata`.",
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
