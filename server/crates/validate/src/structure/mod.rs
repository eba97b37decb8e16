//! Whether a resource is FHIR R4: its elements, types, cardinalities, required bindings and references
//! (hl7.org/fhir/R4/json.html, hl7.org/fhir/R4/datatypes.html).

mod references;
mod siblings;

use serde_json::{Map, Value};

pub use self::references::{contained, kind_of};
use crate::{
    narrative,
    path::Path,
    primitive::Primitive,
    problem::{Problem, Severity},
    terminology::{Expansion, Membership},
    types::{Binding, Element, Kind, Member, Type, Types},
};

type Object = Map<String, Value>;

/// Everything that is not allowed in R4.
pub fn check(types: &Types, resource: &Value) -> Vec<Problem> {
    let mut checker = Checker { types, root: resource, problems: Vec::new() };
    let kind = resource.get("resourceType").and_then(Value::as_str).unwrap_or("Resource");
    checker.resource(resource, &Path::root(kind), None);
    checker.problems
}

/// The most problems that are reported for one resource: a file in another format has thousands.
pub const MOST_PROBLEMS: usize = 50;

struct Checker<'a> {
    types: &'a Types,
    /// The outermost resource, which holds the contained ones.
    root: &'a Value,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn report(&mut self, path: &Path<'_>, reason: impl Into<String>) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { severity: Severity::Error, path: path.to_string(), reason: reason.into() });
        }
    }

    /// A resource at the top level, or in another resource's element with this name.
    fn resource(&mut self, value: &Value, path: &Path<'_>, within: Option<&str>) {
        let Some(object) = value.as_object() else { return self.report(path, "is not a JSON object") };
        let Some(kind) = object.get("resourceType").and_then(Value::as_str) else {
            return self.report(&path.member("resourceType"), "is missing");
        };
        let types = self.types;
        let Some(kind) = types.resource(kind) else {
            return self.report(&path.member("resourceType"), format!("`{kind}` is not a resource type of R4"));
        };
        if within == Some("contained") {
            self.contained(object, path);
        }
        self.object(kind, object, path);
    }

    /// dom-2, and the id by which a contained resource is found (hl7.org/fhir/R4/references.html#contained).
    fn contained(&mut self, object: &Object, path: &Path<'_>) {
        if object.contains_key("contained") {
            self.report(&path.member("contained"), "is not allowed: contained resources cannot contain others");
        }
        if !object.contains_key("id") {
            self.report(&path.member("id"), "is missing: references to a contained resource need it");
        }
    }

    fn object(&mut self, kind: &Type, object: &Object, path: &Path<'_>) {
        if !kind.is_resource && object.keys().all(|name| name == "id") {
            return self.report(path, "is empty");
        }
        for (name, value) in object {
            if kind.is_resource && name == "resourceType" {
                continue;
            }
            let at = path.member(name);
            match name.strip_prefix('_') {
                Some(plain) => self.sibling(kind, object, plain, value, &at),
                None => match kind.members.get(name) {
                    Some(member) => self.member(&kind.elements[member.element], member, object, value, &at),
                    None => self.unknown(kind, name, &at),
                },
            }
        }
        self.elements(kind, object, path);
        match kind.name.as_str() {
            "Extension" => self.extension(object, path),
            "Reference" => self.reference_form(object, path),
            _ => {}
        }
    }

    fn unknown(&mut self, kind: &Type, name: &str, at: &Path<'_>) {
        let choice = kind
            .elements
            .iter()
            .find(|element| element.name.strip_suffix("[x]").is_some_and(|stem| name.starts_with(stem)));
        match choice {
            Some(choice) => self.report(at, format!("is not a type of {}.{} in R4", kind.name, choice.name)),
            None => self.report(at, format!("is not an element of {} in R4", kind.name)),
        }
    }

    /// Reports missing elements, and choices with more than one value.
    fn elements(&mut self, kind: &Type, object: &Object, path: &Path<'_>) {
        for element in &kind.elements {
            if !element.is_choice() {
                if element.is_required && !is_there(object, &element.name) {
                    self.report(&path.member(&element.name), "is missing");
                }
                continue;
            }
            let stem = element.name.trim_end_matches("[x]");
            let plain = object.keys().map(|name| name.strip_prefix('_').unwrap_or(name));
            let made = plain.filter(|name| name.starts_with(stem) && is_choice_of(kind, name, &element.name));
            let mut made: Vec<&str> = made.collect();
            made.sort_unstable();
            made.dedup();
            match made[..] {
                [] if element.is_required => self.report(&path.member(&element.name), "is missing"),
                [_, _, ..] => {
                    self.report(&path.member(&element.name), format!("is given more than once: {}", made.join(", ")));
                }
                _ => {}
            }
        }
    }

    fn member(&mut self, element: &Element, member: &Member, object: &Object, value: &Value, at: &Path<'_>) {
        if element.is_forbidden {
            return self.report(at, "is not allowed");
        }
        if !element.is_list {
            return match value {
                Value::Array(_) => self.report(at, "is a list, but only one value is allowed"),
                _ => self.value(element, member, value, at),
            };
        }
        let Some(list) = value.as_array() else {
            return self.report(at, "is not a list, but several values are allowed");
        };
        if list.is_empty() {
            return self.report(at, "is an empty list");
        }
        let siblings = if let Kind::Primitive(_) = member.kind { list_sibling(object, &element.name) } else { None };
        for (index, value) in list.iter().enumerate() {
            let has_sibling =
                siblings.is_some_and(|siblings| siblings.get(index).is_some_and(|sibling| !sibling.is_null()));
            if !(value.is_null() && has_sibling) {
                self.value(element, member, value, &at.index(index));
            }
        }
    }

    fn value(&mut self, element: &Element, member: &Member, value: &Value, at: &Path<'_>) {
        let types = self.types;
        match &member.kind {
            Kind::Resource => return self.resource(value, at, Some(&element.name)),
            Kind::Primitive(primitive) => {
                if let Err(reason) = primitive.check(value) {
                    return self.report(at, reason);
                }
                if let (Primitive::Xhtml, Value::String(text)) = (primitive, value)
                    && let Err(reason) = narrative::check(text)
                {
                    return self.report(at, reason);
                }
            }
            Kind::Complex(id) => match value.as_object() {
                Some(object) => self.object(&types.all[*id], object, at),
                None => return self.report(at, format!("is not a JSON object: its type is {}", types.all[*id].name)),
            },
            Kind::Reference(targets) => match (value.as_object(), types.find("Reference")) {
                (Some(object), Some(kind)) => {
                    self.object(kind, object, at);
                    if let Some(targets) = targets {
                        self.target(targets, object, at);
                    }
                }
                _ => return self.report(at, "is not a JSON object: its type is Reference"),
            },
        }
        if let Some(binding) = &element.binding {
            self.binding(binding, value, at);
        }
    }

    /// ext-1 (hl7.org/fhir/R4/extensibility.html#Extension).
    fn extension(&mut self, object: &Object, path: &Path<'_>) {
        let has_value = object.keys().any(|name| name.starts_with("value") || name.starts_with("_value"));
        let has_extensions = object.contains_key("extension");
        if has_value && has_extensions {
            self.report(path, "has a value and extensions: only one of them is allowed");
        } else if !has_value && !has_extensions {
            self.report(path, "has neither a value nor extensions");
        }
    }

    fn binding(&mut self, binding: &Binding, value: &Value, at: &Path<'_>) {
        match value {
            Value::String(code) if binding.codes.membership(None, code) == Membership::Out => {
                self.report(at, format!("`{code}` is not a code of {}", binding.url));
            }
            Value::Object(object) if concept_membership(&binding.codes, object) == Membership::Out => {
                self.report(at, format!("has no code of {}", binding.url));
            }
            _ => {}
        }
    }
}

