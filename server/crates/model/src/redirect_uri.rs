//! Where an authorization answer goes (RFC 6749 §3.1.2, RFC 8252 §7). It is refused at registration with the reason, and
//! matched byte for byte from then on.

use percent_encoding::percent_decode_str;
use serde::Serialize;
use url::{Host, Url};

use crate::{form::Code, https_url::is_public_domain, partition::Environment};

/// An `https` URL of a public host, a custom scheme in reverse-domain form, or (sandbox only) `http` on this machine.
/// It has the one spelling that browsers do not change, so that comparing bytes compares URIs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct RedirectUri(String);

parsed_text!(RedirectUri);
stored_text!(RedirectUri);

/// Parameters of the authorization response (RFC 6749 §4.1.2, RFC 9207 §2).
const RESERVED: [&str; 6] = ["code", "state", "iss", "error", "error_description", "error_uri"];

/// Schemes that browsers and systems handle themselves, besides all without a dot.
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

    /// `com.example.app` of `com.example.app:/callback`.
    pub fn custom_scheme(&self) -> Option<&str> {
        self.is_custom_scheme().then(|| self.0.split(':').next().unwrap_or_default())
    }

    /// The host of a web address.
    pub fn host(&self) -> Option<&str> {
        let host = authority(&self.0).split(':').next()?;
        (!self.is_custom_scheme() && !self.is_local()).then_some(host)
    }

    /// Where answers arrive, to find out whether two URIs lead to one app: host and path without port, query, encoding and
    /// closing slash. For a custom scheme it is the scheme, because the device looks at nothing else. Nothing for this
    /// machine, whose address all developers share.
    pub fn place(&self) -> Option<String> {
        if let Some(scheme) = self.custom_scheme() {
            return Some(format!("{scheme}:"));
        }
        let host = self.host()?;
        let path = self.0.split_once("//")?.1;
        let path = path.split('?').next()?.split_once('/').map_or("", |(_, path)| path);
        let path = percent_decode_str(path).decode_utf8_lossy().to_lowercase();
        Some(format!("{}/{}", host.trim_end_matches('.'), path.trim_end_matches('/')))
    }

    /// `localhost` and loopback addresses.
    fn is_local(&self) -> bool {
        let host = authority(&self.0);
        host.starts_with("[::1]") || matches!(host.split(':').next(), Some("localhost" | "127.0.0.1"))
    }

    /// Whether the port may vary at each request (RFC 8252 §7.3): `http` on `127.0.0.1` or `[::1]`.
    pub fn is_loopback(&self) -> bool {
        let after = |prefix| {
            self.0.strip_prefix(prefix).is_some_and(|rest: &str| rest.is_empty() || rest.starts_with([':', '/', '?']))
        };
        after("http://127.0.0.1") || after("http://[::1]")
    }

    /// Whether a request's `redirect_uri` is this one: the same bytes, except for the port of a loopback address.
    pub fn matches(&self, requested: &str) -> bool {
        self.0 == requested || (self.is_loopback() && without_port(&self.0) == without_port(requested))
    }
}

