//! A form of another site must not act for anybody: not with the cookies of somebody signed in, and not to sign a browser in
//! as somebody else. Writes come from our own pages, or from what is no browser and has no cookies.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use url::Url;

/// Refuses with 403 what writes and comes from a page of another origin.
pub async fn check(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "This form was sent from another site. Open the page again and send it from there.\n")
        .into_response()
}

/// `Sec-Fetch-Site` where the browser sends it, else `Origin` against `Host`. With neither, nothing that has cookies.
fn is_ours(headers: &HeaderMap) -> bool {
    // What cannot be read is nothing of ours either.
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => is_origin(origin, text("host").unwrap_or_default()),
        (None, None) => !headers.contains_key(header::COOKIE),
    }
}

fn is_origin(origin: &str, host: &str) -> bool {
    let origin = Url::parse(origin).ok();
    let authority = origin.as_ref().and_then(|origin| match (origin.host_str()?, origin.port()) {
        (name, Some(port)) => Some(format!("{name}:{port}")),
        (name, None) => Some(name.to_owned()),
    });
    authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[(&'static str, &str)], expect: bool) {
        let map = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        assert_eq!(is_ours(&map), expect, "{headers:?}");
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
}
