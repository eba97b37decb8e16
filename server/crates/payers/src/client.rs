//! Us at a payer's provider, as the crate `oauth2` knows it: who we are there, and where browsers and codes go.

use std::{future::Future, pin::Pin, sync::OnceLock};

use oauth2::{
    AsyncHttpClient, AuthType, AuthUrl, ClientId, ClientSecret, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse,
    RedirectUrl, StandardRevocableToken, TokenUrl,
    basic::{BasicRevocationErrorResponse, BasicTokenIntrospectionResponse},
    http::{StatusCode, header::AUTHORIZATION},
};
use serde::de::IgnoredAny;
use url::Url;

use crate::{
    Payers,
    discovery::Metadata,
    fault::Fault,
    fetch::{self, Body, Failed, Fetch, Request},
    provider::Provider,
    token::{Refused, Tokens},
};

/// The crate's client, with the two endpoints that a sign-in needs.
pub type Client = oauth2::Client<
    Refused,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// How we prove at the token endpoint who we are (OpenID Connect Core §9): Basic where the provider takes it, as every
/// server must (RFC 6749 §2.3.1). `None` where it takes no secret.
pub fn choose(supported: &[String]) -> Option<AuthType> {
    let has = |name: &str| supported.iter().any(|method| method == name);
    match () {
        () if has("client_secret_basic") => Some(AuthType::BasicAuth),
        () if has("client_secret_post") => Some(AuthType::RequestBody),
        () => None,
    }
}

impl Payers {
    pub(crate) fn client(&self, provider: &Provider, metadata: &Metadata) -> Client {
        oauth2::Client::new(ClientId::new(provider.credentials.client_id.clone()))
            .set_client_secret(ClientSecret::new(provider.credentials.client_secret.to_string()))
            .set_auth_type(metadata.auth_type.clone())
            .set_auth_uri(AuthUrl::from_url(metadata.authorization_endpoint.clone()))
            .set_token_uri(TokenUrl::from_url(metadata.token_endpoint.clone()))
            .set_redirect_uri(RedirectUrl::from_url(self.redirect_url(&provider.home)))
    }
}

/// The crate's way out: our own fetcher, which alone decides where requests may go and how much may come back.
pub struct Way<'f> {
    fetch: &'f dyn Fetch,
    what: &'static str,
    /// Of the answer; the crate's errors do not tell it.
    status: OnceLock<u16>,
}

impl<'f> Way<'f> {
    /// For one request.
    pub fn new(fetch: &'f dyn Fetch, what: &'static str) -> Self {
        Self { fetch, what, status: OnceLock::new() }
    }

    /// What an answer that cannot be read comes to.
    pub fn unreadable(&self) -> Fault {
        match self.status.get() {
            None | Some(200) => Fault::Malformed(self.what),
            Some(status) => Fault::Status(self.what, *status),
        }
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Fault> {
        let request =
            plain(request).ok_or_else(|| Fault::NoAnswer(self.what, Failed("the address is malformed".to_owned())))?;
        let response = fetch::ask(self.fetch, self.what, request).await?;
        let _ = self.status.set(response.status);
        // The crate reads the first value and not what may follow it.
        serde_json::from_slice::<IgnoredAny>(&response.body).map_err(|_| self.unreadable())?;
        let mut answer = HttpResponse::new(response.body);
        *answer.status_mut() = StatusCode::from_u16(response.status).map_err(|_| self.unreadable())?;
        Ok(answer)
    }
}

impl<'c> AsyncHttpClient<'c> for Way<'_> {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Fault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// The same request in our words; the crate posts forms and nothing else.
fn plain(request: HttpRequest) -> Option<Request> {
    let (parts, body) = request.into_parts();
    let authorization = match parts.headers.get(AUTHORIZATION) {
        Some(value) => Some(value.to_str().ok()?.to_owned()),
        None => None,
    };
    let url = Url::parse(&parts.uri.to_string()).ok()?;
    Some(Request { url, body: Some(Body::Form(String::from_utf8(body).ok()?)), authorization })
}

#[cfg(test)]
mod tests {
    use oauth2::{AuthorizationCode, CsrfToken, PkceCodeVerifier};

    use super::*;

    #[test]
    fn neither_client_nor_requests_show_a_secret() {
        let url = || Url::parse("https://op.example/").unwrap();
        let client: Client = oauth2::Client::new(ClientId::new("us".to_owned()))
            .set_client_secret(ClientSecret::new("hush".to_owned()))
            .set_auth_uri(AuthUrl::from_url(url()))
            .set_token_uri(TokenUrl::from_url(url()));
        let going = client.authorize_url(|| CsrfToken::new("hush".to_owned()));
        let exchange = client
            .exchange_code(AuthorizationCode::new("hush".to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new("hush".to_owned()));
        let body = Some(Body::Form("client_secret=hush".to_owned()));
        let request = Request { url: url(), body, authorization: Some("Basic hush".to_owned()) };
        let response = fetch::Response { status: 200, body: b"hush".to_vec() };
        let shown = format!("{client:?} {going:?} {exchange:?} {request:?} {response:?}");
        assert!(shown.contains("us") && !shown.contains("hush"), "{shown}");
        assert!(!shown.contains(&format!("{:?}", b"hush")), "{shown}");
    }
}
