//! Errors, as OperationOutcomes. [`Issue`] has the status and the code of each; `oauth/bearer.rs` those of refused tokens.

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use fhir::{
    error::{Error, Kind},
    outcome::{self, Issue},
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
    Http(Issue, Cow<'static, str>),
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
    pub const XML: Self = Self::http(Issue::Format, "only JSON is served: application/fhir+json");
    pub const NOT_A_FORM: Self = Self::http(Issue::MediaType, "send application/x-www-form-urlencoded");
    pub const NOT_JSON: Self = Self::http(Issue::MediaType, "send a Bundle as application/fhir+json");
    pub const NO_CALL: Self = Self::http(Issue::Required, "the entry has no `request` with a method and a URL");
    pub const TOO_SLOW: Self = Self::http(Issue::Timeout, "the body did not arrive completely, or not in time");
    pub const NOT_UTF8: Self = Self::http(Issue::Invalid, "the parameters are not UTF-8");
    pub const NOTHING: Self = Self::http(Issue::NotFound, "there is nothing at this address");

    const fn http(issue: Issue, text: &'static str) -> Self {
        Self::Http(issue, Cow::Borrowed(text))
    }

    pub fn too_large() -> Self {
        let text = format!("a body has at most {LARGEST_BODY} bytes");
        Self::Http(Issue::TooLarge, text.into())
    }

    pub fn too_long() -> Self {
        let text = format!("an address has at most {LONGEST_QUERY} bytes after `?`; use POST _search");
        Self::Http(Issue::TooLong, text.into())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(refused) => refused.into_response(),
            Self::Http(issue, text) => respond(issue, &text),
            Self::Fhir(error) => {
                let issue = error.kind().into();
                match error.kind() {
                    Kind::Internal | Kind::Unavailable if !matches!(error, Error::Stale | Error::Changed) => {
                        tracing::error!(%error, "a FHIR request could not be answered");
                        respond(issue, "internal error; try again in a moment")
                    }
                    _ => respond(issue, &error.to_string()),
                }
            }
        }
    }
}

/// An OperationOutcome with one issue.
pub fn respond(issue: Issue, text: &str) -> Response {
    let status = StatusCode::from_u16(issue.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, FHIR_JSON)], outcome::error(issue, text)).into_response()
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
    let mut response = respond(Issue::Method, text);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
    response
}
