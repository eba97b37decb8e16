//! The code becomes tokens (OpenID Connect Core §3.1.3).

use serde::Deserialize;
use url::form_urlencoded::Serializer;

use crate::{
    Payers,
    discovery::Metadata,
    fault::{self, Fault},
    fetch::{self, Body, Request},
    provider::Provider,
};

/// What of the answer is used. Neither token is kept.
#[derive(Deserialize)]
pub struct Tokens {
    pub id_token: String,
    pub access_token: Option<String>,
}

/// RFC 6749 §5.2.
#[derive(Deserialize)]
struct Refused {
    error: String,
}

const WHAT: &str = "token endpoint";

impl Payers {
    pub(crate) async fn exchange(
        &self,
        provider: &Provider,
        metadata: &Metadata,
        code: &str,
        code_verifier: &str,
    ) -> Result<Tokens, Fault> {
        let request = self.token_request(provider, metadata, code, code_verifier);
        let response = fetch::ask(&*self.fetch, WHAT, request).await?;
        match response.status {
            200 => serde_json::from_slice(&response.body).map_err(|_| Fault::Malformed(WHAT)),
            status => match serde_json::from_slice::<Refused>(&response.body) {
                Ok(refused) => Err(Fault::Token(fault::code(&refused.error))),
                Err(_) => Err(Fault::Status(WHAT, status)),
            },
        }
    }

    fn token_request(&self, provider: &Provider, metadata: &Metadata, code: &str, code_verifier: &str) -> Request {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.redirect_uri(&provider.home))
            .append_pair("code_verifier", code_verifier);
        let authorization = metadata.method.prove(&provider.credentials, &mut form);
        Request { url: metadata.token_endpoint.clone(), body: Some(Body::Form(form.finish())), authorization }
    }
}
