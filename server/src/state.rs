//! What one process shares between its requests, created once at start.

use std::{collections::BTreeMap, ops::Deref, sync::Arc};

use ::payers::Payers;
use app::{
    home,
    quality::cache::Cache,
    services::{CallLimits, Services},
};
use audit::{access::Recorder, security::Watch};
use fhir::{authority::Authority, engine::Engine};
use identity::{Identity, hasher::Hasher};
use jiff::SignedDuration;
use mail::site::Site;
use model::partition::Partition;
use oauth::{
    access::Checker,
    bases::Bases,
    client_auth::Authenticator,
    client_keys::ClientKeySets,
    keys::{Keys, Life},
    tokens::ClientTokens,
};
use programs::{
    Programs,
    surface::{Surface, SurfaceKind},
};
use registry::Registry;
use store::{Db, Options, Random, SealingKey, Store, SystemRandom};
use tokio::sync::Notify;
use url::Url;
use usage::{meter::Meter, transfers::Transfers};
use webauthn::relying_party::RelyingParty;

use crate::{
    Failure, assets,
    check_config::Running,
    limits::Limits,
    middleware::{surface::Surfaces, unproxied::Unproxied},
    oauth::client_keys::HttpsFetch,
    own::Own,
    payers, private,
    probe::Prober,
    ready::Readiness,
    settings::Settings,
    workers::{self, Jobs},
};

/// Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

pub struct Inner {
    pub services: Services,
    pub settings: Settings,
    pub surfaces: Surfaces,
    /// How often callers may call.
    pub limits: Limits,
    /// Authenticates the apps that call.
    pub clients: Authenticator,
    /// What everyone may see.
    pub public: BTreeMap<Partition, Arc<Authority>>,
    /// Issues the tokens that apps get for themselves.
    pub client_tokens: ClientTokens,
    /// Checks what tokens allow.
    pub tokens: Checker,
    /// Records which app read what kind of data.
    pub recorder: Recorder,
    /// Records on which days apps got data of members.
    pub transfers: Transfers,
    /// Wakes the mail worker after a commit that wrote mail; the store rings it.
    pub mail_waits: Arc<Notify>,
    /// Whether the database can be written to.
    pub readiness: Readiness,
    /// Whether requests come through a proxy that the settings do not name.
    pub unproxied: Unproxied,
}

impl Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl AppState {
    /// Opens everything that a running server needs, on a database whose schema is up to date.
    pub async fn open(settings: Settings) -> Result<Self, Failure> {
        let mut programs = programs(&settings)?;
        let payers = payers::services(&settings, payers::known(&settings, &mut programs)?)?;
        payers::missing(&programs).iter().for_each(|missing| tracing::warn!("{missing}"));
        let store = Store::new(connect(&settings).await?);
        let sealing = sealing_key(&settings, &store).await?;
        Self::with_payers(settings, store, Arc::new(programs), payers, sealing).await
    }

    /// The same from ready parts; tests bring their own clock and database. Every payer's members sign in with
    /// Healthcare ID.
    pub async fn with(
        settings: Settings,
        store: Store,
        programs: Arc<Programs>,
        sealing: SealingKey,
    ) -> Result<Self, Failure> {
        let payers = payers::services(&settings, payers::Known::default())?;
        Self::with_payers(settings, store, programs, payers, sealing).await
    }

    /// The same, with payers' identity providers and code hooks.
    pub async fn with_payers(
        settings: Settings,
        store: Store,
        programs: Arc<Programs>,
        payers: Payers,
        sealing: SealingKey,
    ) -> Result<Self, Failure> {
        let site = Site::new(settings.public_url.as_str());
        // Half of the cores hash passwords, one at a time each: the other half keeps serving.
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let hasher = Hasher::new(cores.div_ceil(2));
        let surfaces = programs.surfaces(&settings.public_url);
        let identity = Identity {
            store: store.clone(),
            hasher,
            sealing: sealing.clone(),
            site: site.clone(),
            relying_party: relying_party(&settings.public_url, &surfaces),
            watch: Watch::default(),
        };
        let own = Arc::new(Own::default());
        let services = Services {
            endpoints: own.clone(),
            diagnosis: Arc::new(Running::new(&settings, store.now())),
            registry: Registry { programs: programs.clone(), site, terms: home::terms::plain().into() },
            identity,
            keys: Arc::new(Keys::load(&store, sealing).await?),
            fhir: Arc::new(Engine::new(store.clone(), programs.clone()).await?),
            payers,
            bases: Arc::new(Bases::new(&programs, &settings.public_url)),
            public_url: settings.public_url.clone(),
            assets: Arc::new(assets::names()),
            meter: Meter::new(&programs),
            quality: Cache::default(),
            limits: CallLimits { network: settings.limits.network, client: settings.limits.client },
            store,
            programs,
        };
        let limits = Limits::new(&settings.limits, &services.store);
        let surfaces = Surfaces::new(surfaces);
        let (recorder, mail_waits) = (Recorder::default(), services.store.bell());
        let clients = Authenticator::new(&services.store, ClientKeySets::new(HttpsFetch::default()));
        let tokens = Checker::new(&services.store, services.keys.clone(), services.bases.clone());
        let client_tokens = ClientTokens::new(&services.store);
        let public = public(&services.programs);
        let inner = Arc::new(Inner {
            services,
            settings,
            surfaces,
            limits,
            clients,
            public,
            client_tokens,
            tokens,
            recorder,
            transfers: Transfers::default(),
            mail_waits,
            readiness: Readiness::default(),
            unproxied: Unproxied::default(),
        });
        own.serve(&inner);
        Ok(Self(inner))
    }

