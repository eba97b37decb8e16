//! Reads: everything that may be seen, as it was loaded, and nothing else.

use fhir::error::Kind;
use serde_json::Value;

use crate::proof::ask::Ask;

pub async fn walk(ask: &Ask<'_>) {
    let (engine, authority) = (&ask.world.engine, &ask.subject.authority);
    for held in ask.oracle.held.iter().filter(|held| !held.is_contained) {
        let (kind, id) = (&held.kind, &held.id);
        let is_seen = held.owner.shows_to(ask.patient());
        let read = engine.read(authority, kind, id).await;
        let vread = engine.vread(authority, kind, id, "1").await;
        for (what, found) in [("read", read), ("vread", vread)] {
            match found {
                Ok(found) if is_seen => {
                    let body: Value = serde_json::from_str(&found.body).expect("a resource is JSON");
                    if without_version(&body) != without_version(&held.json) {
                        ask.findings.fail(format!("{what} {kind}/{id}: {body} is not {}", held.json));
                    }
                }
                Err(error) if !is_seen && matches!(error.kind(), Kind::NotFound | Kind::UnknownType) => {}
                Ok(_) => ask.findings.fail(format!("{what} {kind}/{id} is answered")),
                Err(error) => ask.findings.fail(format!("{what} {kind}/{id}: {error}")),
            }
        }
    }
}

/// The resource without what the store itself adds.
fn without_version(resource: &Value) -> Value {
    let mut resource = resource.clone();
    if let Some(meta) = resource["meta"].as_object_mut() {
        meta.remove("versionId");
        meta.remove("lastUpdated");
    }
    if resource["meta"].as_object().is_none_or(serde_json::Map::is_empty) {
        resource.as_object_mut().expect("a resource is an object").remove("meta");
    }
    resource
}
