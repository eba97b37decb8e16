//! Back from the provider: the authentication response (OpenID Connect Core §3.1.2.5), checked and turned into a session.

use identity::{payer_accounts::Home, sessions::Started};
use jiff::Timestamp;
use model::{
    id::{PayerId, SessionId},
    locale::Locale,
    partition::{Environment, Partition, ProgramId},
};
use serde_json::Value;
use store::{Store, digest::sha256, sql};

use crate::{
    Payers,
    discovery::Metadata,
    fault::{self, Fault, IdTokenFault},
    health,
    id_token::{self, Expected, IdToken},
    provider::Provider,
    sign_in,
    token::Tokens,
};

/// What the browser brought in its address.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answer<'a> {
    /// Whose callback it arrived at.
    pub home: Option<&'a Home>,
    pub state: Option<&'a str>,
    pub code: Option<&'a str>,
    pub error: Option<&'a str>,
    /// RFC 9207.
    pub iss: Option<&'a str>,
}

/// Which browser.
#[derive(Clone, Copy, Debug, Default)]
pub struct Visitor<'a> {
    /// The value of the cookie that it began with.
    pub browser: Option<&'a str>,
    pub session: Option<&'a SessionId>,
    pub user_agent: Option<&'a str>,
    /// Of the pages: mail is written in it.
    pub language: Locale,
    /// Whether the member chose it, so that it becomes the language of an account that exists.
    pub has_chosen_language: bool,
}

/// A sign-in that began in this browser.
#[derive(Debug)]
pub struct Finished {
    /// The path to go on at.
    pub next: String,
    pub partition: Partition,
    pub payer: PayerId,
    pub outcome: Outcome,
}

#[derive(Debug)]
pub enum Outcome {
    SignedIn(SignedIn),
    /// The member said no at the provider.
    Refused,
    /// The fault of the provider, or of someone posing as it; already recorded for administrators.
    Failed(Fault),
}

