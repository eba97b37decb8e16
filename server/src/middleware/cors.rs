//! Which pages of other sites may read our answers: any page may read what is public or intended for no app in
//! particular; an app's own pages may read what is intended for the app. Never with cookies. Every answer of a FHIR
//! base or of the authorization server's endpoints passes through here, including those of other layers: a page that
//! may not read "not now" takes it for a broken network.

use std::{
    ops::ControlFlow,
    sync::{Arc, OnceLock},
};

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use programs::surface::{Surface, SurfaceKind};
use url::Url;

use super::refusal::Form;

/// What pages may read in addition to the body and the few headers that are always readable.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "dpop-nonce, etag, last-modified, location, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, \
     www-authenticate, x-request-id",
);

/// What clients commonly send.
const USUAL: HeaderValue = HeaderValue::from_static(
    "accept, authorization, cache-control, content-type, dpop, if-modified-since, if-none-match, prefer, x-request-id",
);
/// Longer than the names of all headers that a page sends.
const LONGEST_NAMES: usize = 2048;

const ANYBODY: HeaderValue = HeaderValue::from_static("*");

/// Answers preflights, and lets pages read the other answers.
pub fn share(mut request: Request) -> ControlFlow<Response, (Request, impl FnOnce(Response) -> Response)> {
    let pages = Pages::of(&mut request);
    if !matches!(pages, Pages::Ours) && is_preflight(&request) {
        return ControlFlow::Break(preflight(request.headers()));
    }
    ControlFlow::Continue((request, move |response| pages.read(response)))
}

/// Who may read an answer.
enum Pages {
    /// Only our own site.
    Ours,
    Any,
    /// Those of the calling app, which comes from this origin.
    OfApp(Readers, Option<HeaderValue>),
}

impl Pages {
    fn of(request: &mut Request) -> Self {
        if !matches!(Form::of(request), Form::Fhir | Form::OAuth) {
            return Self::Ours;
        }
        let kind = request.extensions().get::<Arc<Surface>>().map(|surface| surface.kind);
        if kind == Some(SurfaceKind::Public) {
            return Self::Any;
        }
        let readers = Readers::default();
        request.extensions_mut().insert(readers.clone());
        Self::OfApp(readers, request.headers().get(header::ORIGIN).cloned())
    }

    fn read(self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        match self {
            Self::Ours => {}
            Self::Any => allow(headers, ANYBODY),
            Self::OfApp(readers, origin) => {
                // Also on errors, which browsers may cache as well.
                headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
                let Some(redirect_uri) = readers.redirect_uri() else {
                    // It reveals nothing about anyone.
                    allow(headers, ANYBODY);
                    return response;
                };
                // Also on answers that no page asked for: a browser could cache one, and then show it to a page that
                // may not read it.
                headers.append(header::VARY, HeaderValue::from_static("origin"));
                let own = origin.filter(|origin| origin.to_str().is_ok_and(|origin| is_origin(redirect_uri, origin)));
                if let Some(origin) = own {
                    allow(headers, origin);
                }
            }
        }
        response
    }
}

/// An answer that any page may read, of a path that is not below a base.
pub fn open(mut response: Response) -> Response {
    allow(response.headers_mut(), ANYBODY);
    response
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// A preflight knows neither client nor token, so it promises only that the call may be made; the call itself decides
/// whether the page may read its answer. We allow all headers: every library that traces or caches adds some of its
/// own, and we ignore unknown ones.
pub fn preflight(headers: &HeaderMap) -> Response {
    let asked = headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS).filter(|names| are_names(names.as_bytes()));
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    allow(headers, ANYBODY);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, asked.cloned().unwrap_or(USUAL));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
    headers.insert(header::VARY, HeaderValue::from_static("access-control-request-headers"));
    response
}

/// Tokens with commas between them (RFC 9110 §5.6.1, §5.6.2).
fn are_names(bytes: &[u8]) -> bool {
    let is_of_list = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~, ".contains(byte);
    (1..=LONGEST_NAMES).contains(&bytes.len()) && bytes.iter().all(is_of_list)
}

/// The app for which an answer is intended. The layer puts this into the request and reads it from any answer; in
/// between, the code that identifies the app records it here.
#[derive(Clone, Default)]
pub struct Readers(Arc<OnceLock<String>>);

impl Readers {
    /// Records that the app of this redirect URI is calling.
    pub fn admit(&self, redirect_uri: &str) {
        self.0.get_or_init(|| redirect_uri.to_owned());
    }

    /// `None` while the app is unknown.
    fn redirect_uri(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}

/// Whether a redirect URI is of this origin. The origin of a custom scheme is opaque and equals no page's origin.
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
}
