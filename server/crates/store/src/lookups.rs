//! Lookups by key that arrive at the same time share a statement.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use crate::{
    FromRow, Query, Result, Row, Store,
    together::{Statement, Together},
};

/// Finds rows by key. Cheap to clone; all clones share their statements.
pub struct Lookups<V: FromRow + Send + Sync + 'static>(Together<Select<V>>);

struct Select<V> {
    store: Store,
    select: Query,
    row: std::marker::PhantomData<fn() -> V>,
}

impl<V: FromRow + Send + Sync + 'static> Clone for Lookups<V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<V: FromRow + Send + Sync + 'static> Lookups<V> {
    /// `select` ends with `… IN `, and the keys follow. The first column is the key, as text.
    pub fn new(store: &Store, select: Query) -> Self {
        let dialect = store.db.dialect();
        Self(Together::new(Select { store: store.clone(), select, row: std::marker::PhantomData }, dialect))
    }

    /// The rows with a key, including everything that was committed before. Do not hold a connection while you wait.
    pub async fn find(&self, key: &str) -> Result<Vec<Arc<V>>> {
        // PostgreSQL rejects a null character in any text, and all lookups in the statement would fail together.
        if key.contains('\0') {
            return Ok(Vec::new());
        }
        Ok(self.0.run(key.to_owned()).await?.unwrap_or_default())
    }
}

impl<V: FromRow + Send + Sync + 'static> Statement for Select<V> {
    type Item = String;
    type Answer = Vec<Arc<V>>;

    async fn run(&self, keys: &[String]) -> Result<Vec<Vec<Arc<V>>>> {
        let mut select = self.select.clone();
        let distinct: BTreeSet<&String> = keys.iter().collect();
        // Few different lengths, so that the database reuses the statement; the last key is repeated to fill it.
        let length = distinct.len().next_power_of_two();
        let filling = distinct.last().copied().into_iter().cycle().take(length - distinct.len());
        for (place, key) in distinct.iter().copied().chain(filling).enumerate() {
            select.push(if place == 0 { "(" } else { ", " }).push_bind(key);
        }
        select.push(")");
        let mut ctx = self.store.read().await?;
        let mut found: HashMap<String, Vec<Arc<V>>> = HashMap::new();
        for Keyed(key, row) in select.fetch_all(&mut ctx.tx).await? {
            found.entry(key).or_default().push(Arc::new(row));
        }
        Ok(keys.iter().map(|key| found.get(key).cloned().unwrap_or_default()).collect())
    }
}

struct Keyed<V>(String, V);

impl<V: FromRow> FromRow for Keyed<V> {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.get(0)?, V::from_row(row)?))
    }
}
