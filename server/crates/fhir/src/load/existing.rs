//! What already exists under the names that a load brings.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use store::{FromRow, Row, Tx, Value, sql};

use super::rows::{LONGEST_LIST, push_list};
use crate::error::Result;

/// A row of `fhir_resource`.
pub struct Existing {
    pub id: String,
    pub key: i64,
    pub version: i64,
    pub updated_at: Timestamp,
    pub compartment: Option<i64>,
    pub guarded: bool,
    pub deleted: bool,
    pub body: String,
    pub sensitive: i64,
}

/// The columns of [`Existing`].
pub const COLUMNS: &str = "id, key, version, updated_at, compartment, guarded, deleted, body, sensitive";

impl FromRow for Existing {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            key: row.get(1)?,
            version: row.get(2)?,
            updated_at: row.get(3)?,
            compartment: row.get(4)?,
            guarded: row.get(5)?,
            deleted: row.get(6)?,
            body: row.get(7)?,
            sensitive: row.get(8)?,
        })
    }
}

impl Existing {
    /// Whether the row exists only because other resources refer to it.
    pub fn is_awaited(&self) -> bool {
        self.version == 0
    }

    /// Whether the resource currently exists.
    pub fn is_there(&self) -> bool {
        !self.is_awaited() && !self.deleted
    }
}

/// By the type's number and the id.
pub type Found = HashMap<(i64, String), Existing>;

/// Finds the rows of these types and ids.
pub async fn find<'a>(tx: &mut Tx, names: impl Iterator<Item = (i64, &'a String)>) -> Result<Found> {
    let mut ids: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
    for (kind, id) in names {
        ids.entry(kind).or_default().push(id.into());
    }
    let mut existing = Found::new();
    for (kind, ids) in ids {
        for ids in ids.chunks(LONGEST_LIST) {
            let mut query = sql("SELECT ");
            query.push(COLUMNS).push(" FROM fhir_resource WHERE kind = ").push_bind(kind).push(" AND id IN ");
            push_list(&mut query, ids);
            let found: Vec<Existing> = query.fetch_all(tx).await?;
            existing.extend(found.into_iter().map(|existing| ((kind, existing.id.clone()), existing)));
        }
    }
    Ok(existing)
}
