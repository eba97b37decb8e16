//! The code becomes tokens (OpenID Connect Core §3.1.3).

use std::{fmt, time::Duration};

use oauth2::{
    AccessToken, AuthorizationCode, ErrorResponse, PkceCodeVerifier, RefreshToken, RequestTokenError, Scope,
    TokenResponse, basic::BasicTokenType,
};
use serde::{Deserialize, Serialize};

use crate::{
    Payers,
    client::Way,
    discovery::Metadata,
    fault::{self, Fault},
    provider::Provider,
};

/// What of the answer is used. Neither token is kept.
///
/// Takes what providers get wrong and a sign-in does not need: `token_type` missing, `expires_in` as a text, a `scope` that is
/// a list, no access token where claims come in the id_token.
#[derive(Deserialize, Serialize)]
#[serde(from = "Written")]
pub struct Tokens {
    pub id_token: String,
    /// Empty where there is none.
    access_token: AccessToken,
}

/// As it is written.
#[derive(Deserialize)]
struct Written {
    id_token: String,
    access_token: Option<AccessToken>,
}

/// RFC 6749 §5.2, the code alone: what the provider says besides is its own text.
#[derive(Debug, Deserialize, Serialize)]
pub struct Refused {
    error: String,
}

const WHAT: &str = "token endpoint";

impl Tokens {
    pub fn access_token(&self) -> Option<&str> {
        Some(self.access_token.secret().as_str()).filter(|token| !token.is_empty())
    }
}

impl From<Written> for Tokens {
    fn from(Written { id_token, access_token }: Written) -> Self {
        Self { id_token, access_token: access_token.unwrap_or_else(|| AccessToken::new(String::new())) }
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

impl TokenResponse for Tokens {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// The only one that a provider may give us (OpenID Connect Core §3.1.3.3), whatever it calls it.
    fn token_type(&self) -> &BasicTokenType {
        &BasicTokenType::Bearer
    }

    fn expires_in(&self) -> Option<Duration> {
        None
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        None
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(fault::code(&self.error))
    }
}

impl ErrorResponse for Refused {}

impl Payers {
    pub(crate) async fn exchange(
        &self,
        provider: &Provider,
        metadata: &Metadata,
        code: &str,
        code_verifier: &str,
    ) -> Result<Tokens, Fault> {
        let (client, way) = (self.client(provider, metadata), Way::new(&*self.fetch, WHAT));
        let request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(code_verifier.to_owned()));
        request.request_async(&way).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(Refused { error }) => Fault::Token(fault::code(&error)),
            RequestTokenError::Request(fault) => fault,
            // Both may quote the answer.
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => way.unreadable(),
        })
    }
}

#[cfg(test)]
mod tests {
    use oauth2::{EmptyExtraTokenFields, StandardTokenResponse};

    use super::*;

    /// Why the response is ours: the crate's own would end sign-ins that need nothing of what it insists on.
    #[test]
    fn the_crates_own_response_refuses_what_ours_takes() {
        type Theirs = StandardTokenResponse<EmptyExtraTokenFields, BasicTokenType>;
        for (more, theirs_too) in [
            (r#""access_token":"a","token_type":"Bearer""#, true),
            (r#""access_token":"a""#, false),
            (r#""token_type":"Bearer""#, false),
            (r#""access_token":"a","token_type":"Bearer","expires_in":"300""#, false),
            (r#""access_token":"a","token_type":"Bearer","scope":["openid"]"#, false),
        ] {
            let text = format!(r#"{{"id_token":"x",{more}}}"#);
            assert!(serde_json::from_str::<Tokens>(&text).is_ok(), "{text}");
            assert_eq!(serde_json::from_str::<Theirs>(&text).is_ok(), theirs_too, "{text}");
        }
    }

    #[test]
    fn an_answer_shows_none_of_its_tokens() {
        let tokens: Tokens = serde_json::from_str(r#"{"id_token":"hush","access_token":"hush"}"#).unwrap();
        assert_eq!(format!("{tokens:?}"), "Tokens { .. }");
        let refused: Refused =
            serde_json::from_str(r#"{"error":"invalid_client","error_description":"hush"}"#).unwrap();
        assert_eq!(format!("{refused} {refused:?}"), "invalid_client Refused { error: \"invalid_client\" }");
    }
}
