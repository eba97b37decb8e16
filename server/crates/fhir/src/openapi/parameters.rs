//! The search table of a type as OpenAPI's parameters, in the URL or in a form.

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

/// The parameters that a search accepts in its URL, and its headers.
pub fn of_search(base: &Base, resource: &Resource, place: Place) -> Vec<Value> {
    let listed = resource.parameters.iter().chain(&resource.chains);
    let mut parameters: Vec<Value> = listed.filter_map(|parameter| one(base, resource, parameter)).collect();
    parameters.extend(resource.reverse_chains.iter().map(|chain| {
        json!({
            "name": format!("_has:{}", chain.text),
            "in": "query",
            "description": format!("Resources that a matching {} refers to by `{}`.", chain.kind, chain.reference.code),
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

/// The parameters that shape the answer.
fn result(base: &Base, resource: &Resource, code: &str) -> Option<(String, Value)> {
    let paging = base.program.paging;
    let many = |values: Vec<&str>| json!({ "type": "array", "items": { "type": "string", "enum": values } });
    let includes = |includes: &[Include]| {
        let texts: Vec<&str> = reachable(base, includes).map(|include| include.text.as_str()).collect();
        (!texts.is_empty()).then(|| {
            ("Resources to include. With `:iterate`, also the resources that these refer to.".to_owned(), many(texts))
        })
    };
    Some(match code {
        "_include" => return includes(&resource.includes),
        "_revinclude" => return includes(&resource.rev_includes),
        "_count" => (
            format!("Matches per page: {} by default, {} at most; 0 for only the total.", paging.default, paging.most),
            json!({ "type": "integer", "minimum": 0, "default": paging.default }),
        ),
        "_getpagesoffset" => (
            "Matches to skip. It is better to follow the links of a Bundle.".to_owned(),
            json!({ "type": "integer", "minimum": 0 }),
        ),
        "_sort" => (
            format!(
                "Keys, separated by commas, each with `-` before it for descending order: {}.",
                sortable(resource).join(", ")
            ),
            json!({ "type": "string" }),
        ),
        "_total" => (
            "Whether to count the total.".to_owned(),
            json!({ "type": "string", "enum": ["none", "estimate", "accurate"] }),
        ),
        "_summary" => (
            "A part of each resource, or only the total.".to_owned(),
            json!({ "type": "string", "enum": ["true", "text", "data", "count", "false"] }),
        ),
        "_elements" => ("Top-level elements to show, separated by commas.".to_owned(), json!({ "type": "string" })),
        "_format" => (
            "The format, which is always JSON.".to_owned(),
            json!({ "type": "string", "enum": ["json", "application/json", "application/fhir+json"] }),
        ),
        _ => (
            "Whether to put each value on a line of its own.".to_owned(),
            json!({ "type": "string", "enum": ["true", "false"] }),
        ),
    })
}

/// How values compare (hl7.org/fhir/R4/search.html#ptypes). Commas mean or, repetition means and.
pub fn says(kind: ParameterKind) -> &'static str {
    match kind {
        ParameterKind::String => {
            "Matches the beginning and ignores case, accents, punctuation and spaces. Each family name counts. Modifiers: \
             `:exact`, `:contains`, `:missing`."
        }
        ParameterKind::Token => "`code`, `system|code` or `system|`. Modifiers: `:not`, `:text`, `:missing`.",
        ParameterKind::Reference => "`id`, `Type/id` or a URL. Modifiers: a type, `:identifier`, `:missing`.",
        ParameterKind::Date => {
            "A date or part of one, with an optional prefix `eq`, `ne`, `gt`, `lt`, `ge`, `le`, `sa`, `eb` or `ap`. Modifier: `:missing`."
        }
        ParameterKind::Uri => "A URI. Modifiers: `:below`, `:missing`.",
        ParameterKind::Special => {
            "`latitude|longitude|distance|units`, where the units are `km` or `mi`. The nearest come first."
        }
        ParameterKind::Result => "",
    }
}
