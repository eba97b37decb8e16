//! Errors in the format that apps read.
//!
//! | case | status |
//! |---|---|
//! | `invalid_client` | 401, with `WWW-Authenticate: Basic` if the client used that header |
//! | `server_error` | 500 |
//! | `temporarily_unavailable` | 503, `Retry-After` |
//! | too many calls (`rate_limited: …`) | 429, `Retry-After`, `RateLimit-*` |
//! | the form is too large (RFC 9126 §2.3) | 413 |
//! | the form did not arrive completely, or not in time | 408 |
//! | everything else (RFC 6749 §5.2) | 400 |

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use oauth::error::{Code, Error, OAuthError};
use serde_json::json;

use crate::{limits::Exceeded, middleware::rate};

/// A call that failed.
pub enum Failed {
    /// With the challenge of RFC 6749 §5.2 if the client used the `Authorization` header.
    Told {
        error: OAuthError,
        status: StatusCode,
        challenge: bool,
    },
    Throttled(Exceeded),
}

impl Failed {
    /// What the app sees. Errors of our own are logged here, once.
    pub fn new(error: &Error, used_header: bool) -> Self {
        if !matches!(error, Error::OAuth(_)) {
            tracing::error!(%error, "the authorization server failed");
        }
        let error = error.told();
        Self::Told { status: status(error.code), error, challenge: used_header }
    }

    /// The form is larger than this.
    pub fn too_large(reason: &'static str) -> Self {
        let error = Code::InvalidRequest.because(reason);
        Self::Told { error, status: StatusCode::PAYLOAD_TOO_LARGE, challenge: false }
    }

    /// The form did not arrive.
    pub fn too_slow() -> Self {
        let error = Code::InvalidRequest.because("the form did not arrive completely, or not in time");
        Self::Told { error, status: StatusCode::REQUEST_TIMEOUT, challenge: false }
    }
}

fn status(code: Code) -> StatusCode {
    match code {
        Code::InvalidClient => StatusCode::UNAUTHORIZED,
        Code::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
        Code::TemporarilyUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

impl From<OAuthError> for Failed {
    fn from(error: OAuthError) -> Self {
        Self::Told { status: status(error.code), error, challenge: false }
    }
}

impl From<Exceeded> for Failed {
    fn from(exceeded: Exceeded) -> Self {
        Self::Throttled(exceeded)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let (error, status, challenge) = match self {
            Self::Told { error, status, challenge } => (error, status, challenge),
            Self::Throttled(exceeded) => return rate::oauth(&exceeded),
        };
        let body = Json(json!({ "error": error.code.as_str(), "error_description": error.reason }));
        let mut response = (status, NO_STORE, body).into_response();
        if status == StatusCode::UNAUTHORIZED && challenge {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"oauth\""));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}

/// RFC 6749 §5.1: on every answer that holds or refuses a token.
pub const NO_STORE: [(header::HeaderName, HeaderValue); 2] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::PRAGMA, HeaderValue::from_static("no-cache")),
];