/// RFC 3986 §3.1, lower case.
fn split_scheme(text: &str) -> Result<(&str, &str), Code> {
    let (scheme, rest) = text.split_once(':').ok_or(Code::NotAbsolute)?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    if !scheme.starts_with(|char: char| char.is_ascii_alphabetic()) || !scheme.bytes().all(allowed) {
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

/// What RFC 3986 §2 allows, without the fragment (RFC 6749 §3.1.2) and wildcards.
fn check_characters(text: &str) -> Result<(), Code> {
    if text.contains('#') {
        return Err(Code::Fragment);
    }
    if text.contains('*') {
        return Err(Code::Wildcard);
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?[]@!$&'()+,;=%".contains(&byte);
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
    // The parser writes a URL as browsers send it. Only a missing path may differ: it equals `/`.
    let normal = url.as_str();
    let bare = url.path() == "/" && url.query().is_none() && normal.strip_suffix('/') == Some(text);
    match normal == text || bare {
        true => Ok(()),
        false if has_dot_segment(text) => Err(Code::DotSegment),
        false => Err(Code::NotNormal),
    }
}

/// RFC 8252 §7.1: a domain name of the vendor in reverse order, so that two apps cannot choose the same one.
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
    path.split('/').any(|segment| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | ".."))
}

/// The part between `//` and the path.
fn authority(text: &str) -> &str {
    let after = text.split_once("//").map_or("", |(_, after)| after);
    after.split(['/', '?']).next().unwrap_or_default()
}

/// A loopback URI in two parts without its port; nothing for any other URI.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stored::Stored as _;
    use Code::{
        DotSegment, ForbiddenScheme, Fragment, LoopbackInSandboxOnly, NoSlash, NotAPublicHost, NotAUrl, NotAbsolute,
        NotHttps, NotNormal, NotReverseDomain, Required, ReservedParameter, TooLong, UriCharacter, UserInfo, Wildcard,
    };
    use Environment::{Production, Sandbox};

    fn check(environment: Environment, input: &str, expect: Result<(), Code>) {
        let found = RedirectUri::register(environment, input);
        assert_eq!(found.as_ref().map(|_| ()).map_err(|code| *code), expect, "{environment}: {input:?}");
        if let Ok(uri) = found {
            assert_eq!(uri.as_str(), input.trim());
            assert!(uri.matches(input.trim()));
        }
    }

    #[test]
    fn web_addresses_are_taken_or_refused() {
        for input in [
            "https://app.example.com",
            "https://app.example.com/",
            "https://app.example.com/callback",
            " https://app.example.com/callback ",
            "https://app.example.com/cb?tenant=1&x=%20y",
            "https://app.example.com:8443/cb",
            "https://xn--bcher-kva.example/cb",
            "https://app.example.com/a%2Fb",
        ] {
            check(Production, input, Ok(()));
        }
        for (input, code) in [
            ("", Required),
            ("   ", Required),
            ("app.example.com/cb", NotAbsolute),
            ("/callback", NotAbsolute),
            ("//app.example.com/cb", NotAbsolute),
            ("api.opph.com&state=8e896a59f0744a8e93bf2f1f13230be5", NotAbsolute),
            ("https://app.example.com?x=1", NotNormal),
            ("https:", NotAUrl),
            ("https://", NotAUrl),
            ("https:///cb", NotAPublicHost),
            ("https:/app.example.com/cb", NotNormal),
            ("https:app.example.com", NotNormal),
            ("http://app.example.com/cb", NotHttps),
            ("HTTPS://app.example.com/cb", NotNormal),
            ("https://App.Example.com/cb", NotNormal),
            ("https://app.example.com:443/cb", NotNormal),
            ("https://app.example.com:/cb", NotNormal),
            ("https://app.example.com:99999/cb", NotAUrl),
            ("https://app.example.com/cb#", Fragment),
            ("https://app.example.com/cb#done", Fragment),
            ("https://app.example.com/cb%23done#", Fragment),
            ("https://*.example.com/cb", Wildcard),
            ("https://app.example.com/*", Wildcard),
            ("https://user@app.example.com/cb", UserInfo),
            ("https://user:pw@app.example.com/cb", UserInfo),
            ("https://@app.example.com/cb", UserInfo),
            ("https://good.example.com@evil.example.net/", UserInfo),
            ("https://app.example.com\\@evil.example.net/", UriCharacter),
            ("https:\\\\app.example.com", UriCharacter),
            ("https://app.example.com/a b", UriCharacter),
            ("https://app.example.com/a\tb", UriCharacter),
            ("https://app.example.com/\r\nSet-Cookie:x", UriCharacter),
            ("https://app.example.com/\0", UriCharacter),
            ("https://app.example.com/\"onload=", UriCharacter),
            ("https://app.example.com/<script>", UriCharacter),
            ("https://app.example.com/100%", UriCharacter),
            ("https://app.example.com/%zz", UriCharacter),
            ("https://app.example.com/%E4é", UriCharacter),
            ("https://bücher.example/cb", UriCharacter),
            ("https://аpp.example.com/cb", UriCharacter),
            ("https://app.example.com/a/../cb", DotSegment),
            ("https://app.example.com/./cb", DotSegment),
            ("https://app.example.com/a/%2e%2E/cb", DotSegment),
            ("https://app.example.com/..", DotSegment),
            ("https://app/cb", NotAPublicHost),
            ("https://127.0.0.1/cb", NotAPublicHost),
            ("https://93.184.216.34/cb", NotAPublicHost),
            ("https://2130706433/cb", NotAPublicHost),
            ("https://0x7f.1/cb", NotAPublicHost),
            ("https://[::1]/cb", NotAPublicHost),
            ("https://localhost/cb", NotAPublicHost),
            ("https://app.localhost/cb", NotAPublicHost),
            ("https://printer.local/cb", NotAPublicHost),
            ("https://app.example.com/cb?code=1", ReservedParameter),
            ("https://app.example.com/cb?x=1&state=2", ReservedParameter),
            ("https://app.example.com/cb?%73tate=2", ReservedParameter),
            ("https://app.example.com/cb?iss=x", ReservedParameter),
        ] {
            check(Production, input, Err(code));
        }
        check(Production, &format!("https://app.example.com/{}", "a".repeat(2000)), Err(TooLong));
    }

    #[test]
    fn two_uris_that_lead_to_one_app_have_one_place() {
        fn place(text: &str) -> Option<String> {
            RedirectUri::stored(text.to_owned()).place()
        }
        for (one, other) in [
            ("https://app.example.com", "https://app.example.com/"),
            ("https://app.example.com/cb", "https://app.example.com/cb/"),
            ("https://app.example.com/cb", "https://app.example.com:8443/cb?x=1"),
            ("https://app.example.com/cb", "https://app.example.com/%63b"),
            ("com.example.app:/cb", "com.example.app://other/path"),
        ] {
            assert_eq!(place(one), place(other), "{one} {other}");
        }
        assert_ne!(place("https://app.example.com/cb"), place("https://app.example.com/other"));
        assert_ne!(place("com.example.app:/cb"), place("com.example.apps:/cb"));
        for everybodys in
            ["http://127.0.0.1/cb", "http://[::1]:80/cb", "http://localhost:3000/cb", "https://localhost/cb"]
        {
            assert_eq!(place(everybodys), None, "{everybodys}");
        }
    }

    #[test]
    fn schemes_that_no_app_owns_are_refused() {
        for input in [
            "javascript:alert(1)",
            "JavaScript://app.example.com/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "vbscript:x",
            "blob:https://app.example.com/1",
            "about:blank",
            "view-source:https://app.example.com",
            "intent://scan/#Intent;end",
            "mailto:a@example.com",
            "ftp://app.example.com/cb",
            "wss://app.example.com/cb",
        ] {
            check(Sandbox, input, Err(ForbiddenScheme));
        }
        check(Sandbox, "java\nscript:alert(1)", Err(NotAbsolute));
        check(Sandbox, "1com.example:/cb", Err(NotAbsolute));
    }

    #[test]
    fn custom_schemes_are_domain_names_turned_around() {
        for input in [
            "com.example.app:/callback",
            "com.example.app://callback",
            "com.example.app://callback/path?x=1",
            "com.example:/cb",
            "com.example.app:/",
            "com.example.app://",
            "com.example-inc.sub.app:/cb",
            "com.example.app2://oauth",
            "api.opph.com://callback",
        ] {
            check(Production, input, Ok(()));
        }
        for (input, code) in [
            ("myapp://callback", NotReverseDomain),
            ("fb123://callback", NotReverseDomain),
            ("com.://callback", NotReverseDomain),
            ("com..app:/cb", NotReverseDomain),
            ("c.example:/cb", NotReverseDomain),
            ("com.-example:/cb", NotReverseDomain),
            ("com.example+app:/cb", NotReverseDomain),
            ("c0m.example:/cb", NotReverseDomain),
            ("Com.Example.App:/cb", NotNormal),
            ("com.example.app:callback", NoSlash),
            ("com.example.app:", NoSlash),
            ("com.example.app:///callback", NotNormal),
            ("com.example.app://user@callback", UserInfo),
            ("com.example.app:/cb#x", Fragment),
            ("com.example.app:/*", Wildcard),
            ("com.example.app:/a/../b", DotSegment),
            ("com.example.app:/a b", UriCharacter),
            ("com.example.app:/cb?state=1", ReservedParameter),
        ] {
            check(Production, input, Err(code));
        }
    }

    #[test]
    fn this_machine_is_for_the_sandbox() {
        for input in [
            "http://127.0.0.1/cb",
            "http://127.0.0.1:3000/cb",
            "http://[::1]:3000/cb",
            "http://localhost:3000/cb",
            "https://localhost:3000/cb",
        ] {
            check(Sandbox, input, Ok(()));
            let expect = if input.starts_with("https") { NotAPublicHost } else { LoopbackInSandboxOnly };
            check(Production, input, Err(expect));
        }
        for (input, code) in [
            ("http://127.0.0.2/cb", NotHttps),
            ("http://127.1/cb", NotNormal),
            ("http://0.0.0.0/cb", NotHttps),
            ("http://localhost.example.com/cb", NotHttps),
            ("http://app.example.com/cb", NotHttps),
            ("http://169.254.169.254/latest", NotHttps),
        ] {
            check(Sandbox, input, Err(code));
        }
    }

    #[test]
    fn only_the_port_of_a_loopback_address_may_vary() {
        let check = |registered: &str, requested: &str, expect: bool| {
            let uri = RedirectUri::register(Sandbox, registered).unwrap();
            assert_eq!(uri.matches(requested), expect, "{registered} {requested}");
        };
        check("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb", true);
        check("http://127.0.0.1:3000/cb", "http://127.0.0.1:49152/cb", true);
        check("http://127.0.0.1:3000/cb", "http://127.0.0.1/cb", true);
        check("http://[::1]:3000/cb?x=1", "http://[::1]:4000/cb?x=1", true);
        check("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb/", false);
        check("http://127.0.0.1/cb", "http://127.0.0.1:99999/cb", false);
        check("http://127.0.0.1/cb", "http://127.0.0.1:/cb", false);
        check("http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb", false);
        check("http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb", false);
        check("http://127.0.0.1/cb", "http://[::1]/cb", false);
        check("http://localhost:3000/cb", "http://localhost:4000/cb", false);
        check("https://app.example.com/cb", "https://app.example.com:8443/cb", false);
        check("https://app.example.com/cb", "https://app.example.com/CB", false);
        check("https://app.example.com", "https://app.example.com/", false);
    }
}
