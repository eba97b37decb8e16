//! The `DPoP` header (RFC 9449 §4.1), with what its proof must say about the request.

use axum::http::{HeaderMap, HeaderName, Method, request::Parts};
use oauth::dpop::{Invalid, Presented};
use programs::surface::Surface;

const DPOP: HeaderName = HeaderName::from_static("dpop");

/// The proof of a request to this address of ours; `None` if it has none.
pub fn presented<'a>(
    headers: &'a HeaderMap,
    method: &'a Method,
    address: impl FnOnce() -> String,
) -> Result<Option<Presented<'a>>, Invalid> {
    let mut values = headers.get_all(DPOP).iter();
    let (first, second) = (values.next(), values.next());
    if second.is_some() {
        return Err(Invalid::Repeated);
    }
    let Some(value) = first else { return Ok(None) };
    let proof = value.to_str().map_err(|_| Invalid::Malformed)?;
    Ok(Some(Presented { proof, method: method.as_str(), address: address() }))
}

/// The address to which a request came, from our configuration and never from `Host`. Routes know a base by its path on
/// the main host, so that prefix is replaced.
pub fn address(surface: &Surface, parts: &Parts) -> String {
    let path = parts.uri.path();
    format!("{}{}", surface.base(), path.strip_prefix(surface.path.as_str()).unwrap_or(path))
}
