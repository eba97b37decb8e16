//! What serves requests: the store, the programs, and what is remembered of both between requests.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use model::partition::Partition;
use programs::{
    Programs,
    program::Program,
    resource::{Access, Interaction, Resource},
};
use quick_cache::{Weighter, sync::Cache};
use store::{Store, Tx, sql};

use crate::{
    authority::Authority,
    catalog::{self, Catalog},
    error::{Error, Result},
    read::Stored,
};

/// Bytes of resources that are remembered.
const MOST_BYTES: u64 = 64 << 20;
const MOST_COUNTS: usize = 10_000;
const MOST_STATEMENTS: usize = 100;
const MOST_PATIENTS: usize = 10_000;

/// How old an answer may be after another process loaded resources.
pub const REFRESH: Duration = Duration::from_millis(500);

/// Answers reads and searches. What it remembers of the database stands under the partition's epoch, so that nothing
/// older than the last load is ever served; [`Engine::refresh`] learns of loads.
pub struct Engine {
    pub(crate) store: Store,
    programs: Arc<Programs>,
    catalogs: RwLock<HashMap<Partition, Arc<Catalog>>>,
    pub(crate) resources: Cache<ResourceKey, Arc<Stored>, Bytes>,
    /// Totals and estimates, by epoch and digest of what is counted.
    pub(crate) counts: Cache<(i64, u64), i64>,
    /// CapabilityStatements, by base.
    pub(crate) statements: Cache<String, Arc<str>>,
    /// Keys never change once they are given.
    patients: Cache<(i64, Box<str>), i64>,
}

/// Epoch, type and id.
pub(crate) type ResourceKey = (i64, i64, Box<str>);

#[derive(Clone)]
pub(crate) struct Bytes;

impl Weighter<ResourceKey, Arc<Stored>> for Bytes {
    fn weight(&self, (_, _, id): &ResourceKey, stored: &Arc<Stored>) -> u64 {
        const OVERHEAD: usize = 160;
        (id.len() * 2 + stored.body.len() + OVERHEAD) as u64
    }
}

impl Engine {
    /// Reads which partitions there are.
    pub async fn new(store: Store, programs: Arc<Programs>) -> Result<Self> {
        let engine = Self {
            store,
            programs,
            catalogs: RwLock::default(),
            resources: Cache::with_weighter(20_000, MOST_BYTES, Bytes),
            counts: Cache::new(MOST_COUNTS),
            statements: Cache::new(MOST_STATEMENTS),
            patients: Cache::new(MOST_PATIENTS),
        };
        engine.refresh().await?;
        Ok(engine)
    }

    /// Learns of loads since the last time, by this process or another.
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
            tracing::error!(%partition, "the search index is not up to date; searches answer 503 until `flex reindex`");
        }
        let mut catalogs = self.catalogs.write().unwrap_or_else(PoisonError::into_inner);
        catalogs.insert(partition.clone(), Arc::new(catalog));
        // What is remembered under the old epoch is never asked for again; this gives its memory back.
        self.resources.clear();
        self.counts.clear();
        Ok(())
    }

    /// Asks for new epochs, for ever.
    pub async fn keep_fresh(&self) {
        let mut ticks = tokio::time::interval(REFRESH);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = self.refresh().await {
                tracing::warn!(%error, "could not ask for new resources");
            }
        }
    }

    /// Whether nothing was ever loaded into the partition.
    pub fn is_empty(&self, partition: &Partition) -> bool {
        self.catalog(partition).is_none()
    }

    /// The partition's numbers; `None` while nothing was loaded.
    pub(crate) fn catalog(&self, partition: &Partition) -> Option<Arc<Catalog>> {
        self.catalogs.read().unwrap_or_else(PoisonError::into_inner).get(partition).cloned()
    }

    pub(crate) fn program(&self, partition: &Partition) -> Result<&Arc<Program>> {
        catalog::program(&self.programs, partition)
    }

    /// The key of the authority's patient; `None` where there is no such resource.
    pub(crate) async fn patient(&self, authority: &Authority, catalog: &Catalog) -> Result<Option<i64>> {
        let Some(patient) = &authority.patient else { return Ok(None) };
        let name = (catalog.kind_number("Patient"), Box::from(patient.as_str()));
        if let Some(key) = self.patients.get(&name) {
            return Ok(Some(key));
        }
        let found: Option<(i64,)> = sql("SELECT key FROM fhir_resource WHERE kind = $1 AND id = $2")
            .bind(name.0)
            .bind(patient)
            .fetch_optional(&mut self.store.read().await?.tx)
            .await?;
        let key = found.map(|(key,)| key);
        if let Some(key) = key {
            self.patients.insert(name, key);
        }
        Ok(key)
    }
}

/// The type's description if the authority reaches it in this interaction, else which scope would.
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
