//! What a refused form leaves for the page it came from. Kept in the session, never in the address.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Values by input name, as forms have them: text, none or several.
pub type Values = BTreeMap<String, Vec<String>>;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Flash {
    pub values: Values,
    pub errors: Vec<Error>,
}

/// One thing that is wrong. An error of no input has an empty field and stands in the summary alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Error {
    pub field: String,
    /// A code of [`crate::texts::errors`].
    pub code: String,
}

impl Error {
    pub fn new(field: impl Into<String>, code: impl Into<String>) -> Self {
        Self { field: field.into(), code: code.into() }
    }

    /// Of the whole form.
    pub fn general(code: impl Into<String>) -> Self {
        Self::new("", code)
    }
}

impl From<model::form::FieldError> for Error {
    fn from(error: model::form::FieldError) -> Self {
        Self::new(error.field, error.code.as_str())
    }
}

/// The fields of a form's struct. Secrets are marked `#[serde(skip_serializing)]` there, so that they never get here.
pub fn values_of(form: &impl Serialize) -> Values {
    let Ok(Value::Object(fields)) = serde_json::to_value(form) else { return Values::new() };
    fields.into_iter().map(|(name, value)| (name, texts_of(value))).collect()
}

fn texts_of(value: Value) -> Vec<String> {
    match value {
        Value::Null | Value::Bool(false) => Vec::new(),
        Value::Bool(true) => vec!["on".to_owned()],
        Value::String(text) => vec![text],
        Value::Array(values) => values.into_iter().flat_map(texts_of).collect(),
        other => vec![other.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Typed {
        email: &'static str,
        #[serde(skip_serializing)]
        password: &'static str,
        agree: bool,
        scopes: Vec<&'static str>,
    }

    #[test]
    fn a_flash_holds_what_was_typed_but_no_secret() {
        let typed = Typed { email: "a@example.org", password: "hunter2", agree: true, scopes: vec!["a", "b"] };
        assert_eq!(typed.password, "hunter2");
        let values = values_of(&typed);
        assert_eq!(values["email"], ["a@example.org"]);
        assert_eq!(values["agree"], ["on"]);
        assert_eq!(values["scopes"], ["a", "b"]);
        assert!(!values.contains_key("password"));
    }
}
