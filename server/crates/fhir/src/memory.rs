//! Caches between requests: resources, so that a page needs no query to the database, and the matches of searches that
//! have few, so that the next page and the total cost nothing.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use quick_cache::{Weighter, sync::Cache};
use store::{Lookups, Store, Tx, Value, sql};

use crate::{
    error::Result,
    index::reference::is_id,
    load::rows::{LONGEST_LIST, push_list},
    read::Stored,
};

/// Bytes of resources at most.
const MOST_BYTES: u64 = 64 << 20;
/// Bytes of matches at most.
const MOST_MATCHES: u64 = 16 << 20;
const MOST_KEYS: usize = 50_000;

/// A cache of everyone's resources; its reader decides who may see which.
pub(crate) struct Memory {
    /// By epoch and key.
    resources: Cache<(i64, i64), Arc<Stored>, Bytes>,
    /// Loads resources by id that are not cached; one for each type.
    rows: RwLock<HashMap<i64, Lookups<Stored>>>,
    /// By type and id. A key never changes once it is assigned.
    keys: Cache<(i64, Box<str>), i64>,
    /// Keys of all matches in their order, by epoch and the whole search. Not by its digest: an attacker who found two
    /// searches with the same digest could make others see wrong results.
    matches: Cache<(i64, Box<str>), Arc<[i64]>, Bytes>,
}

/// What an entry costs in addition to its contents.
const OVERHEAD: usize = 160;

#[derive(Clone)]
struct Bytes;

impl Weighter<(i64, i64), Arc<Stored>> for Bytes {
    fn weight(&self, _: &(i64, i64), stored: &Arc<Stored>) -> u64 {
        (stored.id.len() + stored.body.len() + OVERHEAD) as u64
    }
}

impl Weighter<(i64, Box<str>), Arc<[i64]>> for Bytes {
    fn weight(&self, (_, search): &(i64, Box<str>), keys: &Arc<[i64]>) -> u64 {
        (search.len() + size_of_val(&**keys) + OVERHEAD) as u64
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            resources: Cache::with_weighter(20_000, MOST_BYTES, Bytes),
            rows: RwLock::default(),
            keys: Cache::new(MOST_KEYS),
            matches: Cache::with_weighter(5_000, MOST_MATCHES, Bytes),
        }
    }
}

impl Memory {
    /// Frees memory after a load; keys stay.
    pub fn forget(&self) {
        self.resources.clear();
        self.matches.clear();
    }

    /// The keys of everything that a search finds, in order, by epoch and search.
    pub fn matches(&self, name: &(i64, Box<str>)) -> Option<Arc<[i64]>> {
        self.matches.get(name)
    }

    pub fn remember(&self, name: (i64, Box<str>), keys: Vec<i64>) -> Arc<[i64]> {
        let keys: Arc<[i64]> = keys.into();
        self.matches.insert(name, keys.clone());
        keys
    }

    /// The key of a resource, even of one that is not loaded yet; `None` if nothing ever had this name.
    pub async fn key(&self, store: &Store, kind: i64, id: &str) -> Result<Option<i64>> {
        let name = (kind, Box::from(id));
        if let Some(key) = self.keys.get(&name) {
            return Ok(Some(key));
        }
        let found: Option<(i64,)> = sql("SELECT key FROM fhir_resource WHERE kind = $1 AND id = $2")
            .bind(kind)
            .bind(id)
            .fetch_optional(&mut store.read().await?.tx)
            .await?;
        let key = found.map(|(key,)| key);
        if let Some(key) = key {
            self.keys.insert(name, key);
        }
        Ok(key)
    }

    /// The current version of a resource.
    pub async fn resource(&self, store: &Store, epoch: i64, kind: i64, id: &str) -> Result<Option<Arc<Stored>>> {
        if !is_id(id) {
            return Ok(None);
        }
        let name = (kind, Box::from(id));
        if let Some(stored) = self.keys.get(&name).and_then(|key| self.resources.get(&(epoch, key))) {
            return Ok(Some(stored));
        }
        let stored = self.rows(store, kind).find(id).await?.pop();
        if let Some(stored) = &stored {
            self.keys.insert(name, stored.key);
            self.resources.insert((epoch, stored.key), stored.clone());
        }
        Ok(stored)
    }

    fn rows(&self, store: &Store, kind: i64) -> Lookups<Stored> {
        if let Some(rows) = self.rows.read().unwrap_or_else(PoisonError::into_inner).get(&kind) {
            return rows.clone();
        }
        let rows = Lookups::new(store, Stored::select("r.kind = $1 AND r.id IN ").bind(kind));
        self.rows.write().unwrap_or_else(PoisonError::into_inner).entry(kind).or_insert(rows).clone()
    }

    /// The current versions of the resources with these keys, in the order of the keys.
    pub async fn resources(&self, tx: &mut Tx, epoch: i64, keys: &[i64]) -> Result<Vec<Arc<Stored>>> {
        let known = |key: &i64| Some((*key, self.resources.get(&(epoch, *key))?));
        let mut found: HashMap<i64, Arc<Stored>> = keys.iter().filter_map(known).collect();
        let missing: Vec<i64> = keys.iter().copied().filter(|key| !found.contains_key(key)).collect();
        for keys in missing.chunks(LONGEST_LIST) {
            let mut query = Stored::select("r.key IN ");
            push_list(&mut query, &keys.iter().copied().map(Value::from).collect::<Vec<_>>());
            for stored in query.fetch_all::<Stored>(tx).await? {
                let stored = Arc::new(stored);
                self.resources.insert((epoch, stored.key), stored.clone());
                found.insert(stored.key, stored);
            }
        }
        Ok(keys.iter().filter_map(|key| found.remove(key)).collect())
    }
}
