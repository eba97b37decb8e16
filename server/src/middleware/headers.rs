//! The headers that protect every answer. The Content-Security-Policy of pages is set where their nonce is made.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

/// Headers that browsers apply to documents and to what leads to them; data does not need them.
const DOCUMENTS: [(HeaderName, HeaderValue); 3] = [
    // `no-referrer` would break forms without JavaScript: their `Origin` becomes `null`.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    // The pages of an app's authorization flow override this (`app::opener`).
    (OPENER, HeaderValue::from_static("same-origin")),
];

pub const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

const NO_SNIFFING: HeaderValue = HeaderValue::from_static("nosniff");

/// Allows nothing, for answers that are not our pages.
const NO_PAGE: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

const JSON: [&[u8]; 2] = [b"application/fhir+json", b"application/json"];

const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Whether browsers reach us through https.
#[derive(Clone, Copy)]
pub struct Https(pub bool);

/// Adds the headers that the answer does not have yet.
pub fn protect<B>(Https(https): Https, mut response: Response<B>) -> Response<B> {
    let headers = response.headers_mut();
    if !is_data(headers) {
        for (name, value) in DOCUMENTS {
            headers.entry(name).or_insert(value);
        }
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, NO_SNIFFING);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(NO_PAGE);
    if https {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HSTS);
    }
    response
}

/// Whether it is JSON, which `nosniff` prevents browsers from treating as a document.
fn is_data(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| JSON.iter().any(|json| kind.as_bytes().starts_with(json)))
}
