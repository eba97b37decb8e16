//! Why an answer is refused.

pub type Result<T, E = Refused> = std::result::Result<T, E>;

/// For tests and the log. The holder only learns that we did not accept the passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the answer is too long")]
    TooLong,
    /// Not the JSON of a `PublicKeyCredential`, not base64url, not CBOR, or too short.
    #[error("malformed: {0}")]
    Malformed(&'static str),
    #[error("it has the wrong type: creating instead of asserting, or the reverse")]
    Type,
    #[error("it answers another challenge")]
    Challenge,
    #[error("it comes from another site")]
    Origin,
    #[error("it comes from a frame inside another site")]
    CrossOrigin,
    #[error("it was made for another relying party")]
    RelyingParty,
    #[error("no one was present")]
    NotPresent,
    #[error("the credential is backed up although it is not eligible for backup")]
    BackupState,
    #[error("we did not offer the algorithm")]
    Algorithm,
    #[error("the public key is not valid")]
    Key,
    #[error("it names another credential")]
    Credential,
    #[error("the credential belongs to another account")]
    UserHandle,
    #[error("the signature is wrong")]
    Signature,
    /// Two authenticators have the key, or one has returned to an earlier state.
    #[error("the signature counter did not increase")]
    Counter,
}
