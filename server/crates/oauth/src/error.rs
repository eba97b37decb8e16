//! What an app gets when something is wrong: an error code of RFC 6749 (or of a specification that adds to it) and a reason.

use std::borrow::Cow;

use crate::{dpop, reason::coded};

coded! {
    /// The registered error codes that we use.
    Code {
        // RFC 6749 §4.1.2.1 and §5.2
        InvalidRequest = "invalid_request",
        InvalidClient = "invalid_client",
        InvalidGrant = "invalid_grant",
        UnauthorizedClient = "unauthorized_client",
        UnsupportedGrantType = "unsupported_grant_type",
        UnsupportedResponseType = "unsupported_response_type",
        InvalidScope = "invalid_scope",
        AccessDenied = "access_denied",
        ServerError = "server_error",
        TemporarilyUnavailable = "temporarily_unavailable",
        // OpenID Connect Core §3.1.2.6
        LoginRequired = "login_required",
        InteractionRequired = "interaction_required",
        ConsentRequired = "consent_required",
        RequestNotSupported = "request_not_supported",
        RequestUriNotSupported = "request_uri_not_supported",
        // RFC 9449 §12.2
        InvalidDpopProof = "invalid_dpop_proof",
    }
}

/// A code and a reason. Reasons that an app can act on begin with a word of their own: `grant_revoked: …`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", code.as_str())]
pub struct OAuthError {
    pub code: Code,
    pub reason: Cow<'static, str>,
}

impl Code {
    pub fn because(self, reason: impl Into<Cow<'static, str>>) -> OAuthError {
        OAuthError { code: self, reason: reason.into() }
    }
}

/// An app's mistake, or ours.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    OAuth(#[from] OAuthError),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Key(#[from] crate::keys::Unusable),
}

impl From<dpop::Error> for Error {
    fn from(error: dpop::Error) -> Self {
        match error {
            dpop::Error::Invalid(invalid) => invalid.into(),
            dpop::Error::Store(error) => Self::Store(error),
        }
    }
}

impl From<dpop::Invalid> for Error {
    fn from(invalid: dpop::Invalid) -> Self {
        Self::OAuth(Code::InvalidDpopProof.because(invalid.to_string()))
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What the app gets. If the fault is ours, only that it is.
    pub fn told(&self) -> OAuthError {
        match self {
            Self::OAuth(error) => error.clone(),
            Self::Store(error) if error.kind() == store::Kind::Unavailable => {
                Code::TemporarilyUnavailable.because("try again in a moment")
            }
            Self::Store(_) | Self::Key(_) => Code::ServerError.because("the fault is ours; it has been recorded"),
        }
    }
}
