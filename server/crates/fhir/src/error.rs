//! What can go wrong with a request; the server gives each kind its status and issue code.

use crate::search::shape::PAGE;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A value that cannot be read.
    Invalid,
    /// A parameter, modifier or interaction that is not offered.
    NotSupported,
    /// A parameter that must be there.
    Required,
    /// No such type in this program.
    UnknownType,
    /// No such resource, or none that may be seen.
    NotFound,
    /// It was there.
    Deleted,
    /// The token's scopes do not reach this far.
    Forbidden,
    /// More than one answer should have to carry.
    TooCostly,
    /// Try again.
    Unavailable,
    /// Ours.
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
    /// The scope that would have opened it.
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
    #[error("the search index is not up to date; `flex reindex` rebuilds it")]
    Stale,
    /// All that a page was to show changed while it was put together.
    #[error("the resources change faster than they can be shown; ask again")]
    Changed,
    /// Why, with what was left out.
    #[error("nothing to load: {0}")]
    Nothing(String),
    #[error("the same load was begun again elsewhere, and goes on there")]
    TakenOver,
    /// What else ends with a member's data could not be ended.
    #[error("the access to deleted members' data could not be ended: {0}")]
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

    /// A link's token that this search did not give out.
    pub(crate) fn foreign_page() -> Self {
        Self::parameter(PAGE, "it belongs to another search")
    }

    pub(crate) fn parameter(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Parameter { name: name.into(), reason: reason.into() }
    }
}
