//! The CapabilityStatement (hl7.org/fhir/R4/capabilitystatement.html), from the table that also drives the search.

use std::sync::Arc;

use jiff::Timestamp;
use programs::{
    definitions::ParameterKind,
    program::Program,
    resource::{Access, Include, Interaction, Parameter, Resource},
    surface::SurfaceKind,
};
use serde_json::{Value, json};

use crate::{batch::MOST_ENTRIES, engine::Engine, search::request::limits};

/// Where apps get their tokens (SMART App Launch 1.0, `oauth-uris`).
#[derive(Clone, Debug)]
pub struct OauthUris {
    pub authorize: String,
    pub token: String,
    pub introspect: String,
    pub revoke: String,
    /// Where members see and end what they allowed.
    pub manage: String,
}

/// The base that the statement describes.
pub struct Base<'a> {
    pub program: &'a Program,
    pub kind: SurfaceKind,
    /// The base's URL.
    pub url: &'a str,
    /// Set on bases that require a token.
    pub oauth: Option<OauthUris>,
}

impl Engine {
    /// The statement of a base, as JSON. It is built once per base.
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
    // Only guides that are supported in full.
    let statements = guides.filter_map(|guide| guide.capability_statement.as_ref());
    let instantiates: Vec<&String> = statements.filter(|statement| program.is_whole(statement)).collect();
    let resources: Vec<Value> = shown.iter().map(|resource| self::resource(base, resource)).collect();
    let mut rest = json!({
        "mode": "server",
        "documentation": documentation(base),
        "resource": resources,
        "interaction": [{
            "code": "batch",
            "documentation": format!("Reads and searches, {MOST_ENTRIES} entries at most; no writes, no transactions."),
        }],
    });
    if let Some(oauth) = &base.oauth {
        rest["security"] = security(oauth);
    }
    let mut statement = json!({
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
        "software": { "name": "FLEX", "version": env!("CARGO_PKG_VERSION") },
        "implementation": { "description": program.name, "url": url },
        "fhirVersion": program.fhir_version,
        "format": ["application/fhir+json", "json"],
        "rest": [rest],
    });
    // FHIR does not allow empty lists.
    if !instantiates.is_empty() {
        statement["instantiates"] = json!(instantiates);
    }
    statement
}

fn documentation(base: &Base) -> String {
    let paging = base.program.paging;
    format!(
        "Read-only. A parameter that is not listed is refused with 400; with `Prefer: handling=lenient` it is ignored, and \
         the Bundle says so. A page has {} matches, {} at most (`_count`). Every search takes `_sort` by its \
         string, token and date parameters, `_elements`, `_summary`, `_total`, `_format` (JSON) and `_pretty`. {} The same as \
         an OpenAPI document: {}/openapi.json",
        paging.default,
        paging.most,
        limits(),
        base.url
    )
}

/// Whether a base of this kind serves the type.
pub(crate) fn is_shown(kind: SurfaceKind, resource: &Resource) -> bool {
    kind != SurfaceKind::Public || resource.access == Access::Directory
}

fn security(oauth: &OauthUris) -> Value {
    let uri = |name: &str, uri: &str| json!({ "url": name, "valueUri": uri });
    json!({
        "cors": true,
        "description": "A bearer token (RFC 6750) or one bound to a key (RFC 9449), by SMART App Launch or client credentials.",
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
                uri("manage", &oauth.manage),
            ],
        }],
    })
}

/// The includes that can find something on this base.
pub(crate) fn reachable<'a>(base: &'a Base, includes: &'a [Include]) -> impl Iterator<Item = &'a Include> {
    let serves = |kind: &str| base.program.resource(kind).is_some_and(|resource| is_shown(base.kind, resource));
    includes.iter().filter(move |include| include.applies && serves(&include.source))
}

fn resource(base: &Base, resource: &Resource) -> Value {
    let interactions = resource.interactions.iter().map(|interaction| match interaction {
        Interaction::Read => "read",
        Interaction::Vread => "vread",
        Interaction::Search => "search-type",
    });
    let texts = |includes: &[Include]| -> Vec<String> {
        reachable(base, includes).map(|include| include.text.clone()).collect()
    };
    let offered = resource.parameters.iter();
    let offered = offered.filter(|parameter| parameter.search.definition.kind != ParameterKind::Result);
    let reversed: Vec<String> = resource.reverse_chains.iter().map(|chain| format!("_has:{}", chain.text)).collect();
    let mut entry = json!({
        "type": resource.kind,
        "documentation": match &reversed[..] {
            [] => resource.text.clone(),
            reversed => format!("{}\n\nReverse chains: {}.", resource.text, reversed.join(", ")),
        },
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
        ("searchParam", offered.map(|parameter| self::parameter(resource, parameter)).collect()),
    ];
    for (name, list) in lists {
        // FHIR does not allow empty lists.
        if !list.is_empty() {
            entry[name] = list.into();
        }
    }
    entry
}

fn parameter(resource: &Resource, parameter: &Parameter) -> Value {
    let mut entry = json!({ "name": parameter.code, "type": parameter.search.definition.kind.as_str() });
    if parameter.search.links.is_empty()
        && let Some(url) = &parameter.search.definition.url
    {
        entry["definition"] = url.as_str().into();
    }
    let mut says: Vec<String> = parameter.required.then(|| "Required.".to_owned()).into_iter().collect();
    let head = format!("{}.", parameter.code);
    let chains = resource.chains.iter().chain(&resource.parameters).filter(|chain| chain.code.starts_with(&head));
    let chains: Vec<&str> = chains.map(|chain| chain.code.as_str()).collect();
    if !chains.is_empty() {
        says.push(format!("Chains: {}.", chains.join(", ")));
    }
    if !says.is_empty() {
        entry["documentation"] = says.join(" ").into();
    }
    entry
}
