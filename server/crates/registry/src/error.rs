//! What can go wrong in the registry.

use jiff::Timestamp;
use model::{
    decision::{NotAllowed, Outcome},
    form::{Code, FieldError},
};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It does not exist, or belongs to someone else. Callers cannot see the difference.
    NotFound,
    /// The account may see it, but not do this.
    Forbidden,
    /// Fields to correct.
    Invalid,
    /// Someone else was faster, or the status does not permit it. Read it again.
    Conflict,
    Unavailable,
    Internal,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no such organization, application, secret or review")]
    NotFound,
    /// A developer of the team tried what only an owner may do.
    #[error("only an owner of the organization may do this")]
    OwnersOnly,
    /// A reviewer belongs to the organization under review.
    #[error("reviewers cannot decide on an organization they belong to")]
    OwnOrganization,
    /// The account already belongs to the organization.
    #[error("the account already belongs to the organization")]
    AlreadyOnTeam,
    /// An organization keeps one owner at least.
    #[error("the organization would lose its last owner")]
    LastOwner,
    /// The invitation was sent to another address than the account's, and the person did not confirm that they know it.
    #[error("the invitation was sent to another address")]
    OtherAddress,
    /// The account has as many drafts, organizations or invitations as it may have, or a letter was sent too often.
    #[error("there are too many already")]
    TooMany,
    #[error("the organization is not approved")]
    OrganizationNotApproved,
    #[error("{} fields are not valid", .0.len())]
    Fields(Vec<FieldError>),
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The reviewer made the decision that the appeal is about.
    #[error("another reviewer has to look at an appeal")]
    OwnDecision,
    /// The reviewer gave the first of two approvals.
    #[error("a second person has to approve")]
    SecondPerson,
    /// What is under appeal cannot be changed.
    #[error("an appeal is open")]
    UnderAppeal,
    /// The form was filled in from an older version than the one stored.
    #[error("it was changed in the meantime")]
    Stale,
    /// Another reviewer has it.
    #[error("{by} is working on it")]
    Claimed { by: String },
    /// Another reviewer decided first, or the owner withdrew.
    #[error("it was decided in the meantime: {}", .0.outcome)]
    Decided(Box<Decided>),
    /// The organization resembles another one. To approve it, the reviewer has to say why it is a different one.
    #[error("the organization resembles another, so its approval needs a reason")]
    ReasonNeeded,
    /// Something in use has this name already.
    #[error("the name is taken")]
    NameTaken,
    /// Two secrets are already live; one has to end first.
    #[error("two secrets are already live")]
    TwoLiveSecrets,
    /// Public clients have no secret and no keys.
    #[error("a public client has no secret and no keys")]
    PublicClient,
    /// What belongs to an app could not be ended with it.
    #[error(transparent)]
    Ending(Box<dyn std::error::Error + Send + Sync>),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// A decision that was there first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub outcome: Outcome,
    /// The name of who decided.
    pub by: Option<String>,
    pub at: Timestamp,
}

impl Error {
    pub fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::OwnersOnly
            | Self::OwnOrganization
            | Self::OwnDecision
            | Self::SecondPerson
            | Self::OrganizationNotApproved => Kind::Forbidden,
            Self::Fields(_) | Self::ReasonNeeded | Self::PublicClient | Self::OtherAddress => Kind::Invalid,
            Self::AlreadyOnTeam | Self::LastOwner | Self::TooMany | Self::NameTaken => Kind::Conflict,
            Self::NotAllowed(_) | Self::Stale | Self::Claimed { .. } => Kind::Conflict,
            Self::Decided(_) | Self::TwoLiveSecrets | Self::UnderAppeal => Kind::Conflict,
            Self::Ending(_) => Kind::Internal,
            Self::Store(error) => match error.kind() {
                store::Kind::Conflict => Kind::Conflict,
                store::Kind::Unavailable => Kind::Unavailable,
                store::Kind::Internal => Kind::Internal,
            },
        }
    }

    /// The short code that may travel in a URL or flash; [`Error::Fields`] has one for each field besides.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::OwnersOnly => "owners_only",
            Self::OwnOrganization => "own_organization",
            Self::OwnDecision => "own_decision",
            Self::SecondPerson => "second_person",
            Self::NameTaken => "name_taken",
            Self::UnderAppeal => "under_appeal",
            Self::AlreadyOnTeam => "already_on_team",
            Self::LastOwner => "last_owner",
            Self::OtherAddress => "other_address",
            Self::TooMany => "too_many",
            Self::OrganizationNotApproved => "organization_not_approved",
            Self::Fields(_) => "fields",
            Self::NotAllowed(_) => "not_allowed",
            Self::Stale => "stale",
            Self::Claimed { .. } => "claimed",
            Self::Decided(_) => "decided",
            Self::ReasonNeeded => "reason_needed",
            Self::TwoLiveSecrets => "two_live_secrets",
            Self::PublicClient => "public_client",
            Self::Ending(_) => "ending",
            Self::Store(_) => "store",
        }
    }

    /// What was chosen is not offered.
    pub(crate) fn not_a_choice(field: &'static str) -> Self {
        Self::field(field, Code::NotAChoice)
    }

    /// One field's error.
    pub(crate) fn field(field: &'static str, code: Code) -> Self {
        Self::Fields(vec![FieldError::new(field, code)])
    }
}
