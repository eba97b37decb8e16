//! Why a sign-in at a provider failed, or a code did not leave by a hook: for the log and for administrators. Says nothing of the
//! member, holds no secret.

use crate::fetch::Failed;

/// What the provider, or someone posing as it, did wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("{0}: no answer: {1}")]
    NoAnswer(&'static str, Failed),
    #[error("{0}: status {1}")]
    Status(&'static str, u16),
    #[error("{0}: not what its specification says")]
    Malformed(&'static str),
    #[error("discovery: {0}")]
    Metadata(&'static str),
    /// RFC 6749 §4.1.2.1 and OpenID Connect Core §3.1.2.6, by its registered code.
    #[error("the provider answered the authorization request with `{0}`")]
    Authorization(&'static str),
    /// RFC 6749 §5.2.
    #[error("the provider answered the code with `{0}`")]
    Token(&'static str),
    /// RFC 9207 §2.4: this answer comes from another provider than the one that was asked.
    #[error("the answer names another issuer, or none, or came to another payer's address")]
    MixUp,
    #[error("id_token: {0}")]
    IdToken(#[from] IdTokenFault),
    #[error("userinfo: about another person than the id_token")]
    OtherSubject,
    /// The claim that names the member, by its name and never with its value: it names no member, which is not the same as
    /// a member who has left.
    #[error("the claim `{0}` {1}")]
    MemberId(String, MemberIdFault),
    /// The deployment was configured otherwise when the member chose.
    #[error("no code hook is configured")]
    NoHook,
}

/// Why a claim does not name a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MemberIdFault {
    #[error("is missing")]
    Missing,
    #[error("is empty")]
    Empty,
    #[error("is neither one text nor one whole number")]
    Malformed,
    #[error("is not a list of at most 50 texts or whole numbers")]
    MalformedList,
    #[error("fits more than one Patient in our data")]
    Several,
    #[error("is spelled otherwise than the number of the member who signed in here before")]
    Spelling,
    #[error("names no one in our data, and the person who signed in here before is missing too: is the data loaded?")]
    NoData,
}

/// The part of an answer that came through the browser, which anyone can change.
pub(crate) const ANSWER: &str = "authorization response";

impl Fault {
    /// Whether it says something about the provider. What the browser brought, and a code that does not fit, do not:
    /// anyone could make a provider look broken.
    pub fn is_providers(&self) -> bool {
        !matches!(self, Self::MixUp | Self::Authorization(_) | Self::Malformed(ANSWER) | Self::Token("invalid_grant"))
    }
}

/// OpenID Connect Core §3.1.3.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenFault {
    #[error("malformed")]
    Malformed,
    #[error("its algorithm is none that verifies with a public key, or not one that the provider announces")]
    Algorithm,
    #[error("no key of the provider's has signed it")]
    UnknownKey,
    #[error("the signature is wrong")]
    Signature,
    #[error("`iss` is not the provider")]
    Issuer,
    #[error("`aud` is not us alone")]
    Audience,
    #[error("`azp` is not us")]
    AuthorizedParty,
    #[error("it has expired")]
    Expired,
    #[error("`iat` is before the sign-in began, or to come")]
    IssuedAt,
    #[error("`nbf` is to come")]
    NotBefore,
    #[error("`nonce` is not ours")]
    Nonce,
    #[error("`at_hash` does not fit the access token")]
    AccessTokenHash,
    #[error("`auth_time` is missing, or earlier than asked for")]
    AuthTime,
    #[error("`sub` is empty or too long")]
    Subject,
}

/// Error codes that may be repeated as they are; any other is text of the sender's own.
pub(crate) fn code(text: &str) -> &'static str {
    const KNOWN: [&str; 16] = [
        "access_denied",
        "account_selection_required",
        "consent_required",
        "interaction_required",
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "invalid_scope",
        "login_required",
        "request_not_supported",
        "server_error",
        "temporarily_unavailable",
        "unauthorized_client",
        "unmet_authentication_requirements",
        "unsupported_grant_type",
        "unsupported_response_type",
    ];
    KNOWN.into_iter().find(|known| *known == text).unwrap_or("an unregistered error")
}
