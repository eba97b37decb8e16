//! Where an authorization answer goes (RFC 6749 §3.1.2, RFC 8252 §7): refused at registration with the reason, matched
//! byte for byte ever after.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::{form::Code, https_url::is_public_domain, partition::Environment};

/// An `https` URL of a public host, a custom scheme in reverse-domain form, or (sandbox only) `http` on this machine.
/// Written in the one way that browsers keep as it is, so that comparing bytes compares URIs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RedirectUri(String);

parsed_text!(RedirectUri);

/// Parameters of the authorization response (RFC 6749 §4.1.2, RFC 9207 §2).
const RESERVED: [&str; 6] = ["code", "state", "iss", "error", "error_description", "error_uri"];

/// Schemes that browsers and systems act on themselves, beside all that have no dot.
const FORBIDDEN: [&str; 18] = [
    "about",
    "android-app",
    "blob",
    "chrome",
    "content",
    "data",
    "file",
    "filesystem",
    "ftp",
    "intent",
    "jar",
    "javascript",
    "mailto",
    "resource",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

impl RedirectUri {
    pub const MAX_LENGTH: usize = 2000;

    /// Reads one that was registered before, in either environment.
    pub fn parse(text: &str) -> Result<Self, Code> {
        Self::register(Environment::Sandbox, text)
    }

    /// Reads what a vendor typed, by the rules of the environment.
    pub fn register(environment: Environment, text: &str) -> Result<Self, Code> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Code::Required);
        }
        if Self::MAX_LENGTH < text.len() {
            return Err(Code::TooLong);
        }
        let (scheme, rest) = split_scheme(text)?;
        check_characters(text)?;
        match scheme {
            "https" | "http" => check_web(environment, text)?,
            scheme => check_custom(scheme, rest)?,
        }
        check_path_and_query(rest)?;
        Ok(Self(text.to_owned()))
    }

    /// Whether the answer goes to an app on the device instead of a web server.
    pub fn is_custom_scheme(&self) -> bool {
        !self.0.starts_with("https:") && !self.0.starts_with("http:")
    }

    /// Whether the port may vary at each request (RFC 8252 §7.3): `http` on `127.0.0.1` or `[::1]`.
    pub fn is_loopback(&self) -> bool {
        let after = |prefix| {
            self.0
                .strip_prefix(prefix)
                .is_some_and(|rest: &str| rest.is_empty() || rest.starts_with([':', '/', '?']))
        };
        after("http://127.0.0.1") || after("http://[::1]")
    }

    /// Whether a request's `redirect_uri` is this one: the same bytes, but for the port of a loopback address.
    pub fn matches(&self, requested: &str) -> bool {
        self.0 == requested
            || (self.is_loopback() && without_port(&self.0) == without_port(requested))
    }
}

/// RFC 3986 §3.1, lower case.
fn split_scheme(text: &str) -> Result<(&str, &str), Code> {
    let (scheme, rest) = text.split_once(':').ok_or(Code::NotAbsolute)?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    if !scheme.starts_with(|char: char| char.is_ascii_alphabetic()) || !scheme.bytes().all(allowed)
    {
        return Err(Code::NotAbsolute);
    }
    if FORBIDDEN.contains(&scheme.to_ascii_lowercase().as_str()) {
        return Err(Code::ForbiddenScheme);
    }
    if scheme.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err(Code::NotNormal);
    }
    Ok((scheme, rest))
}

/// What RFC 3986 §2 allows, less the fragment (RFC 6749 §3.1.2) and wildcards.
fn check_characters(text: &str) -> Result<(), Code> {
    if text.contains('#') {
        return Err(Code::Fragment);
    }
    if text.contains('*') {
        return Err(Code::Wildcard);
    }
    let allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?[]@!$&'()+,;=%".contains(&byte);
    let encoded = text
        .split('%')
        .skip(1)
        .all(|after| after.len() >= 2 && after.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit));
    if text.bytes().all(allowed) && encoded { Ok(()) } else { Err(Code::UriCharacter) }
}

fn check_web(environment: Environment, text: &str) -> Result<(), Code> {
    let url = Url::parse(text).map_err(|_| Code::NotAUrl)?;
    if !url.username().is_empty() || url.password().is_some() || authority(text).contains('@') {
        return Err(Code::UserInfo);
    }
    let is_local = match url.host() {
        Some(Host::Domain(domain)) => domain == "localhost",
        Some(Host::Ipv4(address)) => address.octets() == [127, 0, 0, 1],
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(Code::NotAUrl),
    };
    match (url.scheme(), url.host(), environment) {
        (_, _, Environment::Sandbox) if is_local => {}
        ("http", _, _) if is_local => return Err(Code::LoopbackInSandboxOnly),
        ("http", _, _) => return Err(Code::NotHttps),
        (_, Some(Host::Domain(domain)), _) if is_public_domain(domain) => {}
        _ => return Err(Code::NotAPublicHost),
    }
    // The parser writes a URL as browsers send it; only a missing path is as good as `/`.
    let normal = url.as_str();
    let bare = url.path() == "/" && url.query().is_none() && normal.strip_suffix('/') == Some(text);
    match normal == text || bare {
        true => Ok(()),
        false if has_dot_segment(text) => Err(Code::DotSegment),
        false => Err(Code::NotNormal),
    }
}

/// RFC 8252 §7.1: a domain name of the vendor turned around, so that no two apps choose the same.
fn check_custom(scheme: &str, rest: &str) -> Result<(), Code> {
    let mut labels = scheme.split('.');
    let top = labels.next().unwrap_or_default();
    let is_top = 2 <= top.len() && top.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_label = |label: &str| {
        let edges = !label.starts_with('-') && !label.ends_with('-');
        (1..=63).contains(&label.len())
            && edges
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if !scheme.contains('.') || !is_top || !labels.all(is_label) {
        return Err(Code::NotReverseDomain);
    }
    match rest.strip_prefix("//") {
        Some(after) if after.starts_with('/') => Err(Code::NotNormal),
        Some(_) if authority(rest).contains('@') => Err(Code::UserInfo),
        Some(_) => Ok(()),
        None if rest.starts_with('/') => Ok(()),
        None => Err(Code::NoSlash),
    }
}

fn check_path_and_query(rest: &str) -> Result<(), Code> {
    if has_dot_segment(rest) {
        return Err(Code::DotSegment);
    }
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    let names = url::form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name);
    if names.into_iter().any(|name| RESERVED.contains(&name.as_ref())) {
        return Err(Code::ReservedParameter);
    }
    Ok(())
}

/// `.` or `..` between slashes, plain or encoded.
fn has_dot_segment(text: &str) -> bool {
    let path = text.split('?').next().unwrap_or_default();
    path.split('/').any(|segment| {
        matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
    })
}

/// What stands between `//` and the path.
fn authority(text: &str) -> &str {
    let after = text.split_once("//").map_or("", |(_, after)| after);
    after.split(['/', '?']).next().unwrap_or_default()
}

/// A loopback URI in two parts, its port left out; nothing for any other.
fn without_port(text: &str) -> Option<(&str, &str)> {
    ["http://127.0.0.1", "http://[::1]"].into_iter().find_map(|host| {
        let rest = text.strip_prefix(host)?;
        let rest = match rest.strip_prefix(':') {
            Some(after) => {
                let digits = after.bytes().take_while(u8::is_ascii_digit).count();
                after[..digits].parse::<u16>().ok()?;
                &after[digits..]
            }
            None => rest,
        };
        (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((host, rest))
    })
}
