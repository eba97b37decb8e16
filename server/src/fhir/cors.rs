//! Pages of other sites may read what is public: the directory and the CapabilityStatement. Never with cookies.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use programs::surface::{Surface, SurfaceKind};

const ANYBODY: HeaderValue = HeaderValue::from_static("*");

/// Answers preflights, and marks what is public. A preflight knows no token, so it promises nothing but that the call
/// may be made.
pub async fn answer(request: Request, next: Next) -> Response {
    let is_public = request.uri().path().ends_with("/metadata")
        || request.extensions().get::<Arc<Surface>>().is_some_and(|surface| surface.kind == SurfaceKind::Public);
    if request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
        return preflight();
    }
    let mut response = next.run(request).await;
    if is_public {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANYBODY);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag, last-modified"));
    }
    response
}

fn preflight() -> Response {
    let allow = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "accept, authorization, content-type, dpop, if-modified-since, if-none-match, prefer",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, "3600"),
    ];
    (StatusCode::NO_CONTENT, allow).into_response()
}
