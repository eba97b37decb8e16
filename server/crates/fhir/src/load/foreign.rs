//! Files in feeds that are never loaded: those in which a FHIR package describes itself, and what the computer that
//! packed an archive left in it.

use std::path::Path;

use serde_json::{Map, Value};

use super::Origin;
use crate::index::reference::is_kind;

/// How to count a text that cannot be loaded: by its resource type, if it lacks only what loading needs, or by the name
/// of a package's own file. `None` if it is neither.
pub fn kind(json: &str, origin: &Origin) -> Option<String> {
    let object: Map<String, Value> = serde_json::from_str(json).ok()?;
    match object.get("resourceType") {
        Some(kind) => kind.as_str().filter(|kind| is_kind(kind)).map(str::to_owned),
        None => {
            let name = Path::new(&*origin.path).file_name()?.to_str()?;
            is_of_package(name, &object).then(|| name.to_owned())
        }
    }
}

/// A package's manifest, index, summaries and interfaces (confluence.hl7.org, NPM Package Specification).
fn is_of_package(name: &str, object: &Map<String, Value>) -> bool {
    let has = |members: &[&str]| members.iter().all(|member| object.contains_key(*member));
    matches!(name, "package.json" | ".index.json" | "validation-summary.json" | "validation-oo.json")
        || has(&["index-version", "files"])
        || has(&["name", "version", "fhirVersions"])
        || has(&["openapi", "info"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_s_own_files_are_known_and_nothing_else_is() {
        let check = |path: &str, json: &str, expect: Option<&str>| {
            let origin = Origin { path: path.into(), line: 1 };
            assert_eq!(kind(json, &origin).as_deref(), expect, "{path} {json}");
        };
        check("a/package.json", r#"{"name":"x","version":"1"}"#, Some("package.json"));
        check("a/.index.json", r#"{"files":[]}"#, Some(".index.json"));
        check("a/x.json", r#"{"index-version":1,"files":[]}"#, Some("x.json"));
        check("a/manifest.json", r#"{"name":"x","version":"1","fhirVersions":["4.0.1"]}"#, Some("manifest.json"));
        check("a/x.openapi.json", r#"{"openapi":"3.0.2","info":{}}"#, Some("x.openapi.json"));
        check("a/x.json", r#"{"resourceType":"StructureDefinition"}"#, Some("StructureDefinition"));
        check("a/x.json", r#"{"id":"a"}"#, None);
        check("a/x.json", r#"{"resourceType":7}"#, None);
        check("a/x.json", r#"{"resourceType":"no type"}"#, None);
        check("a/package.json", "[]", None);
        check("a/package.json", "{", None);
    }
}
