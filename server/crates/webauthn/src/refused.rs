//! Why an answer does not hold.

pub type Result<T, E = Refused> = std::result::Result<T, E>;

/// For tests and the log; the holder is told only that the passkey was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("longer than an answer can be")]
    TooLong,
    /// No JSON of a `PublicKeyCredential`, no base64url, no CBOR, or too short.
    #[error("not readable: {0}")]
    Malformed(&'static str),
    #[error("answers the other question: creating or asserting")]
    Type,
    #[error("answers another challenge")]
    Challenge,
    #[error("comes from another site")]
    Origin,
    #[error("comes from a frame inside another site")]
    CrossOrigin,
    #[error("made for another relying party")]
    RelyingParty,
    #[error("nobody was present")]
    NotPresent,
    #[error("backed up, and never to be backed up")]
    BackupState,
    #[error("an algorithm that was not offered")]
    Algorithm,
    #[error("not a public key")]
    Key,
    #[error("another credential")]
    Credential,
    #[error("another account's credential")]
    UserHandle,
    #[error("the signature is wrong")]
    Signature,
    /// Two authenticators have the key, or one has gone back in time.
    #[error("the signature counter did not grow")]
    Counter,
}
