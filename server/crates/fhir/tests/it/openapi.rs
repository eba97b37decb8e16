//! The OpenAPI document and the CapabilityStatement against the search table.

use std::collections::BTreeSet;

use fhir::{
    capability::{Base, OauthUris},
    openapi,
};
use programs::{Programs, program::Program, resource::Access, resource::Interaction, surface::SurfaceKind};
use serde_json::Value;

fn base(program: &Program, kind: SurfaceKind) -> Base<'_> {
    let uri = |path: &str| format!("https://authz.example/oauth/{path}");
    let oauth = OauthUris {
        authorize: uri("authorize"),
        token: uri("token"),
        introspect: uri("introspect"),
        revoke: uri("revoke"),
        manage: uri("manage"),
    };
    Base { program, kind, url: "https://fhir.example/R4", oauth: (kind == SurfaceKind::Fhir).then_some(oauth) }
}

/// Every base of every program.
fn each(check: impl Fn(&Program, SurfaceKind, &Value)) {
    let programs = Programs::embedded().expect("the programs are right");
    for program in programs.iter() {
        for kind in [SurfaceKind::Fhir, SurfaceKind::Public] {
            check(program, kind, &openapi::document(&base(program, kind)));
        }
    }
}

/// Every object of a document.
fn objects<'v>(value: &'v Value, visit: &mut impl FnMut(&'v serde_json::Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            visit(members);
            members.values().for_each(|value| objects(value, visit));
        }
        Value::Array(items) => items.iter().for_each(|value| objects(value, visit)),
        _ => {}
    }
}

fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().iter().map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
        })
        .collect()
}

#[test]
fn every_reference_leads_somewhere_and_every_operation_is_whole() {
    each(|_, _, document| {
        assert_eq!(document["openapi"], "3.1.0");
        assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
        assert!(document["info"]["description"].as_str().unwrap().contains("1000 ids"));
        objects(document, &mut |members| {
            if let Some(reference) = members.get("$ref") {
                let pointer = reference.as_str().unwrap().strip_prefix('#').expect("a local reference");
                assert!(document.pointer(pointer).is_some(), "{pointer}");
            }
        });
        let mut ids = BTreeSet::new();
        for (path, method, operation) in operations(document) {
            assert!(matches!(method, "get" | "post"), "{path} {method}");
            assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{path}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.contains_key("200") && responses.keys().all(|status| status.len() == 3), "{path}");
            let parameters = operation["parameters"].as_array().unwrap().iter();
            let resolved = parameters.map(|parameter| match parameter["$ref"].as_str() {
                Some(reference) => document.pointer(&reference[1..]).unwrap(),
                None => parameter,
            });
            let mut names = BTreeSet::new();
            for parameter in resolved {
                let (name, place) = (parameter["name"].as_str().unwrap(), parameter["in"].as_str().unwrap());
                assert!(names.insert((place, name)), "{path}: {name} twice");
                assert!(parameter["schema"].is_object(), "{path}: {name}");
                assert!(place != "path" || parameter["required"] == true, "{path}: {name}");
            }
            let in_path: Vec<&str> =
                path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
            let declared: Vec<&str> =
                names.iter().filter(|(place, _)| *place == "path").map(|(_, name)| *name).collect();
            assert_eq!(in_path, declared, "{path}");
        }
    });
}

#[test]
fn every_parameter_of_the_table_is_there_and_no_other() {
    each(|program, kind, document| {
        for resource in &program.resources {
            let path = format!("/{}", resource.kind);
            let is_served = kind == SurfaceKind::Fhir || resource.access == Access::Directory;
            let search = document["paths"].get(&path);
            assert_eq!(search.is_some(), is_served && resource.offers(Interaction::Search), "{path}");
            let Some(search) = search else { continue };
            let names: BTreeSet<&str> = search["get"]["parameters"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|parameter| parameter["name"].as_str())
                .collect();
            let listed = resource.parameters.iter().chain(&resource.chains).map(|parameter| parameter.code.clone());
            let reversed = resource.reverse_chains.iter().map(|chain| format!("_has:{}", chain.text));
            let expect: BTreeSet<String> = listed.chain(reversed).collect();
            let missing: Vec<&String> = expect.iter().filter(|name| !names.contains(name.as_str())).collect();
            // Includes that cannot include anything are left out.
            assert!(
                missing.iter().all(|name| matches!(name.as_str(), "_include" | "_revinclude")),
                "{path}: {missing:?}"
            );
            assert!(names.iter().all(|name| expect.contains(*name)), "{path}");
            let form = &document["paths"][format!("{path}/_search")]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]
                ["schema"];
            assert_eq!(
                form["properties"].as_object().unwrap().keys().map(String::as_str).collect::<BTreeSet<_>>(),
                names,
                "{path}"
            );
            let required: Vec<&str> = resource.required().map(|parameter| parameter.code.as_str()).collect();
            let in_form: Vec<&str> =
                form["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            assert_eq!(in_form, required, "{path}");
        }
    });
}

#[test]
fn a_base_with_tokens_says_which_scopes_open_what() {
    each(|program, kind, document| {
        let scheme = document.pointer("/components/securitySchemes/oauth/flows");
        assert_eq!(scheme.is_some(), kind == SurfaceKind::Fhir);
        for resource in &program.resources {
            for (path, _, operation) in operations(document) {
                if !path.starts_with(&format!("/{}/", resource.kind)) {
                    continue;
                }
                let Some(scheme) = scheme else {
                    assert!(operation["security"].is_null(), "{path}");
                    continue;
                };
                let wanted: Vec<&str> = operation["security"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|one| one["oauth"][0].as_str().unwrap())
                    .collect();
                assert!(!wanted.is_empty(), "{path}");
                let offered = scheme["authorizationCode"]["scopes"].as_object().unwrap();
                assert!(wanted.iter().all(|scope| offered.contains_key(*scope)), "{path}: {wanted:?}");
                let opens = match resource.access {
                    Access::Member => "patient/",
                    Access::Directory => "public/",
                };
                assert!(wanted.iter().all(|scope| scope.starts_with(opens)), "{path}: {wanted:?}");
            }
        }
    });
}
