//! What a refused form leaves for the page it came from. Kept in the session, never in the address.

use std::collections::BTreeMap;

use model::form::{Code, FieldError};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Values by input name, as forms have them: text, none or several.
pub type Values = BTreeMap<String, Vec<String>>;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Flash {
    pub values: Values,
    pub errors: Vec<Error>,
}

impl Flash {
    /// Of so many bytes at most: the longest values go first, and their fields say why.
    pub fn into_json(mut self, most: usize) -> String {
        loop {
            // Our own structures are always JSON.
            let json = serde_json::to_string(&self).unwrap_or_default();
            if json.len() <= most {
                return json;
            }
            let length = |values: &Vec<String>| values.iter().map(String::len).sum::<usize>();
            let longest = self.values.iter().max_by_key(|(_, values)| length(values));
            let Some(name) = longest.map(|(name, _)| name.clone()) else {
                // Nothing but errors is left of a form with more fields than any of ours.
                self.errors = vec![Error::general(Code::TooLong)];
                continue;
            };
            self.values.remove(&name);
            if self.errors.iter().all(|error| error.field != name) {
                self.errors.push(Error::new(name, Code::TooLong));
            }
        }
    }
}

/// One thing that is wrong. An error that concerns no input has an empty field, and only the summary shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Error {
    pub field: String,
    pub code: Code,
}

impl Error {
    pub fn new(field: impl Into<String>, code: impl Into<Code>) -> Self {
        Self { field: field.into(), code: code.into() }
    }

    /// Of the whole form.
    pub fn general(code: impl Into<Code>) -> Self {
        Self::new("", code)
    }
}

impl From<FieldError> for Error {
    fn from(error: FieldError) -> Self {
        Self::new(error.field, error.code)
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
    fn what_is_too_long_to_be_kept_is_said_to_be_and_the_rest_is_kept() {
        let text = |name: &str, text: String| (name.to_owned(), vec![text]);
        let values = [text("name", "Vera".into()), text("about", "\"".repeat(5000)), text("note", "é".repeat(300))];
        let flash = Flash { values: values.into(), errors: vec![Error::new("name", Code::NotAName)] };

        let kept: Flash = serde_json::from_str(&flash.clone().into_json(1000)).unwrap();
        assert_eq!((kept.values["name"].as_slice(), kept.values.len()), (["Vera".to_owned()].as_slice(), 2));
        assert_eq!(kept.errors, [Error::new("name", Code::NotAName), Error::new("about", Code::TooLong)]);

        let crowded = Flash { errors: vec![Error::general(Code::Required); 500], ..flash };
        let kept: Flash = serde_json::from_str(&crowded.into_json(1000)).unwrap();
        assert_eq!((kept.values.len(), kept.errors), (0, vec![Error::general(Code::TooLong)]));
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
