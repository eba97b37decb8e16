//! Client authentication (RFC 6749 §2.3): `client_secret_basic`, `client_secret_post`, `private_key_jwt` (RFC 7523), and
//! `none` for public clients, which say who they are, or show a refresh token of theirs.

mod assertion;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use model::{client_keys::ClientKeys, id::ClientId, jwk::JwkSet};
use programs::surface::Surface;
use store::Store;
use url::form_urlencoded;

use crate::{
    client::{self, Client, Clients},
    client_keys::ClientKeySets,
    endpoint::Endpoint,
    error::{Code, OAuthError, Result},
    parameters::Parameters,
    reason::Reason,
    token::optional,
    tokens,
};
use assertion::Assertion;

/// A request of an app's own, as far as it tells who sent it.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    pub authz: &'a Surface,
    pub endpoint: Endpoint,
    /// The header of that name.
    pub authorization: Option<&'a str>,
    pub parameters: &'a Parameters,
}

/// Who the request says it comes from, and with what proof.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Presented<'a> {
    /// A secret; a public client has none.
    Secret { client: String, secret: Option<String> },
    /// The client's name stands in the assertion, and may stand beside it.
    Assertion { client: Option<&'a str>, assertion: &'a str },
    /// Nothing but a token to refresh.
    RefreshToken(&'a str),
}

/// Authenticates clients. One for each process.
pub struct Authenticator {
    store: Store,
    clients: Clients,
    /// What apps publish at their `jwks_uri`.
    keys: ClientKeySets,
}

impl Authenticator {
    pub fn new(store: &Store, keys: ClientKeySets) -> Self {
        Self { store: store.clone(), clients: Clients::new(store), keys }
    }

    /// The client behind a request, authenticated and free to work.
    ///
    /// The answer does not show whether the client is unknown, belongs to another program or environment, or gave a wrong
    /// proof. Opens its own short transactions, because keys may have to be fetched between them; it writes
    /// only to take an assertion that proved right.
    pub async fn authenticate(&self, attempt: &Attempt<'_>) -> Result<Client> {
        let client = match presented(attempt.authorization, attempt.parameters)? {
            Presented::Secret { client, secret } => {
                self.clients.find_proved(attempt.authz, &ClientId::new(client), secret.as_deref()).await?
            }
            Presented::Assertion { client, assertion } => {
                let assertion = Assertion::parse(assertion).ok_or_else(failed)?;
                if client.is_some_and(|client| client != assertion.client().as_str()) {
                    return Err(failed().into());
                }
                self.by_assertion(attempt, &assertion).await?
            }
            Presented::RefreshToken(token) if attempt.endpoint == Endpoint::Token => {
                self.by_refresh_token(attempt, token).await?
            }
            Presented::RefreshToken(_) => None,
        };
        let client = client.ok_or_else(failed)?;
        match client.live.any() {
            Ok(()) => Ok(client),
            Err(_) => Err(Code::UnauthorizedClient
                .with(Reason::AppSuspended, "the application may not work at present")
                .into()),
        }
    }

    /// The client that a request only claims to come from, if there is one.
    pub async fn claimed(&self, attempt: &Attempt<'_>) -> Result<Option<ClientId>> {
        let claimed = match presented(attempt.authorization, attempt.parameters) {
            Ok(Presented::Secret { client, .. }) => Some(ClientId::new(client)),
            Ok(Presented::Assertion { assertion, .. }) => {
                Assertion::parse(assertion).map(|assertion| assertion.client())
            }
            Ok(Presented::RefreshToken(_)) | Err(_) => None,
        };
        match claimed {
            Some(claimed) if self.clients.is_registered(&claimed).await? => Ok(Some(claimed)),
            _ => Ok(None),
        }
    }

    /// A public client that refreshes need not name itself: RFC 6749 §6 asks no more of it than the token, and SMART App
    /// Launch 2.2 shows the request without.
    async fn by_refresh_token(&self, attempt: &Attempt<'_>, token: &str) -> store::Result<Option<Client>> {
        let found = tokens::find_refresher(&mut self.store.read().await?, &attempt.authz.program, token).await?;
        match found {
            Some(id) => self.clients.find_proved(attempt.authz, &id, None).await,
            None => Ok(None),
        }
    }

