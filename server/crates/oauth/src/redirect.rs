//! The way back to the app.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

/// As forms are encoded, but with `%20` for a blank: not every app's URL parser reads `+` as one.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// An address to send the browser to, with 303.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectTarget(String);

impl RedirectTarget {
    /// The app's redirect URI with these parameters appended to its query (RFC 6749 §4.1.2).
    pub(crate) fn new(redirect_uri: &str, parameters: &[(&str, &str)]) -> Self {
        let mut url = redirect_uri.to_owned();
        for (name, value) in parameters {
            match url.find('?') {
                None => url.push('?'),
                Some(_) if url.ends_with(['?', '&']) => {}
                Some(_) => url.push('&'),
            }
            url.push_str(name);
            url.push('=');
            url.extend(utf8_percent_encode(value, ENCODED));
        }
        Self(url)
    }

    /// The app itself, without an answer: a web app's first page, or what opens a native app.
    pub(crate) fn home(redirect_uri: &str) -> Self {
        let origin = Url::parse(redirect_uri).ok().map(|url| url.origin()).filter(url::Origin::is_tuple);
        Self(origin.map_or_else(|| redirect_uri.to_owned(), |origin| format!("{}/", origin.ascii_serialization())))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it leads, in words for people: the host, or the scheme of an app on the device.
    pub fn place(&self) -> &str {
        let host = self.0.split_once("//").map(|(_, rest)| rest.split(['/', '?']).next().unwrap_or_default());
        let web = self.0.starts_with("https:") || self.0.starts_with("http:");
        host.filter(|_| web).or_else(|| self.0.split(':').next()).unwrap_or_default()
    }
}

/// The host of a web app's redirect URI, with the port if it is not the usual one. `None` where an app on the device takes the
/// answer, by a scheme of its own or on the device's own address (RFC 8252 §7).
pub fn host(redirect_uri: &str) -> Option<String> {
    let url = Url::parse(redirect_uri).ok().filter(|url| url.scheme() == "https")?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_app_is_named_by_its_host_and_an_app_on_the_device_by_none() {
        fn check(uri: &str, expect: Option<&str>) {
            assert_eq!(host(uri).as_deref(), expect, "{uri}");
        }
        check("https://a.example/cb?t=1", Some("a.example"));
        check("https://a.example:8443/cb", Some("a.example:8443"));
        check("https://a.example?@b.example/", Some("a.example"));
        check("http://127.0.0.1:5000/cb", None);
        check("http://[::1]/cb", None);
        check("com.example.app://a.example/cb", None);
    }

    #[test]
    fn an_app_is_found_again_by_its_origin_or_its_scheme() {
        fn check(uri: &str, expect: &str) {
            assert_eq!(RedirectTarget::home(uri).as_str(), expect);
        }
        check("https://a.example/cb?t=1", "https://a.example/");
        check("http://127.0.0.1:5000/cb", "http://127.0.0.1:5000/");
        check("com.example.app:/cb", "com.example.app:/cb");
    }

    #[test]
    fn a_value_is_encoded_as_in_a_form_but_for_its_blanks() {
        let all: String = (0..=0x17f).filter_map(char::from_u32).collect();
        let form: String = url::form_urlencoded::byte_serialize(all.as_bytes()).collect();
        let encoded = RedirectTarget::new("https://a.example/cb", &[("x", &all)]);
        assert_eq!(encoded.as_str(), format!("https://a.example/cb?x={}", form.replace('+', "%20")));
    }

    #[test]
    fn parameters_are_appended_and_encoded() {
        fn check(uri: &str, expect: &str) {
            assert_eq!(RedirectTarget::new(uri, &[("code", "a"), ("state", "& +\n\"é")]).as_str(), expect);
        }
        check("https://a.example/cb", "https://a.example/cb?code=a&state=%26%20%2B%0A%22%C3%A9");
        check("https://a.example/cb?t=1", "https://a.example/cb?t=1&code=a&state=%26%20%2B%0A%22%C3%A9");
        check("https://a.example/cb?", "https://a.example/cb?code=a&state=%26%20%2B%0A%22%C3%A9");
        check("com.example.app:/cb", "com.example.app:/cb?code=a&state=%26%20%2B%0A%22%C3%A9");
    }
}
