//! What operations share: schemas, headers, responses and the security scheme.

use programs::resource::Resource;
use serde_json::{Map, Value, json};

use super::paths::{OAUTH, content};
use crate::capability::{Base, is_shown};

pub fn of(base: &Base, shown: &[&Resource]) -> Value {
    let mut components = json!({
        "schemas": schemas(shown),
        "parameters": parameters(),
        "headers": {
            "ETag": { "description": "`W/\"n\"`, where n is the version", "schema": { "type": "string" } },
            "Last-Modified": { "schema": { "type": "string" } },
        },
        "responses": responses(),
    });
    if let Some(oauth) = &base.oauth {
        let is_open = |kind: &str| base.program.guarded_by(kind).is_none_or(|resource| is_shown(base.kind, resource));
        let scopes = base.program.scopes.iter().filter(|scope| scope.resource().is_none_or(is_open));
        let all: Map<String, Value> =
            scopes.map(|scope| (scope.name.clone(), scope.description.en.clone().into())).collect();
        let public: Map<String, Value> = all
            .iter()
            .filter(|(name, _)| name.starts_with("public/"))
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect();
        components["securitySchemes"] = json!({
            OAUTH: {
                "type": "oauth2",
                "flows": {
                    "authorizationCode": {
                        "authorizationUrl": oauth.authorize,
                        "tokenUrl": oauth.token,
                        "refreshUrl": oauth.token,
                        "scopes": all,
                    },
                    "clientCredentials": { "tokenUrl": oauth.token, "scopes": public },
                },
            },
        });
    }
    components
}

/// HL7 publishes FHIR's own schemas; these contain only what every client relies on.
fn schemas(shown: &[&Resource]) -> Value {
    let kinds: Vec<&str> = shown.iter().map(|resource| resource.kind.as_str()).collect();
    let object = |kind: &str, properties: Value| {
        let mut all = json!({ "resourceType": { "const": kind } });
        if let (Some(all), Value::Object(properties)) = (all.as_object_mut(), properties) {
            all.extend(properties);
        }
        json!({ "type": "object", "required": ["resourceType"], "properties": all })
    };
    let text = json!({ "type": "string" });
    json!({
        "Resource": {
            "type": "object",
            "required": ["resourceType", "id", "meta"],
            "properties": {
                "resourceType": { "type": "string", "enum": kinds },
                "id": { "type": "string", "pattern": "^[A-Za-z0-9.-]{1,64}$" },
                "meta": {
                    "type": "object",
                    "properties": {
                        "versionId": text,
                        "lastUpdated": { "type": "string", "format": "date-time" },
                        "profile": { "type": "array", "items": text },
                    },
                },
            },
        },
        "Bundle": object("Bundle", json!({
            "type": { "const": "searchset" },
            "total": { "type": "integer", "minimum": 0 },
            "link": { "type": "array", "items": {
                "type": "object",
                "required": ["relation", "url"],
                "properties": { "relation": { "enum": ["self", "first", "previous", "next"] }, "url": text },
            } },
            "entry": { "type": "array", "items": {
                "type": "object",
                "properties": {
                    "fullUrl": text,
                    "resource": { "type": "object" },
                    "search": { "type": "object", "properties": { "mode": { "enum": ["match", "include", "outcome"] } } },
                },
            } },
        })),
        "OperationOutcome": object("OperationOutcome", json!({
            "issue": { "type": "array", "items": {
                "type": "object",
                "required": ["severity", "code"],
                "properties": { "severity": text, "code": text, "diagnostics": text },
            } },
        })),
        "CapabilityStatement": object("CapabilityStatement", json!({})),
    })
}

fn parameters() -> Value {
    let parameter = |name: &str, place: &str, schema: Value| json!({ "name": name, "in": place, "schema": schema });
    let in_path = |name: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    let text = || json!({ "type": "string" });
    let flag = || json!({ "type": "string", "enum": ["true", "false"] });
    json!({
        "id": in_path("id"),
        "version": in_path("version"),
        "_elements": parameter("_elements", "query", text()),
        "_summary": parameter("_summary", "query", json!({ "type": "string", "enum": ["true", "text", "data", "false"] })),
        "_format": parameter("_format", "query", json!({ "type": "string", "enum": ["json", "application/json", "application/fhir+json"] })),
        "_pretty": parameter("_pretty", "query", flag()),
        "If-None-Match": parameter("If-None-Match", "header", text()),
        "If-Modified-Since": parameter("If-Modified-Since", "header", text()),
        "Prefer": parameter("Prefer", "header", json!({ "type": "string", "enum": ["handling=strict", "handling=lenient"] })),
    })
}

fn responses() -> Value {
    let outcome = |text: &str| json!({ "description": text, "content": content("OperationOutcome") });
    json!({
        "NotModified": { "description": "The client already has the current version" },
        "BadRequest": outcome("A parameter is not supported, is missing, or is not valid"),
        "Unauthorized": outcome("The token is missing or not valid"),
        "Forbidden": outcome("The token does not have the scope"),
        "NotFound": outcome("The resource does not exist or may not be seen"),
        "NotAcceptable": outcome("Only JSON is available"),
        "Gone": outcome("The resource was deleted"),
        "UnsupportedMediaType": outcome("The body is not a form"),
        "TooCostly": outcome("The search asks for more than one response can contain"),
        "TooManyRequests": outcome("Too many requests"),
        "Unavailable": outcome("Not available right now; try again later"),
    })
}
