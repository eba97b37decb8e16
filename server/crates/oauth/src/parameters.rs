//! The parameters of a request, as they came.

use std::collections::HashSet;

use url::form_urlencoded;

/// Names and values in their order. Nothing is lost, so that repeated parameters can be found.
#[derive(Clone, Debug, Default)]
pub struct Parameters(Vec<(String, String)>);

/// RFC 6749 §3.1: no parameter more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` was sent more than once")]
pub struct Repeated(pub &'static str);

impl Parameters {
    /// From a query or a form body.
    pub fn parse(form: &[u8]) -> Self {
        Self(form_urlencoded::parse(form).into_owned().collect())
    }

    /// The parameter's value. One without a value counts as omitted (RFC 6749 §3.1).
    pub fn get(&self, name: &'static str) -> Result<Option<&str>, Repeated> {
        let mut found = self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let first = found.next();
        if found.next().is_some() {
            return Err(Repeated(name));
        }
        Ok(first.filter(|value| !value.is_empty()))
    }

    /// Those of other names.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect())
    }

    /// With this parameter in place of all others of the same name.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut parameters = self.without(&[name]);
        parameters.0.push((name.to_owned(), value.to_owned()));
        parameters
    }

    /// As a form, which [`Self::parse`] reads.
    pub fn encoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }

    /// Whether any parameter came more than once, including those that we do not know.
    pub fn repeat(&self) -> bool {
        let mut seen = HashSet::new();
        !self.0.iter().all(|(name, _)| seen.insert(name))
    }

    /// Whether it was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Parameters {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(parameters: I) -> Self {
        Self(parameters.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_once_each() {
        let parameters = Parameters::parse(b"a=1&b=&c=1&c=2&d=%F0%9F%98%80+%00");
        assert_eq!(parameters.get("a"), Ok(Some("1")));
        assert_eq!(parameters.get("b"), Ok(None));
        assert_eq!(parameters.get("c"), Err(Repeated("c")));
        assert_eq!(parameters.get("d"), Ok(Some("\u{1f600} \0")));
        assert_eq!(parameters.get("e"), Ok(None));
        assert!(parameters.has("b") && !parameters.has("e"));
    }

    #[test]
    fn parameters_are_written_as_they_were_read() {
        let parameters = Parameters::parse(b"a=1&secret=x&c=%26+%00%C3%A9&b=").without(&["secret"]);
        let written = parameters.with("a", "2").with("d", "=").encoded();
        assert_eq!(written, "c=%26+%00%C3%A9&b=&a=2&d=%3D");
    }
}
