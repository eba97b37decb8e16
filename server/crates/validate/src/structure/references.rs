//! References within a resource: their form, and whether their targets are of the types that the element allows.

use serde_json::Value;

use super::{Checker, Object};
use crate::{
    path::Path,
    reference::{self, Target},
};

impl Checker<'_> {
    /// Checks the literal reference and the `type` next to it.
    pub(super) fn reference_form(&mut self, object: &Object, path: &Path<'_>) {
        let Some(text) = object.get("reference").and_then(Value::as_str) else { return };
        let at = path.member("reference");
        match reference::parse(text, self.types) {
            Err(reason) => self.report(&at, reason),
            Ok(Target::Contained(id)) if !id.is_empty() && contained(self.root, id).is_none() => {
                self.report(&at, format!("`#{id}` is not contained in the resource"));
            }
            Ok(Target::Typed(kind))
                if object.get("type").and_then(Value::as_str).is_some_and(|stated| stated != kind) =>
            {
                self.report(&path.member("type"), format!("differs from the reference's type, {kind}"));
            }
            Ok(_) => {}
        }
    }

    pub(super) fn target(&mut self, allowed: &[String], object: &Object, path: &Path<'_>) {
        let literal = object.get("reference").and_then(Value::as_str);
        let (kind, at) = match literal.map(|text| reference::parse(text, self.types)) {
            Some(Ok(Target::Typed(kind))) => (Some(kind), "reference"),
            Some(Ok(Target::Contained(id))) => (contained(self.root, id).and_then(kind_of), "reference"),
            _ => (object.get("type").and_then(Value::as_str), "type"),
        };
        if let Some(kind) = kind.filter(|kind| !allowed.iter().any(|one| one == kind)) {
            self.report(&path.member(at), format!("points at {kind}; allowed: {}", allowed.join(", ")));
        }
    }
}

/// The contained resource with this id; without an id, the resource itself.
pub fn contained<'a>(root: &'a Value, id: &str) -> Option<&'a Value> {
    if id.is_empty() {
        return Some(root);
    }
    let contained = root.get("contained").and_then(Value::as_array).into_iter().flatten();
    contained.into_iter().find(|resource| resource.get("id").and_then(Value::as_str) == Some(id))
}

pub fn kind_of(resource: &Value) -> Option<&str> {
    resource.get("resourceType").and_then(Value::as_str)
}