/// The membership of a Coding or Quantity, or of any coding of a CodeableConcept.
pub fn concept_membership(codes: &Expansion, object: &Object) -> Membership {
    let of = |coding: &Object| match coding.get("code").and_then(Value::as_str) {
        // A Coding without a system could be of any system; the code alone decides.
        Some(code) => codes.membership(coding.get("system").and_then(Value::as_str), code),
        None => Membership::Out,
    };
    let Some(codings) = object.get("coding") else {
        // An extension may state why there is no code.
        let is_absent =
            object.contains_key("extension") && !object.contains_key("code") && !object.contains_key("text");
        return if is_absent { Membership::Unknown } else { of(object) };
    };
    let found: Vec<Membership> =
        codings.as_array().into_iter().flatten().filter_map(Value::as_object).map(of).collect();
    match () {
        () if found.contains(&Membership::In) => Membership::In,
        () if found.contains(&Membership::Unknown) => Membership::Unknown,
        () => Membership::Out,
    }
}

fn is_there(object: &Object, name: &str) -> bool {
    object.contains_key(name) || object.keys().any(|other| other.strip_prefix('_') == Some(name))
}

fn is_choice_of(kind: &Type, name: &str, element: &str) -> bool {
    kind.members.get(name).is_some_and(|member| kind.elements[member.element].name == element)
}

fn list_sibling<'a>(object: &'a Object, name: &str) -> Option<&'a Vec<Value>> {
    let found = object.iter().find(|(other, _)| other.strip_prefix('_') == Some(name));
    found.and_then(|(_, value)| value.as_array())
}
