//! The values of an element in an object: single or in a list, of one type or of a choice, with the companions of
//! primitives.

use serde_json::{Map, Value};

use crate::primitive::Primitive;

type Object = Map<String, Value>;

/// A value of an element.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    pub value: &'a Value,
    /// `_name`, the companion of a primitive.
    pub sibling: Option<&'a Object>,
    /// Its name in JSON.
    pub name: &'a str,
    /// The name of the type, for a choice.
    pub kind: &'a str,
    pub index: Option<usize>,
}

impl<'a> Found<'a> {
    pub fn object(&self) -> Option<&'a Object> {
        self.value.as_object().or(self.sibling)
    }

    /// A primitive without a value whose extension gives the reason.
    pub fn is_absent(&self) -> bool {
        self.value.is_null()
    }

    /// The type's code, for a choice: `dateTime` of `valueDateTime`.
    pub fn type_code(&self) -> String {
        let (first, rest) = initial(self.kind);
        let small = format!("{}{rest}", first.to_ascii_lowercase());
        if Primitive::find(&small).is_some() { small } else { self.kind.to_owned() }
    }

    /// Whether a value of a choice has this type: `valueDateTime` has `dateTime`. Other elements have only one type.
    pub fn is_of(&self, code: &str) -> bool {
        let code = if matches!(code, "SimpleQuantity" | "MoneyQuantity") { "Quantity" } else { code };
        let (first, rest) = initial(code);
        let (kind_first, kind_rest) = initial(self.kind);
        self.kind.is_empty() || (kind_first.eq_ignore_ascii_case(first) && kind_rest == rest)
    }
}

fn initial(name: &str) -> (&str, &str) {
    name.split_at_checked(1).unwrap_or((name, ""))
}

/// The values of an element in an object.
pub fn find<'b>(name: &'b str, object: &'b Object) -> Vec<Found<'b>> {
    let mut found = Vec::new();
    let Some(stem) = name.strip_suffix("[x]") else {
        let sibling = object.iter().find(|(other, _)| other.strip_prefix('_') == Some(name)).map(|(_, value)| value);
        push(&mut found, name, "", object.get(name), sibling);
        return found;
    };
    for (key, value) in object {
        let plain = key.strip_prefix('_').unwrap_or(key);
        let is_type = |kind: &&str| kind.starts_with(|first: char| first.is_ascii_uppercase());
        let Some(kind) = plain.strip_prefix(stem).filter(is_type) else { continue };
        match key.strip_prefix('_') {
            None => {
                let sibling = object.iter().find(|(other, _)| other.strip_prefix('_') == Some(plain));
                push(&mut found, plain, kind, Some(value), sibling.map(|(_, value)| value));
            }
            Some(_) if !object.contains_key(plain) => push(&mut found, plain, kind, None, Some(value)),
            Some(_) => {}
        }
    }
    found
}

fn push<'b>(
    found: &mut Vec<Found<'b>>,
    name: &'b str,
    kind: &'b str,
    value: Option<&'b Value>,
    sibling: Option<&'b Value>,
) {
    const NONE: &Value = &Value::Null;
    match (value, sibling) {
        (Some(Value::Array(values)), siblings) => {
            let siblings = siblings.and_then(Value::as_array);
            let beside = |index: usize| siblings.and_then(|siblings| siblings.get(index)?.as_object());
            let each = values.iter().enumerate();
            found.extend(each.map(|(index, value)| Found {
                value,
                sibling: beside(index),
                name,
                kind,
                index: Some(index),
            }));
        }
        (None, Some(Value::Array(siblings))) => {
            let each = siblings.iter().enumerate();
            found.extend(each.map(|(index, one)| Found {
                value: NONE,
                sibling: one.as_object(),
                name,
                kind,
                index: Some(index),
            }));
        }
        (None, None) => {}
        (value, sibling) => {
            let sibling = sibling.and_then(Value::as_object);
            found.push(Found { value: value.unwrap_or(NONE), sibling, name, kind, index: None });
        }
    }
}
