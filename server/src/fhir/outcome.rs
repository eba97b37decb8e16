//! Errors, as OperationOutcomes:
//!
//! | kind | status | issue code |
//! |---|---|---|
//! | a value that we cannot parse | 400 | `invalid` |
//! | a parameter, modifier or interaction that is not offered | 400 | `not-supported` |
//! | a required parameter missing | 400 | `required` |
//! | no token, or an invalid one | 401 | see `oauth/bearer.rs` |
//! | the scope is missing | 403 | `forbidden` |
//! | no such type | 404 | `not-supported` |
//! | no such resource, or one that the caller may not see | 404 | `not-found` |
//! | another method | 405 | `not-supported` |
//! | XML | 406 | `not-supported` |
//! | deleted | 410 | `deleted` |
//! | a body that did not arrive | 408 | `timeout` |
//! | too large a body | 413 | `too-long` |
//! | too long an address | 414 | `too-long` |
//! | a body that is neither a form nor JSON | 415 | `not-supported` |
//! | too much | 422 | `too-costly` |
//! | too often | 429 | `throttled` |
//! | our fault | 500 | `exception` |
//! | temporarily unavailable | 503 | `transient` |

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use fhir::{
    error::{Error, Kind},
    outcome,
    search::request::{LARGEST_BODY, LONGEST_QUERY},
};

use super::format::FHIR_JSON;
use crate::oauth::bearer::Refused;

/// Why a request failed.
#[derive(Debug)]
pub enum Problem {
    Fhir(Error),
    /// The caller is not authenticated, or may not do this.
    Refused(Refused),
    /// The request failed before it reached the store.
    Http(StatusCode, &'static str, Cow<'static, str>),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Forbidden(scope) => Self::Refused(Refused::Scope(scope)),
            error => Self::Fhir(error),
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl Problem {
    pub const XML: Self =
        Self::http(StatusCode::NOT_ACCEPTABLE, "not-supported", "only JSON is served: application/fhir+json");
    pub const NOT_A_FORM: Self =
        Self::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", "send application/x-www-form-urlencoded");
    pub const NOT_JSON: Self =
        Self::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", "send a Bundle as application/fhir+json");
    pub const NO_CALL: Self =
        Self::http(StatusCode::BAD_REQUEST, "required", "the entry has no `request` with a method and a URL");
    pub const TOO_SLOW: Self =
        Self::http(StatusCode::REQUEST_TIMEOUT, "timeout", "the body did not arrive completely, or not in time");
    pub const NOT_UTF8: Self = Self::http(StatusCode::BAD_REQUEST, "invalid", "the parameters are not UTF-8");
    pub const NOTHING: Self = Self::http(StatusCode::NOT_FOUND, "not-found", "there is nothing at this address");

    const fn http(status: StatusCode, code: &'static str, text: &'static str) -> Self {
        Self::Http(status, code, Cow::Borrowed(text))
    }

    pub fn too_large() -> Self {
        let text = format!("a body has at most {LARGEST_BODY} bytes");
        Self::Http(StatusCode::PAYLOAD_TOO_LARGE, "too-long", text.into())
    }

    pub fn too_long() -> Self {
        let text = format!("an address has at most {LONGEST_QUERY} bytes after `?`; use POST _search");
        Self::Http(StatusCode::URI_TOO_LONG, "too-long", text.into())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(refused) => refused.into_response(),
            Self::Http(status, code, text) => respond(status, code, &text),
            Self::Fhir(error) => {
                let (status, code) = status(error.kind());
                match error.kind() {
                    Kind::Internal | Kind::Unavailable if !matches!(error, Error::Stale | Error::Changed) => {
                        tracing::error!(%error, "a FHIR request could not be answered");
                        respond(status, code, "internal error; try again in a moment")
                    }
                    _ => respond(status, code, &error.to_string()),
                }
            }
        }
    }
}

fn status(kind: Kind) -> (StatusCode, &'static str) {
    match kind {
        Kind::Invalid => (StatusCode::BAD_REQUEST, "invalid"),
        Kind::NotSupported => (StatusCode::BAD_REQUEST, "not-supported"),
        Kind::Required => (StatusCode::BAD_REQUEST, "required"),
        Kind::UnknownType => (StatusCode::NOT_FOUND, "not-supported"),
        Kind::NotFound => (StatusCode::NOT_FOUND, "not-found"),
        Kind::Deleted => (StatusCode::GONE, "deleted"),
        Kind::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        Kind::TooCostly => (StatusCode::UNPROCESSABLE_ENTITY, "too-costly"),
        Kind::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "transient"),
        Kind::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "exception"),
    }
}

/// An OperationOutcome with one issue.
pub fn respond(status: StatusCode, code: &str, text: &str) -> Response {
    (status, [(header::CONTENT_TYPE, FHIR_JSON)], outcome::error(code, text)).into_response()
}

/// Any method, at an address without an interaction.
pub async fn nothing_here() -> Problem {
    Problem::NOTHING
}

/// A method that the address does not accept.
pub fn not_allowed(allowed: &Method) -> Response {
    let (methods, text) = match *allowed {
        Method::POST => ("POST", "this address takes POST only"),
        _ => ("GET, HEAD", "resources are read-only here: GET"),
    };
    let mut response = respond(StatusCode::METHOD_NOT_ALLOWED, "not-supported", text);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
    response
}
