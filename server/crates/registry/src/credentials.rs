//! Client secrets: 256 random bits, shown once, stored as SHA-256, two live at most.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use mail::messages;
use model::{
    application::ClientKind,
    history::Action,
    id::{AccountId, ApplicationId, ClientId, SecretId},
    team::Act,
};
use store::{
    Ctx, FromRow, Lookups, Row, Store,
    digest::{is_same, sha256},
    sql,
};

use crate::{
    Registry,
    applications::{self, Application},
    clock,
    error::{Error, Result},
    expiry,
    history::{self, Change},
    notices::{self, AppFacts, Notice},
    team::Member,
};

/// A secret on its way to the one page that shows it. Never stored, logged or mailed.
pub struct Secret(String);

impl Secret {
    /// 43 characters of base64url.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is known of a secret afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretInfo {
    pub id: SecretId,
    pub created_at: Timestamp,
    /// Works until then; without one, until it is replaced.
    pub expires_at: Option<Timestamp>,
}

/// What becomes of the secret before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// It ends now.
    None,
    /// It works so much longer, 90 days at most.
    For(SignedDuration),
}

const LONGEST_OVERLAP: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Knows secrets again. Cheap to clone.
#[derive(Clone)]
pub struct Secrets {
    store: Store,
    rows: Lookups<Hashed>,
}

impl Secrets {
    pub fn new(store: &Store) -> Self {
        let rows = sql("SELECT a.client_id, s.id, s.hash, s.expires_at FROM application a
             JOIN client_secret s ON s.application_id = a.id WHERE a.standing <> 'deleted' AND a.client_id IN ");
        Self { store: store.clone(), rows: Lookups::new(store, rows) }
    }

    /// Which secret of the client this is; nothing where it has none such, or does not exist. Both take the same steps,
    /// so the time tells nothing. Whether the client may work is a question to [`crate::clients`].
    pub async fn verify(&self, client: &ClientId, secret: &str) -> store::Result<Option<SecretId>> {
        let given = sha256(secret);
        let (all, now) = (self.rows.find(client.as_str()).await?, self.store.now());
        let live: Vec<_> = all.iter().filter(|secret| secret.works(now)).collect();
        let matches = |stored: &str| is_same(stored, &given);
        // Always two comparisons, as with a client that has two secrets.
        let mut found = None;
        for place in 0..2 {
            let (id, stored) =
                live.get(place).map_or((None, NO_HASH), |secret| (Some(&secret.id), secret.hash.as_str()));
            if matches(stored) {
                found = id.cloned();
            }
        }
        Ok(found)
    }
}

/// A secret as it is stored.
struct Hashed {
    id: SecretId,
    hash: String,
    expires_at: Option<Timestamp>,
}

impl Hashed {
    fn works(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|at| now < at)
    }
}

impl FromRow for Hashed {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { id: row.get(1)?, hash: row.get(2)?, expires_at: row.get(3)? })
    }
}

/// The hash of nothing: as long as any, and of no secret.
const NO_HASH: &str = "-------------------------------------------";

/// The secrets of one of the member's apps that still work, newest first.
pub async fn live(ctx: &mut Ctx, member: &Member, application: &ApplicationId) -> Result<Vec<SecretInfo>> {
    applications::get(ctx, member, application).await?;
    Ok(live_of_any(ctx, application).await?)
}

/// The secrets of any app that still work: for administrators.
pub async fn live_of_any(ctx: &mut Ctx, application: &ApplicationId) -> store::Result<Vec<SecretInfo>> {
    let query = sql("SELECT id, created_at, expires_at FROM client_secret
         WHERE application_id = $1 AND (expires_at IS NULL OR expires_at > $2) ORDER BY created_at DESC, id");
    query.bind(application).bind(ctx.now).fetch_all(&mut ctx.tx).await
}

/// Makes a new secret; the one before works on as long as `overlap` says. [`Error::TwoLiveSecrets`] where two would
/// overlap already.
pub async fn generate(
    ctx: &mut Ctx,
    registry: &Registry,
    member: &Member,
    id: &ApplicationId,
    overlap: Overlap,
) -> Result<Secret> {
    let application = lock(ctx, member, id).await?;
    if application.registration.client_kind == ClientKind::Public {
        return Err(Error::PublicClient);
    }
    let ends_at = match overlap {
        Overlap::None => ctx.now,
        Overlap::For(time) => ctx.now + time.clamp(SignedDuration::ZERO, LONGEST_OVERLAP),
    };
    if ends_at != ctx.now && 1 < live(ctx, member, id).await?.len() {
        return Err(Error::TwoLiveSecrets);
    }
    sql("UPDATE client_secret SET expires_at = $1, expiry_told = $3
         WHERE application_id = $2 AND (expires_at IS NULL OR expires_at > $1)")
    .bind(ends_at)
    .bind(id)
    .bind(expiry::known_already(ends_at.duration_since(ctx.now)))
    .execute(&mut ctx.tx)
    .await?;
    let secret = insert(ctx, id, &member.account).await?;
    announce(ctx, registry, &application, ends_at).await?;
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::SecretGenerated)).await?;
    Ok(secret)
}

/// Ends one secret now.
pub async fn end(ctx: &mut Ctx, member: &Member, id: &ApplicationId, secret: &SecretId) -> Result<()> {
    let application = lock(ctx, member, id).await?;
    let ended = sql("UPDATE client_secret SET expires_at = $1
         WHERE id = $2 AND application_id = $3 AND (expires_at IS NULL OR expires_at > $1)")
    .bind(ctx.now)
    .bind(secret)
    .bind(id)
    .execute(&mut ctx.tx)
    .await?;
    if ended != 1 {
        return Err(Error::NotFound);
    }
    history::record(ctx, &application.subject(), &Change::vendor(member, Action::SecretEnded)).await
}

/// A change of an app's credentials holds its row until the end, so that two changes at once cannot leave three secrets.
pub(crate) async fn lock(ctx: &mut Ctx, member: &Member, id: &ApplicationId) -> Result<Application> {
    member.require(Act::Credentials)?;
    let query =
        sql("UPDATE application SET updated_at = $1 WHERE id = $2 AND organization_id = $3 AND standing <> 'deleted'");
    let locked = query.bind(ctx.now).bind(id).bind(&member.organization).execute(&mut ctx.tx).await?;
    if locked == 1 { applications::get(ctx, member, id).await } else { Err(Error::NotFound) }
}

pub(crate) async fn insert(ctx: &mut Ctx, application: &ApplicationId, by: &AccountId) -> Result<Secret> {
    let secret = Secret(ctx.random_secret());
    sql("INSERT INTO client_secret (id, application_id, hash, created_by, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(ctx.random_id())
        .bind(application)
        .bind(sha256(secret.expose()))
        .bind(by)
        .bind(ctx.now)
        .execute(&mut ctx.tx)
        .await?;
    Ok(secret)
}

async fn announce(ctx: &mut Ctx, registry: &Registry, application: &Application, ends_at: Timestamp) -> Result<()> {
    let programs = &application.registration.programs;
    let old_works_until = (ends_at != ctx.now).then(|| clock::when(registry, programs, ends_at));
    let facts = AppFacts::of(registry, application);
    let notice = Notice { event: "secret-generated", id: &ctx.random_id() };
    notices::to_owners(ctx, &application.organization, notice, |reader| {
        messages::application::secret_generated(&registry.site, reader, &facts.app(), old_works_until.as_ref())
    })
    .await
}

impl FromRow for SecretInfo {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { id: row.get(0)?, created_at: row.get(1)?, expires_at: row.get(2)? })
    }
}
