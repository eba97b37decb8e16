//! Which pages of other sites may read our answers. Never with cookies.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use oauth::client::Client;
use url::Url;

use super::call::Call;

/// What is public anyhow.
pub const ANYBODY: [(HeaderName, HeaderValue); 1] =
    [(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"))];

/// A preflight knows neither client nor token, so it promises nothing but that the call may be made; whether the page
/// may read the answer is decided there.
pub async fn preflight() -> Response {
    let allow = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, dpop"),
        (header::ACCESS_CONTROL_MAX_AGE, "3600"),
    ];
    (StatusCode::NO_CONTENT, ANYBODY, allow).into_response()
}

/// Lets the page read the answer if it is of the client's own origin: that of its redirect URI. An error about an
/// unknown client tells nothing, so any page may read it.
pub fn unless_foreign(call: &Call, client: Option<&Client>, mut response: Response) -> Response {
    let Some(origin) = call.origin() else { return response };
    let own = match client {
        Some(client) => Url::parse(client.redirect_uri.as_str()).is_ok_and(|url| is_origin(&url, origin)),
        None => true,
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if own && let Ok(origin) = HeaderValue::from_str(origin) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("www-authenticate"));
    }
    response
}

/// A custom scheme's origin is opaque and equals no page's.
fn is_origin(url: &Url, origin: &str) -> bool {
    url.origin().is_tuple() && url.origin().ascii_serialization() == origin
}
