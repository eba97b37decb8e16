//! A form on another site must not act for anyone: not with the cookies of a signed-in person, and not to sign a browser in
//! as someone else. Writes come from our own pages, or from clients that are not browsers and have no cookies.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use url::Url;

/// The origins of our pages, by configuration: `https://flex.example.org`.
#[derive(Clone, Debug)]
pub struct Origins(Arc<[String]>);

impl Origins {
    pub fn new<'a>(urls: impl IntoIterator<Item = &'a Url>) -> Self {
        Self(urls.into_iter().map(|url| url.origin().ascii_serialization()).collect())
    }

    fn contain(&self, origin: &Url) -> bool {
        let origin = origin.origin();
        origin.is_tuple() && self.0.contains(&origin.ascii_serialization())
    }
}

/// Refuses writes from a page of another origin with 403.
pub async fn check(State(origins): State<Origins>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(&origins, request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "This form was sent from another site. Open the page again and send it from there.\n")
        .into_response()
}

/// Reads `Sec-Fetch-Site` if the browser sends it, otherwise `Origin`: one of ours, even if a proxy rewrote `Host`, or
/// the origin of `Host`, for callers that use a name that is not configured. With neither, refuses requests that have
/// cookies.
fn is_ours(origins: &Origins, headers: &HeaderMap) -> bool {
    // A value that cannot be parsed is not ours either.
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => Url::parse(origin)
            .is_ok_and(|origin| origins.contain(&origin) || is_at(&origin, text("host").unwrap_or_default())),
        (None, None) => !headers.contains_key(header::COOKIE),
    }
}

fn is_at(origin: &Url, host: &str) -> bool {
    let authority = origin.host_str().map(|name| match origin.port() {
        Some(port) => format!("{name}:{port}"),
        None => name.to_owned(),
    });
    authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[(&'static str, &str)], expect: bool) {
        let map = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        let urls =
            ["https://flex.example.org/", "https://authz.flex.example.org:8443/x"].map(|url| url.parse().unwrap());
        assert_eq!(is_ours(&Origins::new(&urls), &map), expect, "{headers:?}");
    }

    #[test]
    fn only_our_own_pages_pass() {
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "none")], true);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("sec-fetch-site", "cross-site"), ("origin", "http://a.test"), ("host", "a.test")], false);
        check(&[("origin", "http://a.test:3000"), ("host", "A.test:3000")], true);
        check(&[("origin", "https://a.test"), ("host", "a.test")], true);
        check(&[("origin", "http://evil.test"), ("host", "a.test")], false);
        check(&[("origin", "null"), ("host", "a.test")], false);
        check(&[("origin", "http://a.test"), ("host", "a.test"), ("cookie", "flex_session=x")], true);
        check(&[("host", "a.test"), ("cookie", "flex_session=x")], false);
        check(&[("host", "a.test")], true);
    }

    #[test]
    fn a_proxy_that_rewrites_the_host_changes_nothing() {
        let proxied = |origin: &'static str, expect| {
            check(&[("origin", origin), ("host", "backend:3000"), ("cookie", "a=b")], expect);
        };
        proxied("https://flex.example.org", true);
        proxied("https://flex.example.org:443", true);
        proxied("https://FLEX.example.org", true);
        proxied("https://authz.flex.example.org:8443", true);
        proxied("http://flex.example.org", false);
        proxied("https://authz.flex.example.org", false);
        proxied("https://flex.example.org.evil.test", false);
        proxied("https://flex.example.org@evil.test", false);
        proxied("https://evil.test", false);
        proxied("null", false);
        proxied("", false);
        proxied("file://", false);
        // What a browser says about itself takes precedence.
        check(&[("origin", "https://flex.example.org"), ("sec-fetch-site", "cross-site")], false);
    }
}