/// A person whom the provider vouches for.
#[derive(Debug)]
pub struct SignedIn {
    /// The token is for the cookie.
    pub session: Started,
    /// Whether the payer's data knows them.
    pub is_member: bool,
    /// The language of the account.
    pub language: Locale,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The state is missing, unknown, another browser's, used, or too old: a calm page.
    #[error("no such sign-in in this browser")]
    NotFound,
    #[error(transparent)]
    Identity(#[from] identity::error::Error),
    #[error(transparent)]
    Fhir(#[from] fhir::error::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// What was kept when it began.
struct Begun {
    partition: Partition,
    payer: PayerId,
    issuer: String,
    nonce: String,
    code_verifier: String,
    signed_in_since: Option<Timestamp>,
    for_app: bool,
    next: String,
    created_at: Timestamp,
}

/// The host where this answer belongs: where the browser has its cookie. `None` for an unknown state.
pub async fn origin(store: &Store, state: &str) -> store::Result<Option<String>> {
    let mut ctx = store.read().await?;
    let query = sql("SELECT origin FROM payer_sign_in WHERE state_hash = $1 AND $2 < expires_at");
    let found: Option<(String,)> = query.bind(sha256(state)).bind(ctx.now).fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(origin,)| origin))
}

/// Uses the state up, asks the provider, and signs in whom it vouches for.
pub async fn finish(
    payers: &Payers,
    store: &Store,
    answer: Answer<'_>,
    visitor: Visitor<'_>,
) -> Result<Finished, Error> {
    let begun = take(store, answer.state, visitor.browser).await?;
    // A provider whose configuration changed meanwhile is another one.
    let provider = payers.find(&begun.partition, &begun.payer);
    let provider = provider.filter(|provider| provider.issuer.as_str() == begun.issuer).ok_or(Error::NotFound)?;
    let outcome = match vouched(payers, store, provider, &begun, answer).await {
        Ok(Some(vouched)) => sign_in::sign_in(payers, store, provider, &vouched, visitor).await?,
        Ok(None) => Outcome::Refused,
        Err(fault) => Outcome::Failed(fault),
    };
    if let Outcome::Failed(fault) = &outcome {
        health::failed(store, &provider.home, fault).await?;
    }
    Ok(Finished { next: begun.next, partition: begun.partition, payer: begun.payer, outcome })
}

/// Once, and in the browser where it began: of two that bring the same state, one finds it.
async fn take(store: &Store, state: Option<&str>, browser: Option<&str>) -> Result<Begun, Error> {
    let (state, browser) = state.zip(browser).ok_or(Error::NotFound)?;
    let mut ctx = store.write().await?;
    let begun = sql("UPDATE payer_sign_in SET used_at = $1 \
         WHERE state_hash = $2 AND browser_hash = $3 AND used_at IS NULL AND $1 < expires_at \
         RETURNING program, environment, payer, issuer, nonce, code_verifier, signed_in_since, next, created_at, for_app")
    .bind(ctx.now)
    .bind(sha256(state))
    .bind(sha256(browser))
    .fetch_optional(&mut ctx.tx)
    .await?;
    ctx.commit().await?;
    begun.ok_or(Error::NotFound)
}

/// Whom the provider vouches for; `None` where the member refused.
async fn vouched(
    payers: &Payers,
    store: &Store,
    provider: &Provider,
    begun: &Begun,
    answer: Answer<'_>,
) -> Result<Option<IdToken>, Fault> {
    // Before anything is asked: a code that came to another payer's address is not for this provider (RFC 9700 §4.4.2.2).
    if answer.home != Some(&provider.home) {
        return Err(Fault::MixUp);
    }
    let metadata = provider.metadata(&*payers.fetch, store.now()).await?;
    check_issuer(&metadata, &begun.issuer, answer.iss)?;
    match (answer.error, answer.code) {
        (Some("access_denied"), _) => return Ok(None),
        (Some(error), _) => return Err(Fault::Authorization(fault::code(error))),
        (None, None) => return Err(Fault::Malformed(fault::ANSWER)),
        (None, Some(_)) => {}
    }
    let code = answer.code.unwrap_or_default();
    let tokens = payers.exchange(provider, &metadata, code, &begun.code_verifier).await?;
    let mut id_token = verify(payers, store, provider, begun, &metadata, &tokens).await?;
    let is_silent = |claim: &String| id_token.claims.get(claim).is_none_or(Value::is_null);
    if [Some(&provider.member_id.claim), provider.acts_for.as_ref()].into_iter().flatten().any(is_silent)
        && let Some(more) = payers.userinfo(&metadata, tokens.access_token(), &id_token).await?
    {
        // What is signed counts before what is not; null says nothing.
        for (name, value) in more {
            let known = id_token.claims.entry(name).or_insert(Value::Null);
            if known.is_null() {
                *known = value;
            }
        }
    }
    Ok(Some(id_token))
}

/// RFC 9207 §2.4: a name must be right, and must be there where the provider always gives it.
fn check_issuer(metadata: &Metadata, issuer: &str, named: Option<&str>) -> Result<(), Fault> {
    match named {
        Some(named) if named == issuer => Ok(()),
        None if !metadata.names_itself => Ok(()),
        _ => Err(Fault::MixUp),
    }
}

/// With keys as they are known; once more with fresh ones where none of them has signed the token: the provider may have
/// a new key, under a new `kid` or the same.
async fn verify(
    payers: &Payers,
    store: &Store,
    provider: &Provider,
    begun: &Begun,
    metadata: &Metadata,
    tokens: &Tokens,
) -> Result<IdToken, Fault> {
    let now = store.now();
    let expected = Expected {
        issuer: &begun.issuer,
        client_id: &provider.credentials.client_id,
        nonce: &begun.nonce,
        algorithms: &metadata.algorithms,
        access_token: tokens.access_token(),
        began_at: begun.created_at,
        signed_in_since: begun.signed_in_since,
        for_app: begun.for_app,
        now,
    };
    // What no key could verify costs the provider nothing.
    id_token::header(&tokens.id_token, &metadata.algorithms)?;
    let keys = provider.keys(&*payers.fetch, now).await?;
    match id_token::verify(&tokens.id_token, &keys, &expected) {
        Err(IdTokenFault::UnknownKey | IdTokenFault::Signature) => {
            let keys = provider.fresh_keys(&*payers.fetch, now).await?;
            Ok(id_token::verify(&tokens.id_token, &keys, &expected)?)
        }
        verified => Ok(verified?),
    }
}

impl store::FromRow for Begun {
    fn from_row(row: &store::Row) -> store::Result<Self> {
        let (program, environment): (ProgramId, Environment) = (row.get(0)?, row.get(1)?);
        Ok(Self {
            partition: Partition { program, environment },
            payer: row.get(2)?,
            issuer: row.get(3)?,
            nonce: row.get(4)?,
            code_verifier: row.get(5)?,
            signed_in_since: row.get(6)?,
            next: row.get(7)?,
            created_at: row.get(8)?,
            for_app: row.get(9)?,
        })
    }
}
