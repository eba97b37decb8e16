//! What can go wrong with an account.

use jiff::Timestamp;
use model::{id::AccountId, password::PasswordError};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a page does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The person has to change what they typed.
    Invalid,
    /// It does not exist, or this caller has no access to it.
    NotFound,
    /// Someone else has it, or a rule forbids it.
    Conflict,
    /// Try again later.
    TooMany,
    /// The database or the hashing queue is too busy: try again.
    Unavailable,
    /// A defect of ours.
    Internal,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A Healthcare ID is a public handle, so we may say that it is taken. We never say this of an email address.
    #[error("the Healthcare ID is taken")]
    HealthcareIdTaken,
    /// Said only to a person who has just proved that they own the address.
    #[error("another account has this email address")]
    EmailTaken,
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// At sign-in: the account does not exist, or it has another password. We do not say which.
    #[error("the ID, email address, or password is incorrect")]
    WrongCredentials,
    /// The credentials are correct, but the email address was never confirmed. We send a new link.
    #[error("the email address is not confirmed")]
    NotVerified,
    /// On the account page: the current password is incorrect.
    #[error("the current password is incorrect")]
    WrongPassword,
    /// Neither the authenticator app's current code nor an unused recovery code.
    #[error("the code is not valid or has already been used")]
    WrongCode,
    /// Not a passkey of the account, or not an answer to the challenge.
    #[error("the passkey was not accepted")]
    WrongPasskey,
    /// Its signature counter has not grown: someone may have a copy of it.
    #[error("the passkey may have been copied")]
    CopiedPasskey,
    /// The challenge has expired. We may ask the browser for the passkey again.
    #[error("the challenge for the passkey has expired")]
    ChallengeExpired,
    /// The authenticator already has one for an account of ours.
    #[error("the passkey is already in use")]
    PasskeyTaken,
    #[error("the account already has the maximum number of passkeys")]
    TooManyPasskeys,
    #[error("no such passkey")]
    NoSuchPasskey,
    /// Browsers do not use passkeys at the deployment's address.
    #[error("passkeys do not work at this address")]
    NoPasskeysHere,
    /// At the second step: it took too long, or this browser never sent the password.
    #[error("the sign-in has expired")]
    SignInExpired,
    /// No secret waits for its first code: this browser never got one, or it has expired.
    #[error("the enrolment has expired")]
    EnrolmentExpired,
    /// A single-use link that was used or replaced, or is too old.
    #[error("the link is no longer valid")]
    LinkInvalid,
    #[error("too many attempts; the next one is allowed at {retry_at}")]
    TooManyAttempts { retry_at: Timestamp },
    #[error("no such account")]
    NoSuchAccount,
    #[error("the last administrator cannot be removed")]
    LastAdministrator,
    /// A production account stays linked to one member; a sandbox account may choose another.
    #[error("the account is already linked to another member")]
    LinkedToAnother,
    /// Unknown, of another program, another administrator's proposal, or no longer open.
    #[error("no such representative")]
    NoSuchRepresentative,
    #[error("the account may already act for the member")]
    ActsAlready,
    /// No administrator gives themselves access to a member's data.
    #[error("the account is the administrator's own")]
    OwnAccount,
    #[error("the account is the member")]
    OwnRecord,
    #[error("test members are for the sandbox, and real members for production")]
    WrongEnvironment,
    #[error("more than a session may hold")]
    FlashTooLarge,
    /// So many passwords wait to be hashed that one more would only delay all of them.
    #[error("too many passwords wait to be hashed")]
    Busy,
    #[error("a secret of {0} does not open with this key file: every node needs the same one")]
    Sealed(AccountId),
    #[error("hashing a password: {0}")]
    Hash(String),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Password(_)
            | Self::WrongCredentials
            | Self::NotVerified
            | Self::WrongPassword
            | Self::WrongCode
            | Self::WrongPasskey
            | Self::CopiedPasskey
            | Self::ChallengeExpired => Kind::Invalid,
            Self::LinkInvalid | Self::NoSuchAccount | Self::NoSuchPasskey | Self::NoSuchRepresentative => {
                Kind::NotFound
            }
            Self::HealthcareIdTaken
            | Self::EmailTaken
            | Self::LastAdministrator
            | Self::LinkedToAnother
            | Self::ActsAlready
            | Self::OwnAccount
            | Self::OwnRecord
            | Self::PasskeyTaken
            | Self::TooManyPasskeys
            | Self::NoPasskeysHere
            | Self::SignInExpired
            | Self::EnrolmentExpired => Kind::Conflict,
            Self::TooManyAttempts { .. } => Kind::TooMany,
            Self::Busy => Kind::Unavailable,
            Self::WrongEnvironment | Self::FlashTooLarge | Self::Sealed(_) | Self::Hash(_) => Kind::Internal,
            Self::Store(error) => match error.kind() {
                store::Kind::Conflict => Kind::Conflict,
                store::Kind::Unavailable => Kind::Unavailable,
                store::Kind::Internal => Kind::Internal,
            },
        }
    }

    /// Whether the person gave a second factor that was not accepted. The attempt counts and the challenge is used up, so the
    /// caller commits.
    pub(crate) fn is_wrong_factor(&self) -> bool {
        matches!(self, Self::WrongCode | Self::WrongPasskey | Self::CopiedPasskey | Self::ChallengeExpired)
    }
}
