//! The search table of a type as OpenAPI's parameters: in the address, or in a form.

use programs::{
    definitions::ParameterKind,
    resource::{Include, Parameter, Resource},
};
use serde_json::{Map, Value, json};

use crate::{
    capability::{Base, reachable},
    search::sort::sortable,
};

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Query,
    Form,
}

/// What a search takes in its address, and its headers.
pub fn of_search(base: &Base, resource: &Resource, place: Place) -> Vec<Value> {
    let listed = resource.parameters.iter().chain(&resource.chains);
    let mut parameters: Vec<Value> = listed.filter_map(|parameter| one(base, resource, parameter)).collect();
    parameters.extend(resource.reverse_chains.iter().map(|chain| {
        json!({
            "name": format!("_has:{}", chain.text),
            "in": "query",
            "description": format!("Those that a {} of which this is true refers to by `{}`.", chain.kind, chain.reference.code),
            "schema": { "type": "string" },
        })
    }));
    if place == Place::Query {
        parameters.push(json!({ "$ref": "#/components/parameters/Prefer" }));
    }
    parameters
}

/// The same as fields of a form.
pub fn form(base: &Base, resource: &Resource) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for parameter in of_search(base, resource, Place::Form) {
        let Some(name) = parameter["name"].as_str() else { continue };
        let mut schema = parameter["schema"].clone();
        schema["description"] = parameter["description"].clone();
        if parameter["required"] == true {
            required.push(name.to_owned());
        }
        properties.insert(name.to_owned(), schema);
    }
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    json!({ "content": { "application/x-www-form-urlencoded": { "schema": schema } } })
}

/// `None` for an include parameter that has nothing to include.
fn one(base: &Base, resource: &Resource, parameter: &Parameter) -> Option<Value> {
    let code = parameter.code.as_str();
    let (description, schema) = match parameter.search.definition.kind {
        ParameterKind::Result => result(base, resource, code)?,
        kind => (says(kind).to_owned(), json!({ "type": "array", "items": { "type": "string" } })),
    };
    let mut entry = json!({ "name": code, "in": "query", "description": description, "schema": schema });
    if parameter.required {
        entry["required"] = true.into();
    }
    Some(entry)
}

/// What shapes the answer.
fn result(base: &Base, resource: &Resource, code: &str) -> Option<(String, Value)> {
    let paging = base.program.paging;
    let many = |values: Vec<&str>| json!({ "type": "array", "items": { "type": "string", "enum": values } });
    let includes = |includes: &[Include]| {
        let texts: Vec<&str> = reachable(base, includes).map(|include| include.text.as_str()).collect();
        (!texts.is_empty()).then(|| {
            ("Resources to bring along. With `:iterate` also those of what is brought.".to_owned(), many(texts))
        })
    };
    Some(match code {
        "_include" => return includes(&resource.includes),
        "_revinclude" => return includes(&resource.rev_includes),
        "_count" => (
            format!(
                "Matches a page: {} unless asked for, {} at most; 0 for the total alone.",
                paging.default, paging.most
            ),
            json!({ "type": "integer", "minimum": 0, "default": paging.default }),
        ),
        "_getpagesoffset" => (
            "Matches to pass over; the links of a Bundle are better.".to_owned(),
            json!({ "type": "integer", "minimum": 0 }),
        ),
        "_sort" => (
            format!("Keys in their order, each after `-` where it descends: {}.", sortable(resource).join(", ")),
            json!({ "type": "string" }),
        ),
        "_total" => (
            "Whether the total is counted.".to_owned(),
            json!({ "type": "string", "enum": ["none", "estimate", "accurate"] }),
        ),
        "_summary" => (
            "A part of each resource, or the total alone.".to_owned(),
            json!({ "type": "string", "enum": ["true", "text", "data", "count", "false"] }),
        ),
        "_elements" => ("Top-level elements to show, by commas.".to_owned(), json!({ "type": "string" })),
        "_format" => (
            "JSON is served.".to_owned(),
            json!({ "type": "string", "enum": ["json", "application/json", "application/fhir+json"] }),
        ),
        _ => ("A line for each value.".to_owned(), json!({ "type": "string", "enum": ["true", "false"] })),
    })
}

/// How values compare (hl7.org/fhir/R4/search.html#ptypes). Commas mean or, repetition means and.
pub fn says(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::String => {
            "Begins so, whatever case, accents, punctuation and blanks; each family name counts. Modifiers: `:exact`, `:contains`, \
             `:missing`."
        }
        ParameterKind::Token => "`code`, `system|code` or `system|`. Modifiers: `:not`, `:text`, `:missing`.",
        ParameterKind::Reference => "`id`, `Type/id` or a URL. Modifiers: a type, `:identifier`, `:missing`.",
        ParameterKind::Date => {
            "A date or part of one, after `eq`, `ne`, `gt`, `lt`, `ge`, `le`, `sa`, `eb` or `ap`. Modifier: `:missing`."
        }
        ParameterKind::Uri => "A URI. Modifiers: `:below`, `:missing`.",
        ParameterKind::Special => {
            "`latitude|longitude|distance|units`, the units `km` or `mi`; the nearest come first."
        }
        ParameterKind::Result => "",
    }
}