    /// Of what is shared already.
    pub fn of(inner: Arc<Inner>) -> Self {
        Self(inner)
    }

    /// What the workers of this process work with.
    pub fn jobs(&self) -> Result<Jobs, Failure> {
        Ok(Jobs {
            store: self.services.store.clone(),
            site: self.services.registry.site.clone(),
            registry: self.services.registry.clone(),
            mailer: workers::mailer(&self.settings)?,
            keys: self.services.keys.clone(),
            key_life: self.key_life(),
            recorder: self.recorder.clone(),
            meter: self.services.meter.clone(),
            transfers: self.transfers.clone(),
            bases: self.services.bases.clone(),
            push: Arc::default(),
            watch: self.services.identity.watch.clone(),
            mail_waits: self.mail_waits.clone(),
            audit: self.settings.audit.clone(),
            prober: Arc::new(Prober::new(self)?),
        })
    }

    fn key_life(&self) -> Life {
        let days = self.settings.keys.rotate_after_days.get();
        let lifetimes = self.services.programs.iter().map(|program| &program.lifetimes);
        let longest = lifetimes.map(|lifetimes| lifetimes.access_token.max(lifetimes.id_token)).max();
        Life { signs_for: SignedDuration::from_hours(24 * i64::from(days)), longest_token: longest.unwrap_or_default() }
    }
}

/// Passkeys work on the hosts that have portals: the main host and the authorization hosts.
fn relying_party(public_url: &Url, surfaces: &[Surface]) -> RelyingParty {
    let authorization = surfaces.iter().filter(|surface| surface.kind == SurfaceKind::Authz);
    RelyingParty::new(public_url, authorization.map(|surface| &surface.url))
}

/// The database, with its schema up to date. Before that we restrict the files beside it that others could read.
pub async fn connect(settings: &Settings) -> Result<Db, Failure> {
    private::make_folder(&settings.data)?;
    private::narrow(settings)?;
    let failed = |error| Failure::Connect(settings.shown_database_url(), error);
    let db = Db::connect(&options(settings)).await.map_err(failed)?;
    db.migrate().await.map_err(failed)?;
    Ok(db)
}

/// How to connect to it.
pub fn options(settings: &Settings) -> Options {
    Options { url: settings.database_url(), connections: settings.database.connections }
}

/// The built-in programs, or those of the configured folder.
pub fn programs(settings: &Settings) -> Result<Programs, Failure> {
    let programs = match &settings.programs {
        Some(folder) => Programs::from_folder(folder)?,
        None => Programs::embedded()?,
    };
    Ok(programs.at(&settings.public_url))
}

/// The key that encrypts private keys and other secrets in the database. The first start creates it, readable by its
/// owner alone. Never creates a new one for a database whose secrets another key sealed, because they would be lost
/// without notice.
pub async fn sealing_key(settings: &Settings, store: &Store) -> Result<SealingKey, Failure> {
    let path = settings.sealing_key();
    if let Some(key) = existing_sealing_key(settings, store).await? {
        return Ok(key);
    }
    let mut fresh = [0; 32];
    SystemRandom.fill(&mut fresh);
    Ok(SealingKey::create(&path, fresh)?)
}

/// The same; `None` if the next start creates one.
pub async fn existing_sealing_key(settings: &Settings, store: &Store) -> Result<Option<SealingKey>, Failure> {
    let path = settings.sealing_key();
    if let Some(key) = SealingKey::read(&path)? {
        return Ok(Some(key));
    }
    let mut ctx = store.read().await?;
    let is_sealed = oauth::keys::exist(&mut ctx).await? || identity::second_factor::exist(&mut ctx).await?;
    if is_sealed { Err(Failure::KeyMissing(path)) } else { Ok(None) }
}

fn public(programs: &Programs) -> BTreeMap<Partition, Arc<Authority>> {
    let authority = |partition: Partition| {
        let program = programs.get(&partition.program)?;
        let authority = Authority::public(program, partition.environment);
        Some((partition, Arc::new(authority)))
    };
    programs.partitions().into_iter().filter_map(authority).collect()
}
