//! Read and vread (hl7.org/fhir/R4/http.html#read, #vread).

use std::sync::Arc;

use jiff::Timestamp;
use programs::resource::Interaction;
use store::{FromRow, Row, sql};

use crate::{
    authority::Authority,
    catalog::Catalog,
    engine::{Engine, reach},
    error::{Error, Result},
    index::reference::is_id,
    sight::Seen,
};

/// A version of a resource as it is kept.
#[derive(Debug)]
pub struct Stored {
    pub version: i64,
    pub updated_at: Timestamp,
    /// JSON, compact, with `meta.versionId` and `meta.lastUpdated`.
    pub body: String,
    deleted: bool,
    compartment: Option<i64>,
    guarded: bool,
}

impl FromRow for Stored {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            version: row.get(0)?,
            updated_at: row.get(1)?,
            deleted: row.get(2)?,
            compartment: row.get(3)?,
            guarded: row.get(4)?,
            body: row.get(5)?,
        })
    }
}

impl Engine {
    /// The current version. [`Error::NotFound`] also for what the authority may not see.
    pub async fn read(&self, authority: &Authority, kind: &str, id: &str) -> Result<Arc<Stored>> {
        self.find(authority, Interaction::Read, kind, id, None).await
    }

    /// This version, be it current or past.
    pub async fn vread(&self, authority: &Authority, kind: &str, id: &str, version: &str) -> Result<Arc<Stored>> {
        self.find(authority, Interaction::Vread, kind, id, Some(version)).await
    }

    async fn find(
        &self,
        authority: &Authority,
        interaction: Interaction,
        kind: &str,
        id: &str,
        version: Option<&str>,
    ) -> Result<Arc<Stored>> {
        let resource = reach(self.program(&authority.partition)?, authority, kind, interaction)?;
        let missing = || Error::NotFound(kind.to_owned(), id.to_owned());
        let catalog = self.catalog(&authority.partition).ok_or_else(missing)?;
        let number = catalog.kind_number(kind);
        let patient = self.patient(authority, &catalog).await?;
        let seen = Seen::of(authority, interaction, resource, patient).ok_or_else(missing)?;

        let current = self.current(&catalog, number, id).await?.ok_or_else(missing)?;
        let stored = match version {
            Some(version) if *version != *current.version.to_string() => {
                let version = version.parse().map_err(|_| missing())?;
                Arc::new(self.past(number, id, version).await?.ok_or_else(missing)?)
            }
            _ => current,
        };
        if stored.deleted {
            // A deleted resource is in no compartment; who could see it before may know that it is gone.
            let before = self.past(number, id, stored.version - 1).await?;
            before.filter(|before| before.is_seen(seen)).ok_or_else(missing)?;
            return Err(Error::Deleted(kind.to_owned(), id.to_owned()));
        }
        if stored.is_seen(seen) { Ok(stored) } else { Err(missing()) }
    }

    async fn current(&self, catalog: &Catalog, kind: i64, id: &str) -> Result<Option<Arc<Stored>>> {
        if !is_id(id) {
            return Ok(None);
        }
        let key = (catalog.epoch, kind, Box::from(id));
        if let Some(stored) = self.resources.get(&key) {
            return Ok(Some(stored));
        }
        let stored: Option<Stored> =
            sql("SELECT version, updated_at, deleted, compartment, guarded, body FROM fhir_resource \
             WHERE kind = $1 AND id = $2 AND 0 < version")
            .bind(kind)
            .bind(id)
            .fetch_optional(&mut self.store.read().await?.tx)
            .await?;
        let stored = stored.map(Arc::new);
        if let Some(stored) = &stored {
            self.resources.insert(key, stored.clone());
        }
        Ok(stored)
    }

    async fn past(&self, kind: i64, id: &str, version: i64) -> Result<Option<Stored>> {
        let found = sql("SELECT h.version, h.updated_at, h.deleted, h.compartment, h.guarded, h.body \
             FROM fhir_resource r JOIN fhir_history h ON h.key = r.key \
             WHERE r.kind = $1 AND r.id = $2 AND h.version = $3")
        .bind(kind)
        .bind(id)
        .bind(version)
        .fetch_optional(&mut self.store.read().await?.tx)
        .await?;
        Ok(found)
    }
}

impl Stored {
    fn is_seen(&self, seen: Seen) -> bool {
        seen.sees(self.compartment, self.guarded)
    }
}
