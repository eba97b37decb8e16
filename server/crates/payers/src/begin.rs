//! To the provider: the authentication request (OpenID Connect Core §3.1.2.1).

use identity::sessions;
use jiff::{SignedDuration, Timestamp};
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, Scope};
use store::{Ctx, Store, digest::sha256, sql};

use crate::{Payers, discovery::Metadata, fault::Fault, health, provider::Provider};

/// How long the member may take.
pub const TTL: SignedDuration = SignedDuration::from_mins(10);

/// Who goes, and where to go on afterwards.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// The value of the cookie that ties everything to this browser.
    pub browser: &'a str,
    /// The host where this browser has that cookie: `https://authz.example.org`.
    pub origin: &'a str,
    /// A path there.
    pub next: &'a str,
    /// An older sign-in does not count.
    pub signed_in_since: Option<Timestamp>,
    /// Whether it is an app that wants to know so: then the provider has to say when its user signed in.
    pub for_app: bool,
    /// Whether the provider has to ask even a person whom it knows (`prompt=login`).
    pub prompt: Prompt,
    pub login_hint: Option<&'a str>,
    /// The languages that its pages may have (`ui_locales`).
    pub language: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    Usual,
    Login,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The provider's; noted for administrators already.
    #[error(transparent)]
    Provider(#[from] Fault),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Where to send the browser.
pub async fn begin(payers: &Payers, store: &Store, provider: &Provider, start: Start<'_>) -> Result<String, Error> {
    let metadata = match provider.metadata(&*payers.fetch, store.now()).await {
        Ok(metadata) => metadata,
        Err(fault) => {
            health::failed(store, &provider.home, &fault).await?;
            return Err(fault.into());
        }
    };
    let mut ctx = store.write().await?;
    let secrets = Secrets::new(&mut ctx);
    keep(&mut ctx, provider, &start, &secrets).await?;
    let now = ctx.now;
    ctx.commit().await?;
    Ok(address(payers, provider, &metadata, &start, now, secrets))
}

/// What ties the answer to this request: the crate's types, by our randomness.
struct Secrets {
    state: CsrfToken,
    nonce: String,
    verifier: PkceCodeVerifier,
}

impl Secrets {
    fn new(ctx: &mut Ctx) -> Self {
        Self {
            state: CsrfToken::new(ctx.random_secret()),
            nonce: ctx.random_secret(),
            verifier: PkceCodeVerifier::new(ctx.random_secret()),
        }
    }
}

async fn keep(ctx: &mut Ctx, provider: &Provider, start: &Start<'_>, secrets: &Secrets) -> store::Result<()> {
    sql("INSERT INTO payer_sign_in (state_hash, browser_hash, program, environment, payer, issuer, nonce, code_verifier, \
         signed_in_since, origin, next, created_at, expires_at, for_app) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
    .bind(sha256(secrets.state.secret()))
    .bind(sha256(start.browser))
    .bind(&provider.home.partition.program)
    .bind(provider.home.partition.environment)
    .bind(&provider.home.payer)
    .bind(provider.issuer.as_str())
    .bind(&secrets.nonce)
    .bind(secrets.verifier.secret())
    .bind(start.signed_in_since)
    .bind(start.origin)
    .bind(start.next)
    .bind(ctx.now)
    .bind(ctx.now + TTL)
    .bind(start.for_app)
    .execute(&mut ctx.tx)
    .await?;
    Ok(())
}

/// `max_age` is always there, because a provider then says when its user signed in (§2, `auth_time`). Without an app that
/// wants less it is as long as a session of ours may be, and a provider that does not say is taken at its word.
fn address(
    payers: &Payers,
    provider: &Provider,
    metadata: &Metadata,
    start: &Start<'_>,
    now: Timestamp,
    secrets: Secrets,
) -> String {
    let max_age = start.signed_in_since.map_or(sessions::ABSOLUTE_TTL, |since| now.duration_since(since));
    let client = payers.client(provider, metadata);
    let mut request = client
        .authorize_url(|| secrets.state)
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&secrets.verifier))
        .add_scope(Scope::new("openid".to_owned()))
        .add_scopes(provider.scopes.iter().cloned().map(Scope::new))
        .add_extra_param("response_mode", "query")
        .add_extra_param("nonce", secrets.nonce)
        .add_extra_param("max_age", max_age.as_secs().max(0).to_string())
        .add_extra_param("ui_locales", start.language);
    if start.prompt == Prompt::Login {
        request = request.add_extra_param("prompt", "login");
    }
    if let Some(hint) = start.login_hint {
        request = request.add_extra_param("login_hint", hint);
    }
    let (url, _) = request.url();
    url.into()
}
