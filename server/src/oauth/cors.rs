//! Which pages of other sites may read our answers. Never with cookies.

use std::sync::{Arc, OnceLock};

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use oauth::client::Client;
use url::Url;

use super::call::Call;

/// What pages may read beside the body and the few headers that they always may.
pub const EXPOSED: HeaderValue = HeaderValue::from_static(
    "dpop-nonce, etag, last-modified, location, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, \
     www-authenticate, x-request-id",
);

/// What is public anyhow.
pub const ANYBODY: [(HeaderName, HeaderValue); 2] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED),
];

/// What calls here commonly send.
const USUAL: HeaderValue = HeaderValue::from_static(
    "accept, authorization, cache-control, content-type, dpop, if-modified-since, if-none-match, prefer, x-request-id",
);
/// Longer than the names of all headers that a page sends.
const LONGEST_NAMES: usize = 2048;

/// A preflight knows neither client nor token, so it promises nothing but that the call may be made; whether the page
/// may read the answer is decided there. It may be made with any headers: every library that traces or caches adds some of
/// its own, and what is not known here is not looked at.
pub fn preflight(headers: &HeaderMap) -> Response {
    let asked = headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS).filter(|names| are_names(names.as_bytes()));
    let allow = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, POST")),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, asked.cloned().unwrap_or(USUAL)),
        (header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600")),
        (header::VARY, HeaderValue::from_static("access-control-request-headers")),
    ];
    (StatusCode::NO_CONTENT, ANYBODY, allow).into_response()
}

/// The same, as a handler.
pub async fn answer_preflight(headers: HeaderMap) -> Response {
    preflight(&headers)
}

/// Tokens with commas between them (RFC 9110 §5.6.1, §5.6.2).
fn are_names(bytes: &[u8]) -> bool {
    let is_of_list = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~, ".contains(byte);
    (1..=LONGEST_NAMES).contains(&bytes.len()) && bytes.iter().all(is_of_list)
}

/// Lets the page read the answer if it is of the client's own origin: that of its redirect URI. An error about an
/// unknown client tells nothing, so any page may read it.
pub fn unless_foreign(call: &Call, client: Option<&Client>, mut response: Response) -> Response {
    let Some(origin) = call.origin() else { return response };
    let own = match client {
        Some(client) => is_origin(client.redirect_uri.as_str(), origin),
        None => true,
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if own && let Ok(origin) = HeaderValue::from_str(origin) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    response
}

/// Whose pages may read an answer: those of the app that asks. A middleware puts this into the request and reads it when
/// the answer comes, whatever that is; in between the app is noted by whoever finds out.
#[derive(Clone, Default)]
pub struct Readers(Arc<OnceLock<String>>);

impl Readers {
    /// The app of this redirect URI asks.
    pub fn admit(&self, redirect_uri: &str) {
        self.0.get_or_init(|| redirect_uri.to_owned());
    }

    /// Whether a page of this origin is among them; no page is while nobody knows who asks.
    pub fn include(&self, origin: &str) -> bool {
        self.0.get().is_some_and(|redirect_uri| is_origin(redirect_uri, origin))
    }
}

/// Whether a redirect URI is of this origin. A custom scheme's is opaque and equals no page's.
fn is_origin(redirect_uri: &str, origin: &str) -> bool {
    let Ok(url) = Url::parse(redirect_uri) else { return false };
    url.origin().is_tuple() && url.origin().ascii_serialization() == origin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        fn check(redirect_uri: &str, origin: &str, expect: bool) {
            assert_eq!(is_origin(redirect_uri, origin), expect, "{redirect_uri} {origin}");
        }
        check("https://app.example/callback", "https://app.example", true);
        check("https://APP.example:443/callback", "https://app.example", true);
        check("https://app.example:8443/callback", "https://app.example:8443", true);
        check("http://127.0.0.1:5173/callback", "http://127.0.0.1:5173", true);

        check("https://app.example/callback", "http://app.example", false);
        check("https://app.example/callback", "https://app.example:8443", false);
        check("https://app.example/callback", "https://app.example.evil.example", false);
        check("https://app.example/callback", "https://app.example/", false);
        check("http://127.0.0.1/callback", "http://127.0.0.1:5173", false);
        check("com.example.app://callback", "com.example.app://callback", false);
        check("com.example.app://callback", "null", false);
        check("", "null", false);
    }

    #[test]
    fn nobody_reads_while_nobody_knows_who_asks() {
        let readers = Readers::default();
        assert!(!readers.include("https://app.example"));
        readers.clone().admit("https://app.example/callback");
        assert!(readers.include("https://app.example") && !readers.include("https://evil.example"));
    }
}
