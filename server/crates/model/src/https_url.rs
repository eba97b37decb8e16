//! Addresses of vendors' pages: privacy policy, support website.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::form::Code;

/// An absolute `https` URL of a public host, without user name or password; at most 2,000 characters, normalized.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HttpsUrl(String);

parsed_text!(HttpsUrl);

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
        // The parser would drop tabs and line breaks and turn backslashes around.
        if text.chars().any(|char| {
            char.is_control() || char.is_whitespace() || matches!(char, '\\' | '<' | '>' | '"')
        }) {
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

    /// Nothing where the field was left empty.
    pub fn parse_optional(text: &str) -> Result<Option<Self>, Code> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
    }
}

/// Whether a host name has a top-level domain that the public name system may know (RFC 6761 and RFC 6762 reserve
/// `localhost`, `local`, `invalid`; `internal` is ICANN's for private use). The examples' domains are left alone.
pub(crate) fn is_public_domain(domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let top = domain.rsplit('.').next().unwrap_or_default();
    let private = ["localhost", "local", "invalid", "internal", "onion"].contains(&top);
    let labels_fit = domain.split('.').all(|label| !label.is_empty() && label.len() <= 63);
    domain.contains('.') && labels_fit && !private && !top.bytes().all(|byte| byte.is_ascii_digit())
}
