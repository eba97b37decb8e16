//! A form of another site must not act for a signed-in person: cookie-bearing writes come from our own pages only.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use url::Url;

/// Refuses with 403 what carries cookies, writes, and does not come from a page of the same origin.
pub async fn check(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || !request.headers().contains_key(header::COOKIE) || is_same_origin(request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "This form was sent from another site. Open the page again and send it from there.\n")
        .into_response()
}

/// `Sec-Fetch-Site` where the browser sends it, else `Origin` against `Host`; neither is a refusal.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let origin = text("origin").and_then(|origin| Url::parse(origin).ok());
    let Some((origin, host)) = origin.zip(text("host")) else { return false };
    let authority = match (origin.host_str(), origin.port()) {
        (Some(name), Some(port)) => format!("{name}:{port}"),
        (Some(name), None) => name.to_owned(),
        (None, _) => return false,
    };
    authority.eq_ignore_ascii_case(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[(&'static str, &str)], expect: bool) {
        let map = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        assert_eq!(is_same_origin(&map), expect, "{headers:?}");
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
        check(&[("host", "a.test")], false);
    }
}
