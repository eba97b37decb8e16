//! The public keys of a confidential app, with which it signs client assertions in place of sending a secret
//! (RFC 7523). They are credentials as secrets are: the team changes them at once, without a review.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, EcdsaVerificationAlgorithm, ParsedPublicKey,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use mail::{
    message::Message,
    messages::{self, application::App},
    reader::Reader,
    site::Site,
};
use model::{
    application::ClientKind,
    client_keys::ClientKeys,
    form::Code,
    history::Action,
    id::{ApplicationId, ClientId},
    jwk::PublicKey,
};
use store::{Ctx, FromRow, Row, sql};

use crate::{
    Registry,
    applications::{self, Application},
    credentials::lock,
    error::{Error, Result},
    history::{self, Change},
    notices::{self, AppFacts, Notice},
    team::Member,
};

/// What is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysInfo {
    /// Nothing where today's rules do not take them: they no longer prove anything and have to be replaced.
    pub keys: Option<ClientKeys>,
    pub set_at: Timestamp,
}

/// The keys of a client; nothing where it has none, or does not exist. Whether the client may work is a question to
/// [`crate::clients`].
pub async fn find(ctx: &mut Ctx, client: &ClientId) -> store::Result<Option<ClientKeys>> {
    let query =
        sql("SELECT k.jwks, k.jwks_uri, k.set_at FROM client_keys k JOIN application a ON a.id = k.application_id
         WHERE a.client_id = $1 AND a.client_kind = $2 AND a.standing <> 'deleted'");
    let found: Option<KeysInfo> =
        query.bind(client).bind(ClientKind::Confidential.as_str()).fetch_optional(&mut ctx.tx).await?;
    Ok(found.and_then(|found| found.keys))
}

/// The keys of one of the member's apps.
pub async fn of_application(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<Option<KeysInfo>> {
    applications::get(ctx, member, id).await?;
    Ok(of_any(ctx, id).await?)
}

/// The keys of any app: for administrators.
pub async fn of_any(ctx: &mut Ctx, id: &ApplicationId) -> store::Result<Option<KeysInfo>> {
    let query = sql("SELECT jwks, jwks_uri, set_at FROM client_keys WHERE application_id = $1");
    query.bind(id).fetch_optional(&mut ctx.tx).await
}

/// Registers keys in place of those before. Secrets stay as they are: an app may have both, and uses one at a time.
/// [`Error::PublicClient`] where the app keeps no secrets and so no private key.
pub async fn set(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    id: &ApplicationId,
    keys: &ClientKeys,
) -> Result<()> {
    let application = lock(ctx, member, id).await?;
    if application.registration.client_kind == ClientKind::Public {
        return Err(Error::PublicClient);
    }
    if let ClientKeys::Set(set) = keys
        && !set.keys().iter().all(|key| is_on_its_curve(&key.key))
    {
        return Err(Error::field("jwks", Code::MalformedKey));
    }
    let (jwks, jwks_uri) = match keys {
        ClientKeys::Set(set) => (Some(set.to_string()), None),
        ClientKeys::Url(url) => (None, Some(url.as_str().to_owned())),
    };
    sql("INSERT INTO client_keys (application_id, jwks, jwks_uri, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (application_id) DO UPDATE SET jwks = excluded.jwks, jwks_uri = excluded.jwks_uri,
             set_by = excluded.set_by, set_at = excluded.set_at")
    .bind(id)
    .bind(jwks)
    .bind(jwks_uri)
    .bind(&member.account)
    .bind(ctx.now)
    .execute(&mut ctx.tx)
    .await?;
    announce(ctx, registry, &application, messages::application::keys_registered).await?;
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::KeysSet)).await
}

/// Whether anything can be verified with the key: two numbers of the right length are seldom a point of the curve
/// (RFC 7518 §6.2.1; SEC 1 §3.2.2.1), and the form's own crate has no such arithmetic.
pub fn is_on_its_curve(key: &PublicKey) -> bool {
    let (algorithm, x, y): (&'static EcdsaVerificationAlgorithm, _, _) = match key {
        PublicKey::Rsa { .. } => return true,
        PublicKey::P256 { x, y } => (&ECDSA_P256_SHA256_FIXED, x, y),
        PublicKey::P384 { x, y } => (&ECDSA_P384_SHA384_FIXED, x, y),
    };
    let [x, y] = [x, y].map(|number| URL_SAFE_NO_PAD.decode(number).unwrap_or_default());
    // SEC 1 §2.3.3: uncompressed.
    ParsedPublicKey::new(algorithm, [&[4], x.as_slice(), &y].concat()).is_ok()
}

/// Ends the use of the app's keys now. [`Error::NotFound`] where it has none.
pub async fn remove(ctx: &mut Ctx, registry: &Registry, member: &Member, id: &ApplicationId) -> Result<()> {
    let application = lock(ctx, member, id).await?;
    let query = sql("DELETE FROM client_keys WHERE application_id = $1");
    if query.bind(id).execute(&mut ctx.tx).await? != 1 {
        return Err(Error::NotFound);
    }
    announce(ctx, registry, &application, messages::application::keys_removed).await?;
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::KeysRemoved)).await
}

async fn announce(
    ctx: &mut Ctx,
    registry: &Registry,
    application: &Application,
    letter: fn(&Site, Reader<'_>, &App<'_>) -> Message,
) -> Result<()> {
    let facts = AppFacts::of(registry, application);
    let notice = Notice { event: "client-keys-changed", id: &ctx.random_id() };
    notices::to_owners(ctx, &application.organization, notice, |reader| letter(&registry.site, reader, &facts.app()))
        .await
}

impl FromRow for KeysInfo {
    fn from_row(row: &Row) -> store::Result<Self> {
        let (set, url): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
        let keys = match (url, set) {
            (Some(url), _) => url.parse().ok().map(ClientKeys::Url),
            (None, set) => set.and_then(|set| set.parse().ok()).map(ClientKeys::Set),
        };
        Ok(Self { keys, set_at: row.get(2)? })
    }
}
