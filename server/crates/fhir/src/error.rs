//! What can go wrong with a request. The server gives each kind its status and issue code.

use crate::search::shape::PAGE;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A value that cannot be parsed.
    Invalid,
    /// A parameter, modifier or interaction that is not offered.
    NotSupported,
    /// A parameter that is missing and required.
    Required,
    /// The program does not offer the type.
    UnknownType,
    /// The resource does not exist or may not be seen.
    NotFound,
    /// The resource was deleted.
    Deleted,
    /// The token's scopes do not allow this.
    Forbidden,
    /// More than one answer may contain.
    TooCostly,
    /// Try again.
    Unavailable,
    /// Our own fault.
    Internal,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("`{0}` is not a resource type of this program")]
    UnknownType(String),
    #[error("{0} is not offered for {1}")]
    UnknownInteraction(&'static str, String),
    #[error("there is no {0}/{1}")]
    NotFound(String, String),
    #[error("{0}/{1} was deleted")]
    Deleted(String, String),
    /// The scope that would have allowed it.
    #[error("the token does not have the scope `{0}`")]
    Forbidden(String),
    #[error("`{name}`: {reason}")]
    Parameter { name: String, reason: String },
    #[error("the parameter `{name}` is not supported; supported are {}", supported.join(", "))]
    UnknownParameter { name: String, supported: Vec<String> },
    #[error("the modifier of `{name}` is not supported: {reason}")]
    UnknownModifier { name: String, reason: String },
    #[error("the parameter `{0}` is required")]
    MissingParameter(String),
    #[error("{0}")]
    TooCostly(String),
    /// The search parameters changed since the resources were indexed.
    #[error("the search index is out of date; `flex reindex` rebuilds it")]
    Stale,
    /// Everything that a page was to show changed while it was being put together.
    #[error("the resources are changing faster than we can show them; try again")]
    Changed,
    /// The reason, with what was skipped.
    #[error("nothing to load: {0}")]
    Nothing(String),
    #[error("the same load was started again elsewhere and continues there")]
    TakenOver,
    /// What must end with a member's data could not be ended.
    #[error("could not end the access to deleted members' data: {0}")]
    Leaving(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the program `{0}` is not configured")]
    UnknownProgram(String),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    pub fn kind(&self) -> Kind {
        match self {
            Self::UnknownType(_) => Kind::UnknownType,
            Self::NotFound(..) => Kind::NotFound,
            Self::Deleted(..) => Kind::Deleted,
            Self::Forbidden(_) => Kind::Forbidden,
            Self::Parameter { .. } => Kind::Invalid,
            Self::UnknownInteraction(..) | Self::UnknownParameter { .. } | Self::UnknownModifier { .. } => {
                Kind::NotSupported
            }
            Self::MissingParameter(_) => Kind::Required,
            Self::TooCostly(_) => Kind::TooCostly,
            Self::Stale | Self::Changed => Kind::Unavailable,
            Self::UnknownProgram(_) | Self::Nothing(_) | Self::TakenOver | Self::Leaving(_) => Kind::Internal,
            Self::Store(error) => match error.kind() {
                store::Kind::Unavailable => Kind::Unavailable,
                store::Kind::Conflict | store::Kind::Internal => Kind::Internal,
            },
        }
    }

    /// The error for a page token that this search did not issue.
    pub(crate) fn foreign_page() -> Self {
        Self::parameter(PAGE, "it belongs to another search")
    }

    pub(crate) fn parameter(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Parameter { name: name.into(), reason: reason.into() }
    }
}
