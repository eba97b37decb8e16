//! What can go wrong with an account.

use jiff::Timestamp;
use model::{id::AccountId, password::PasswordError};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a page does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What was typed has to be typed differently.
    Invalid,
    /// Not there, or not for this caller.
    NotFound,
    /// Somebody else has it, or a rule forbids it.
    Conflict,
    /// Try again later.
    TooMany,
    /// The database or the hashing queue is too busy: try again.
    Unavailable,
    /// Ours.
    Internal,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A Healthcare ID is a public handle, so its being taken may be told; that of an e-mail address never is.
    #[error("the Healthcare ID is taken")]
    HealthcareIdTaken,
    /// Only ever told to who has just proved to own the address.
    #[error("another account has this e-mail address")]
    EmailTaken,
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// At sign-in: no such account or another password; which, is not told.
    #[error("the ID, e-mail address or password is wrong")]
    WrongCredentials,
    /// Right credentials, but the e-mail address was never confirmed; a new link is on its way.
    #[error("the e-mail address is not confirmed")]
    NotVerified,
    /// On the account page: the current password was not given right.
    #[error("the current password is wrong")]
    WrongPassword,
    /// Neither the authenticator app's code of this moment, nor a recovery code that was not used yet.
    #[error("the code is wrong or was used before")]
    WrongCode,
    /// None of the account's passkeys, or not an answer to the question that was asked.
    #[error("the passkey was not accepted")]
    WrongPasskey,
    /// Its signature counter has not grown: somebody may have a copy of it.
    #[error("the passkey may have been copied")]
    CopiedPasskey,
    /// Too much time went by since the browser was asked for the passkey; it may be asked again.
    #[error("the passkey has to be asked for anew")]
    ChallengeExpired,
    /// The authenticator has one for an account of ours already.
    #[error("the passkey is in use")]
    PasskeyTaken,
    #[error("the account has as many passkeys as it may")]
    TooManyPasskeys,
    #[error("no such passkey")]
    NoSuchPasskey,
    /// The deployment's address is none that browsers use passkeys at.
    #[error("passkeys do not work at this address")]
    NoPasskeysHere,
    /// Between password and code: too much time went by, or the browser never gave the password.
    #[error("the sign-in has to begin anew")]
    SignInExpired,
    /// No secret waits for its first code: none was made in this browser, or too long ago.
    #[error("the enrolment has to begin anew")]
    EnrolmentExpired,
    /// A single-use link that was used, replaced, or is too old.
    #[error("the link is not valid any more")]
    LinkInvalid,
    #[error("too many attempts; the next may be made at {retry_at}")]
    TooManyAttempts { retry_at: Timestamp },
    #[error("no such account")]
    NoSuchAccount,
    #[error("the last administrator stays")]
    LastAdministrator,
    /// A production account is one member for good; a sandbox account may choose another.
    #[error("the account is another member already")]
    LinkedToAnother,
    #[error("a test member is for the sandbox, a real one for production")]
    WrongEnvironment,
    #[error("more than a session may hold")]
    FlashTooLarge,
    /// So many passwords wait to be hashed that one more would only make all of them late.
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
            Self::LinkInvalid | Self::NoSuchAccount | Self::NoSuchPasskey => Kind::NotFound,
            Self::HealthcareIdTaken
            | Self::EmailTaken
            | Self::LastAdministrator
            | Self::LinkedToAnother
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

    /// Whether a second factor was given and did not do. It counts, and challenges are used up, so what was written is kept.
    pub(crate) fn is_wrong_factor(&self) -> bool {
        matches!(self, Self::WrongCode | Self::WrongPasskey | Self::CopiedPasskey | Self::ChallengeExpired)
    }
}
