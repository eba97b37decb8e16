//! The CapabilityStatement (hl7.org/fhir/R4/capabilitystatement.html), from the table that runs the search.

use std::sync::Arc;

use jiff::Timestamp;
use programs::{
    definitions::ParameterKind,
    program::Program,
    resource::{Access, Include, Interaction, Parameter, Resource},
    surface::SurfaceKind,
};
use serde_json::{Value, json};

use crate::engine::Engine;

/// Where apps get their tokens (SMART App Launch 1.0, `oauth-uris`).
#[derive(Clone, Debug)]
pub struct OauthUris {
    pub authorize: String,
    pub token: String,
    pub introspect: String,
    pub revoke: String,
}

/// Whose statement it is.
pub struct Base<'a> {
    pub program: &'a Program,
    pub kind: SurfaceKind,
    /// The service base.
    pub url: &'a str,
    /// On bases that want a token.
    pub oauth: Option<OauthUris>,
}

impl Engine {
    /// The statement of a base, as JSON; made once a base.
    pub fn capability_statement(&self, base: &Base) -> Arc<str> {
        if let Some(statement) = self.statements.get(base.url) {
            return statement;
        }
        let statement: Arc<str> = statement(base, self.store.now()).to_string().into();
        self.statements.insert(base.url.to_owned(), statement.clone());
        statement
    }
}

fn statement(base: &Base, date: Timestamp) -> Value {
    let Base { program, url, .. } = base;
    let shown: Vec<&Resource> = program.resources.iter().filter(|resource| is_shown(base.kind, resource)).collect();
    let guides = program.guides.iter().filter(|guide| {
        base.kind != SurfaceKind::Public || shown.iter().any(|resource| resource.source == guide.source)
    });
    let instantiates: Vec<&String> = guides.filter_map(|guide| guide.capability_statement.as_ref()).collect();
    let resources: Vec<Value> = shown.iter().map(|resource| self::resource(base, resource)).collect();
    let mut rest = json!({ "mode": "server", "resource": resources });
    if let Some(oauth) = &base.oauth {
        rest["security"] = security(oauth);
    }
    json!({
        "resourceType": "CapabilityStatement",
        "url": format!("{url}/metadata"),
        "version": env!("CARGO_PKG_VERSION"),
        "name": "FLEX",
        "title": program.title,
        "status": "active",
        "date": date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "publisher": program.name,
        "description": program.tagline,
        "kind": "instance",
        "instantiates": instantiates,
        "software": { "name": "FLEX", "version": env!("CARGO_PKG_VERSION") },
        "implementation": { "description": program.name, "url": url },
        "fhirVersion": program.fhir_version,
        "format": ["application/fhir+json", "json"],
        "rest": [rest],
    })
}

fn is_shown(kind: SurfaceKind, resource: &Resource) -> bool {
    kind != SurfaceKind::Public || resource.access == Access::Directory
}

fn security(oauth: &OauthUris) -> Value {
    let uri = |name: &str, uri: &str| json!({ "url": name, "valueUri": uri });
    json!({
        "cors": true,
        "service": [{
            "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/restful-security-service",
                "code": "SMART-on-FHIR",
            }],
            "text": "OAuth2 using SMART-on-FHIR profile (see http://docs.smarthealthit.org)",
        }],
        "extension": [{
            "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
            "extension": [
                uri("authorize", &oauth.authorize),
                uri("token", &oauth.token),
                uri("introspect", &oauth.introspect),
                uri("revoke", &oauth.revoke),
            ],
        }],
    })
}

fn resource(base: &Base, resource: &Resource) -> Value {
    let interactions = resource.interactions.iter().map(|interaction| match interaction {
        Interaction::Read => "read",
        Interaction::Vread => "vread",
        Interaction::Search => "search-type",
    });
    let is_shown = |kind: &str| base.program.resource(kind).is_some_and(|resource| is_shown(base.kind, resource));
    let texts = |includes: &[Include]| -> Vec<String> {
        let reachable = includes.iter().filter(|include| include.applies && is_shown(&include.source));
        reachable.map(|include| include.text.clone()).collect()
    };
    let offered = resource.parameters.iter();
    let offered = offered.filter(|parameter| parameter.search.definition.kind != ParameterKind::Result);
    let mut entry = json!({
        "type": resource.kind,
        "documentation": resource.text,
        "interaction": interactions.map(|code| json!({ "code": code })).collect::<Vec<_>>(),
        "versioning": "versioned",
        "readHistory": resource.offers(Interaction::Vread),
        "updateCreate": false,
        "conditionalRead": "full-support",
        "referencePolicy": ["resolves"],
    });
    let lists = [
        ("supportedProfile", resource.profiles.iter().map(|profile| json!(profile)).collect::<Vec<_>>()),
        ("searchInclude", texts(&resource.includes).into_iter().map(Value::from).collect()),
        ("searchRevInclude", texts(&resource.rev_includes).into_iter().map(Value::from).collect()),
        ("searchParam", offered.map(parameter).collect()),
    ];
    for (name, list) in lists {
        // FHIR knows no empty lists.
        if !list.is_empty() {
            entry[name] = list.into();
        }
    }
    entry
}

fn parameter(parameter: &Parameter) -> Value {
    let mut entry = json!({ "name": parameter.code, "type": parameter.search.definition.kind.as_str() });
    if parameter.search.links.is_empty()
        && let Some(url) = &parameter.search.definition.url
    {
        entry["definition"] = url.as_str().into();
    }
    if parameter.required {
        entry["documentation"] = "Required.".into();
    }
    entry
}
