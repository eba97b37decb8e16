//! The companions of primitives, such as `_birthDate`.

use serde_json::Value;

use super::{Checker, Object};
use crate::{
    path::Path,
    types::{Kind, Type},
};

impl Checker<'_> {
    /// `_name`: ids and extensions of a primitive (hl7.org/fhir/R4/json.html#primitive).
    pub(super) fn sibling(&mut self, kind: &Type, object: &Object, plain: &str, value: &Value, at: &Path<'_>) {
        let member = kind.members.get(plain);
        let Some(member) = member.filter(|member| matches!(member.kind, Kind::Primitive(_))) else {
            return self.report(at, format!("does not belong to a primitive element of {} in R4", kind.name));
        };
        if !kind.elements[member.element].is_list {
            return self.sibling_object(value, at);
        }
        let Some(list) = value.as_array().filter(|list| !list.is_empty()) else {
            return self.report(at, "is not a list, or is empty");
        };
        if let Some(values) = object.get(plain).and_then(Value::as_array)
            && values.len() != list.len()
        {
            self.report(at, format!("is not as long as `{plain}`"));
        }
        for (index, sibling) in list.iter().enumerate() {
            if !sibling.is_null() {
                self.sibling_object(sibling, &at.index(index));
            }
        }
    }

    fn sibling_object(&mut self, value: &Value, at: &Path<'_>) {
        let types = self.types;
        match (value.as_object(), types.find("Element")) {
            (Some(object), _) if object.is_empty() => self.report(at, "is empty"),
            // An id alone is enough here, because the value is given too.
            (Some(object), _) if object.len() == 1 && object.get("id").is_some_and(Value::is_string) => {}
            (Some(object), Some(kind)) => self.object(kind, object, at),
            _ => self.report(at, "is not a JSON object with `id` or `extension`"),
        }
    }
}
