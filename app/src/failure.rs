//! Why a page or a form has no ordinary answer, and which status each case gets.

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

use crate::texts::notices::Reason;

/// | case | answer |
/// |---|---|
/// | `Redirect` | 303 to a path of this site |
/// | `NotFound` | 404; also what belongs to someone else |
/// | `Forbidden` | 403 |
/// | `Invalid` | 400: a form that none of our pages sends |
/// | `TooLarge` | 413: more than any of our forms holds |
/// | `Conflict` | 409: it changed since the page was shown |
/// | `TooMany` | 429 |
/// | `Unavailable` | 503 |
/// | `Internal` | 500; the reason is in the log |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Failure {
    #[error("elsewhere: {0}")]
    Redirect(String),
    #[error("not found")]
    NotFound,
    #[error("not allowed")]
    Forbidden,
    #[error("not one of our forms")]
    Invalid,
    #[error("too large a form")]
    TooLarge,
    #[error("changed meanwhile")]
    Conflict,
    #[error("too many attempts")]
    TooMany,
    #[error("not available")]
    Unavailable,
    #[error("defect")]
    Internal,
}

impl Failure {
    /// To another page of this site, or to a payer's identity provider.
    pub fn redirect(path: impl Into<String>) -> Self {
        Self::Redirect(path.into())
    }

    /// To a page other than the one asked for, which says why.
    pub fn because(path: &str, why: Reason) -> Self {
        Self::Redirect(format!("{path}?why={why}"))
    }

    pub fn status(&self) -> u16 {
        match self {
            Self::Redirect(_) => 303,
            Self::NotFound => 404,
            Self::Forbidden => 403,
            Self::Invalid => 400,
            Self::TooLarge => 413,
            Self::Conflict => 409,
            Self::TooMany => 429,
            Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }

    /// A defect of ours: the reason goes to the log, the reader gets a 500.
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a page failed");
        Self::Internal
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid
            }
            error => Self::internal(&error),
        }
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error.kind() {
            store::Kind::Conflict => Self::Conflict,
            store::Kind::Unavailable => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the database is not available");
                Self::Unavailable
            }
            store::Kind::Internal => Self::internal(&error),
        }
    }
}

impl From<identity::error::Error> for Failure {
    fn from(error: identity::error::Error) -> Self {
        use identity::error::Kind;
        match error.kind() {
            Kind::Invalid => Self::Invalid,
            Kind::NotFound => Self::NotFound,
            Kind::Conflict => Self::Conflict,
            Kind::TooMany => Self::TooMany,
            Kind::Unavailable => Self::Unavailable,
            Kind::Internal => Self::internal(&error),
        }
    }
}

impl From<registry::error::Error> for Failure {
    fn from(error: registry::error::Error) -> Self {
        use registry::error::Kind;
        match error.kind() {
            Kind::Invalid => Self::Invalid,
            Kind::NotFound => Self::NotFound,
            Kind::Forbidden => Self::Forbidden,
            Kind::Conflict => Self::Conflict,
            Kind::Unavailable => Self::Unavailable,
            Kind::Internal => Self::internal(&error),
        }
    }
}

impl From<fhir::error::Error> for Failure {
    fn from(error: fhir::error::Error) -> Self {
        match error {
            fhir::error::Error::Store(error) => error.into(),
            error => Self::internal(&error),
        }
    }
}