    /// An assertion is used up only after its signature verified, so that no one else can use it up for the client.
    async fn by_assertion(&self, attempt: &Attempt<'_>, assertion: &Assertion<'_>) -> store::Result<Option<Client>> {
        let id = assertion.client();
        let mut ctx = self.store.read().await?;
        let now = ctx.now;
        if !assertion.is_for(&audiences(attempt), now) {
            return Ok(None);
        }
        let registered = client::find_keys(&mut ctx, &id).await?;
        // Fetching may take a while: no connection is held meanwhile.
        drop(ctx);
        let Some(registered) = registered else { return Ok(None) };
        if !is_signed(&self.keys, &registered, assertion, now).await {
            return Ok(None);
        }
        let mut ctx = self.store.write().await?;
        let Some(client) = client::find(&mut ctx, attempt.authz, &id).await? else { return Ok(None) };
        if !assertion.consume(&mut ctx).await? {
            return Ok(None);
        }
        ctx.commit().await?;
        Ok(Some(client.proved_by(Some(format!("key:{}", assertion.kid())))))
    }
}

fn failed() -> OAuthError {
    Code::InvalidClient.because("client authentication failed")
}

/// RFC 7523 §3 names the token endpoint; RFC 9126 §2 adds the issuer and the endpoint that was called. An assertion has one of
/// them and no audience besides: who else it was meant for could send it here, or had it made for here.
fn audiences(attempt: &Attempt<'_>) -> [String; 3] {
    let Attempt { authz, endpoint, .. } = attempt;
    [authz.base().to_owned(), Endpoint::Token.address(authz), endpoint.address(authz)]
}

async fn is_signed(keys: &ClientKeySets, registered: &ClientKeys, assertion: &Assertion<'_>, now: Timestamp) -> bool {
    let signed = |set: &JwkSet| assertion.key(set).is_some_and(|key| assertion.is_signed_by(key));
    match registered {
        ClientKeys::Set(set) => assertion.names_only(None) && signed(set),
        ClientKeys::Url(url) if assertion.names_only(Some(url.as_str())) => {
            keys.get(url, now, |set| assertion.key(set).is_some()).await.as_deref().is_some_and(signed)
        }
        ClientKeys::Url(_) => false,
    }
}

fn presented<'a>(authorization: Option<&str>, parameters: &'a Parameters) -> Result<Presented<'a>> {
    let client = optional(parameters, "client_id")?;
    let secret = optional(parameters, "client_secret")?;
    let assertion = parameters.has("client_assertion") || parameters.has("client_assertion_type");
    let methods = [authorization.is_some(), secret.is_some(), assertion].into_iter().filter(|used| *used).count();
    if 1 < methods {
        return Err(Code::InvalidRequest.because("only one way of client authentication at a time").into());
    }
    if assertion {
        let kind = optional(parameters, "client_assertion_type")?;
        let assertion = optional(parameters, "client_assertion")?.filter(|_| kind == Some(assertion::TYPE));
        return Ok(Presented::Assertion { client, assertion: assertion.ok_or_else(failed)? });
    }
    if let Some(authorization) = authorization {
        let (id, secret) = basic(authorization).ok_or_else(failed)?;
        if client.is_some_and(|client| client != id) {
            return Err(Code::InvalidRequest.because("client_id differs from the Authorization header").into());
        }
        return Ok(Presented::Secret { client: id, secret });
    }
    match (client, secret) {
        (Some(client), secret) => {
            Ok(Presented::Secret { client: client.to_owned(), secret: secret.map(str::to_owned) })
        }
        (None, Some(_)) => Err(failed().into()),
        (None, None) => match (optional(parameters, "grant_type")?, optional(parameters, "refresh_token")?) {
            (Some("refresh_token"), Some(token)) => Ok(Presented::RefreshToken(token)),
            _ => Err(failed().into()),
        },
    }
}

/// RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
fn basic(authorization: &str) -> Option<(String, Option<String>)> {
    let (scheme, credentials) = authorization.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let (client, secret) = decoded.split_once(':')?;
    let (client, secret) = (form_decoded(client)?, form_decoded(secret)?);
    (!client.is_empty()).then_some((client, (!secret.is_empty()).then_some(secret)))
}

fn form_decoded(text: &str) -> Option<String> {
    if text.contains(['&', '=']) {
        return None;
    }
    let Some((name, _)) = form_urlencoded::parse(text.as_bytes()).next() else { return Some(String::new()) };
    Some(name.into_owned())
}

#[cfg(test)]
mod tests;
