//! What serves requests: the store, the programs, and what is cached of both between requests.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use model::partition::Partition;
use programs::{
    Programs,
    program::Program,
    resource::{Access, Interaction, Resource},
};
use quick_cache::sync::Cache;
use store::{Store, Tx, sql};

use crate::{
    authority::Authority,
    catalog::{self, Catalog},
    error::{Error, Result},
    memory::Memory,
};

const MOST_COUNTS: usize = 10_000;
const MOST_STATEMENTS: usize = 100;

/// How old an answer may be after another process loaded resources.
pub const REFRESH: Duration = Duration::from_millis(500);

/// Answers reads and searches. Its caches are keyed by the partition's epoch, so it never serves anything older than
/// the last load. [`Engine::refresh`] detects loads.
pub struct Engine {
    pub(crate) store: Store,
    programs: Arc<Programs>,
    catalogs: RwLock<BTreeMap<Partition, Arc<Catalog>>>,
    pub(crate) memory: Memory,
    /// Totals and estimates, by epoch and digest of the counted search.
    pub(crate) counts: Cache<(i64, u64), i64>,
    /// CapabilityStatements, by base.
    pub(crate) statements: Cache<String, Arc<str>>,
}

impl Engine {
    /// Reads which partitions exist.
    pub async fn new(store: Store, programs: Arc<Programs>) -> Result<Self> {
        let engine = Self {
            store,
            programs,
            catalogs: RwLock::default(),
            memory: Memory::default(),
            counts: Cache::new(MOST_COUNTS),
            statements: Cache::new(MOST_STATEMENTS),
        };
        engine.refresh().await?;
        Ok(engine)
    }

    /// Detects loads since the last call, by this process or another.
    pub async fn refresh(&self) -> Result<()> {
        let mut ctx = self.store.read().await?;
        let epochs: Vec<(String, String, i64)> =
            sql("SELECT program, environment, epoch FROM fhir_partition").fetch_all(&mut ctx.tx).await?;
        for partition in self.programs.partitions() {
            let epoch = epochs.iter().find(|(program, environment, _)| {
                program == partition.program.as_str() && environment == partition.environment.as_str()
            });
            let known = self.catalog(&partition).map(|catalog| catalog.epoch);
            if known != epoch.map(|(_, _, epoch)| *epoch) {
                self.reload(&mut ctx.tx, &partition).await?;
            }
        }
        Ok(())
    }

    async fn reload(&self, tx: &mut Tx, partition: &Partition) -> Result<()> {
        let program = catalog::program(&self.programs, partition)?;
        let Some(catalog) = Catalog::find(tx, program, partition).await? else { return Ok(()) };
        if !catalog.is_current {
            tracing::error!(%partition, "the search index is out of date; searches answer 503 until you run `flex reindex`");
        }
        let mut catalogs = self.catalogs.write().unwrap_or_else(PoisonError::into_inner);
        catalogs.insert(partition.clone(), Arc::new(catalog));
        // Entries under the old epoch are never read again; this frees their memory.
        self.memory.forget();
        self.counts.clear();
        Ok(())
    }

    /// Checks for new epochs, forever.
    pub async fn keep_fresh(&self) {
        let mut ticks = tokio::time::interval(REFRESH);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = self.refresh().await {
                tracing::warn!(%error, "could not check for new resources");
            }
        }
    }

    /// Whether nothing was ever loaded into the partition.
    pub fn is_empty(&self, partition: &Partition) -> bool {
        self.catalog(partition).is_none()
    }

    /// The partition's numbers; `None` if nothing was loaded yet.
    pub(crate) fn catalog(&self, partition: &Partition) -> Option<Arc<Catalog>> {
        self.catalogs.read().unwrap_or_else(PoisonError::into_inner).get(partition).cloned()
    }

    pub(crate) fn program(&self, partition: &Partition) -> Result<&Arc<Program>> {
        catalog::program(&self.programs, partition)
    }

    /// The key of the authority's patient; `None` if that resource does not exist.
    pub(crate) async fn patient(&self, authority: &Authority, catalog: &Catalog) -> Result<Option<i64>> {
        let Some(patient) = &authority.patient else { return Ok(None) };
        self.memory.key(&self.store, catalog.kind_number("Patient"), patient.as_str()).await
    }
}

/// The type's description if the authority may use it in this interaction; otherwise the error names the scope that
/// would allow it.
pub(crate) fn reach<'a>(
    program: &'a Program,
    authority: &Authority,
    kind: &str,
    interaction: Interaction,
) -> Result<&'a Resource> {
    let unknown = || Error::UnknownType(kind.to_owned());
    let resource = program.resource(kind).ok_or_else(unknown)?;
    if authority.allows(resource, interaction) {
        return if resource.offers(interaction) {
            Ok(resource)
        } else {
            Err(Error::UnknownInteraction(name(interaction), kind.to_owned()))
        };
    }
    Err(match resource.access {
        Access::Member if authority.is_anonymous => unknown(),
        Access::Member => Error::Forbidden(format!("patient/{kind}.read")),
        Access::Directory => Error::Forbidden(format!("public/{kind}.read")),
    })
}

fn name(interaction: Interaction) -> &'static str {
    match interaction {
        Interaction::Read => "read",
        Interaction::Vread => "vread",
        Interaction::Search => "search",
    }
}
