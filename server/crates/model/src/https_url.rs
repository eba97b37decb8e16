//! Addresses of vendors' pages: privacy policy, support website.

use serde::Serialize;
use url::{Host, Url};

use crate::form::Code;

/// An absolute `https` URL of a public host, without user name or password; at most 2,000 characters, normalized.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct HttpsUrl(String);

parsed_text!(HttpsUrl);
stored_text!(HttpsUrl);

impl HttpsUrl {
    pub const MAX_LENGTH: usize = 2000;

    pub fn parse(text: &str) -> Result<Self, Code> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Code::Required);
        }
        if Self::MAX_LENGTH < text.len() {
            return Err(Code::TooLong);
        }
        // The parser would drop tabs and line breaks and turn backslashes into slashes.
        if text.chars().any(|char| char.is_control() || char.is_whitespace() || matches!(char, '\\' | '<' | '>' | '"'))
        {
            return Err(Code::UriCharacter);
        }
        let url = Url::parse(text).map_err(|_| Code::NotAUrl)?;
        if url.scheme() != "https" {
            return Err(Code::NotHttps);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Code::UserInfo);
        }
        match url.host() {
            Some(Host::Domain(domain)) if is_public_domain(domain) => Ok(Self(url.into())),
            _ => Err(Code::NotAPublicHost),
        }
    }

    /// Nothing if the field was left empty.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, Code> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
    }
}

/// Whether a host name has a top-level domain that the public name system may know (RFC 6761 and RFC 6762 reserve
/// `localhost`, `local`, `invalid`; `internal` is ICANN's for private use). The domains for examples are allowed.
pub(crate) fn is_public_domain(domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let top = domain.rsplit('.').next().unwrap_or_default();
    let private = ["localhost", "local", "invalid", "internal", "onion"].contains(&top);
    let labels_fit = domain.split('.').all(|label| !label.is_empty() && label.len() <= 63);
    domain.contains('.') && labels_fit && !private && !top.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Code::{NotAPublicHost, NotAUrl, NotHttps, Required, TooLong, UriCharacter, UserInfo};

    #[test]
    fn addresses_are_taken_or_refused() {
        check("https://example.com", Ok("https://example.com/"));
        check(" https://Example.com/Privacy?x=1#top ", Ok("https://example.com/Privacy?x=1#top"));
        check("https://bücher.example/", Ok("https://xn--bcher-kva.example/"));
        check("", Err(Required));
        check("example.com/privacy", Err(NotAUrl));
        check("http://example.com/", Err(NotHttps));
        check("javascript:alert(1)", Err(NotHttps));
        check("data:text/html,hello", Err(NotHttps));
        check("https://user@example.com/", Err(UserInfo));
        check("https://user:pw@example.com/", Err(UserInfo));
        check("https://localhost/", Err(NotAPublicHost));
        check("https://127.0.0.1/", Err(NotAPublicHost));
        check("https://169.254.169.254/latest", Err(NotAPublicHost));
        check("https://[::1]/", Err(NotAPublicHost));
        check("https://intranet/", Err(NotAPublicHost));
        check("https://exa mple.com/", Err(UriCharacter));
        check("https://example.com/\\evil", Err(UriCharacter));
        check("https://example.com/\"><script>", Err(UriCharacter));
        check("https://exam\nple.com/", Err(UriCharacter));
        check(&format!("https://example.com/{}", "a".repeat(2000)), Err(TooLong));

        fn check(input: &str, expect: Result<&str, Code>) {
            assert_eq!(
                HttpsUrl::parse(input).as_ref().map(HttpsUrl::as_str).map_err(|code| *code),
                expect,
                "{input:?}"
            );
        }
    }
}
