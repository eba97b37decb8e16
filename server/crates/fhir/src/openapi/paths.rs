//! The interactions of each type as operations.

use programs::{
    program::Program,
    resource::{Access, Interaction, Resource},
};
use serde_json::{Map, Value, json};

use super::parameters::{self, Place};
use crate::{batch::MOST_ENTRIES, capability::Base};

/// Name of the security scheme.
pub const OAUTH: &str = "oauth";

/// `GET /metadata`
pub fn metadata() -> Value {
    json!({
        "get": {
            "operationId": "capabilities",
            "summary": "What this server can do",
            "parameters": [{ "$ref": "#/components/parameters/_format" }, { "$ref": "#/components/parameters/_pretty" }],
            "security": [],
            "responses": {
                "200": { "description": "A CapabilityStatement", "content": content("CapabilityStatement") },
                "406": { "$ref": "#/components/responses/NotAcceptable" },
            },
        },
    })
}

/// `POST /`
pub fn batch(base: &Base) -> Value {
    let mut operation = json!({
        "operationId": "batch",
        "summary": "Run several reads and searches in one call",
        "description": format!(
            "Each entry gets the answer that the call alone would get. At most {MOST_ENTRIES} entries. Writes and transactions are refused."
        ),
        "parameters": references(&["Prefer", "_format", "_pretty"]),
        "requestBody": { "required": true, "content": content("Bundle") },
        "responses": responses(&["400", "415", "422"], "A Bundle of type `batch-response`", "Bundle", false),
    });
    if base.oauth.is_some() {
        // Each entry needs its own scope.
        operation["security"] = json!([{ OAUTH: [] }]);
    }
    json!({ "post": operation })
}

/// The paths of a type, with their operations.
pub fn of(base: &Base, resource: &Resource) -> Map<String, Value> {
    let kind = &resource.kind;
    let mut paths = Map::new();
    if resource.offers(Interaction::Search) {
        let mut search = operation(base, resource, &format!("search{kind}"), &format!("Search for {kind}"));
        search["description"] = description(resource).into();
        search["parameters"] = parameters::of_search(base, resource, Place::Query).into();
        search["responses"] = responses(&["400", "422"], "A Bundle of type `searchset`", "Bundle", false);
        paths.insert(format!("/{kind}"), json!({ "get": search }));
        let name = format!("search{kind}ByPost");
        let mut post = operation(base, resource, &name, &format!("Search for {kind} with a form"));
        post["parameters"] = json!([{ "$ref": "#/components/parameters/Prefer" }]);
        post["requestBody"] = parameters::form(base, resource);
        post["responses"] = responses(&["400", "415", "422"], "A Bundle of type `searchset`", "Bundle", false);
        paths.insert(format!("/{kind}/_search"), json!({ "post": post }));
    }
    if resource.offers(Interaction::Read) {
        let mut read = operation(base, resource, &format!("read{kind}"), &format!("Read one {kind}"));
        read["parameters"] =
            references(&["id", "If-None-Match", "If-Modified-Since", "_elements", "_summary", "_format", "_pretty"]);
        read["responses"] = responses(&["404", "410"], &format!("The {kind}"), "Resource", true);
        paths.insert(format!("/{kind}/{{id}}"), json!({ "get": read }));
    }
    if resource.offers(Interaction::Vread) {
        let mut vread =
            operation(base, resource, &format!("vread{kind}"), &format!("Read one version of the {kind} resource"));
        vread["parameters"] = references(&["id", "version", "_elements", "_summary", "_format", "_pretty"]);
        vread["responses"] = responses(&["404", "410"], &format!("That version of the {kind}"), "Resource", true);
        paths.insert(format!("/{kind}/{{id}}/_history/{{version}}"), json!({ "get": vread }));
    }
    paths
}

fn operation(base: &Base, resource: &Resource, id: &str, summary: &str) -> Value {
    let mut operation = json!({ "operationId": id, "summary": summary, "tags": [resource.kind] });
    if base.oauth.is_some() {
        let scopes = scopes(base.program, resource);
        // Each scope alone allows the type.
        operation["security"] = scopes.iter().map(|scope| json!({ OAUTH: [scope] })).collect();
    }
    operation
}

/// The scopes, each of which allows the type or a part of it.
fn scopes<'p>(program: &'p Program, resource: &Resource) -> Vec<&'p str> {
    let level = match resource.access {
        Access::Member => "patient/",
        Access::Directory => "public/",
    };
    let opens = |word: &str| {
        resource.kind == word
            || resource.granted_with.iter().any(|kind| kind == word)
            || resource.selection(word).is_some()
    };
    let scopes = program.scopes.iter().filter(|scope| scope.name.starts_with(level));
    scopes.filter(|scope| scope.resource().is_some_and(opens)).map(|scope| scope.name.as_str()).collect()
}

fn description(resource: &Resource) -> String {
    let mut text = resource.notes.join("\n\n");
    if !resource.examples.is_empty() {
        text.push_str(if text.is_empty() { "Examples:\n" } else { "\n\nExamples:\n" });
        resource.examples.iter().for_each(|example| text.push_str(&format!("\n- `GET [base]/{example}`")));
    }
    text
}

fn references(names: &[&str]) -> Value {
    names.iter().map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })).collect()
}

fn responses(errors: &[&str], text: &str, schema: &str, is_versioned: bool) -> Value {
    let mut success = json!({ "description": text, "content": content(schema) });
    let mut all = Map::new();
    if is_versioned {
        success["headers"] = json!({
            "ETag": { "$ref": "#/components/headers/ETag" },
            "Last-Modified": { "$ref": "#/components/headers/Last-Modified" },
        });
        all.insert("304".to_owned(), json!({ "$ref": "#/components/responses/NotModified" }));
    }
    all.insert("200".to_owned(), success);
    for status in errors.iter().chain(&["401", "403", "406", "429", "503"]) {
        all.insert((*status).to_owned(), json!({ "$ref": format!("#/components/responses/{}", name(status)) }));
    }
    all.into()
}

/// The name of the response in `components`.
fn name(status: &str) -> &'static str {
    match status {
        "400" => "BadRequest",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "NotFound",
        "406" => "NotAcceptable",
        "410" => "Gone",
        "415" => "UnsupportedMediaType",
        "422" => "TooCostly",
        "429" => "TooManyRequests",
        _ => "Unavailable",
    }
}

pub fn content(schema: &str) -> Value {
    json!({ "application/fhir+json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } })
}
