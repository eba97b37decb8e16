//! Which pages of other sites may read our answers: any page what is public, and an app's own pages what its tokens open.
//! Never with cookies.

use std::ops::ControlFlow;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, header},
    response::Response,
};

use super::cache;
use crate::oauth::cors::{EXPOSED, Readers, preflight};

const ANYBODY: HeaderValue = HeaderValue::from_static("*");

/// The directory and the CapabilityStatement, for any page.
pub fn anybody(request: Request) -> ControlFlow<Response, (Request, impl FnOnce(Response) -> Response)> {
    if is_preflight(&request) {
        return ControlFlow::Break(preflight(request.headers()));
    }
    ControlFlow::Continue((request, |mut response: Response| {
        allow(response.headers_mut(), ANYBODY);
        response
    }))
}

/// What a token opens, for the pages of its app: those of its redirect URI's origin. An answer to nobody known is for no
/// page.
pub fn own_pages(mut request: Request) -> ControlFlow<Response, (Request, impl FnOnce(Response) -> Response)> {
    if is_preflight(&request) {
        return ControlFlow::Break(preflight(request.headers()));
    }
    let origin = request.headers().get(header::ORIGIN).cloned();
    let readers = Readers::default();
    request.extensions_mut().insert(readers.clone());
    ControlFlow::Continue((request, move |mut response: Response| {
        let headers = response.headers_mut();
        // Also on what no page asked for: a browser could keep it, and then show it to a page that may not read it.
        headers.append(header::VARY, HeaderValue::from_static("origin"));
        // Also on errors, which browsers may keep as well.
        headers.entry(header::CACHE_CONTROL).or_insert(cache::keep(false));
        if let Some(origin) = origin.filter(|origin| origin.to_str().is_ok_and(|origin| readers.include(origin))) {
            allow(headers, origin);
        }
        response
    }))
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}
