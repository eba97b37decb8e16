//! The words by which programs distinguish errors of one code: `invalid_grant` with `grant_revoked: …`, or a 401 with
//! `token_expired`. They are stable; the sentences behind them are not.

use std::fmt;

use crate::error::{Code, OAuthError};

/// An enumeration of words that others read.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

pub(crate) use coded;

coded! {
    /// What an app can act on: the first word of `error_description`, and the code in `OperationOutcome.issue.details`.
    Reason {
        // At the token endpoint
        CodeExpired = "code_expired",
        CodeReused = "code_reused",
        TokenReused = "token_reused",
        TokenRevoked = "token_revoked",
        MemberLeft = "member_left",
        DpopKeyMismatch = "dpop_key_mismatch",
        // At the token endpoint and at the FHIR API
        GrantRevoked = "grant_revoked",
        GrantExpired = "grant_expired",
        GrantNarrowed = "grant_narrowed",
        AppSuspended = "app_suspended",
        RateLimited = "rate_limited",
        // At the FHIR API
        TokenMissing = "token_missing",
        TokenRepeated = "token_repeated",
        TokenInvalid = "token_invalid",
        TokenExpired = "token_expired",
        TokenBound = "token_bound",
        TokenNotBound = "token_not_bound",
        TokenKeyMismatch = "token_key_mismatch",
        DpopProofInvalid = "dpop_proof_invalid",
        InsufficientScope = "insufficient_scope",
        Internal = "internal",
    }
}

impl Reason {
    /// The reason at the beginning of a description, if it begins with one.
    pub fn of(description: &str) -> Option<Self> {
        let (word, _) = description.split_once(": ")?;
        Self::ALL.iter().copied().find(|reason| reason.as_str() == word)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Code {
    /// The error with a word that programs can read, and a sentence for people: `grant_revoked: the member ended the access`.
    pub fn with(self, reason: Reason, sentence: impl fmt::Display) -> OAuthError {
        self.because(format!("{reason}: {sentence}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_begins_with_its_reason() {
        let error = Code::InvalidGrant.with(Reason::CodeReused, "its tokens were ended");
        assert_eq!(error.reason, "code_reused: its tokens were ended");
        assert_eq!(Reason::of(&error.reason), Some(Reason::CodeReused));
        assert_eq!(Reason::of("redirect_uri: unknown"), None);
        assert_eq!(Reason::of("code_reused"), None);
    }
}
