//! Read and vread (hl7.org/fhir/R4/http.html#read, #vread).

use std::sync::Arc;

use jiff::Timestamp;
use programs::{program::Program, resource::Interaction};
use store::{FromRow, Query, Row, sql};

use crate::{
    authority::Authority,
    engine::{Engine, reach},
    error::{Error, Result},
    sensitive::Labels,
    sight::Seen,
};

/// A stored version of a resource.
#[derive(Debug)]
pub struct Stored {
    pub(crate) key: i64,
    /// The number of its type.
    pub(crate) kind: i64,
    pub(crate) id: String,
    pub version: i64,
    pub updated_at: Timestamp,
    /// JSON, compact, with `meta.versionId` and `meta.lastUpdated`.
    pub body: String,
    deleted: bool,
    compartment: Option<i64>,
    guarded: bool,
    sensitive: i64,
}

impl FromRow for Stored {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            key: row.get(1)?,
            kind: row.get(2)?,
            version: row.get(3)?,
            updated_at: row.get(4)?,
            deleted: row.get(5)?,
            compartment: row.get(6)?,
            guarded: row.get(7)?,
            body: row.get(8)?,
            sensitive: row.get(9)?,
        })
    }
}

impl Engine {
    /// The current version. Returns [`Error::NotFound`] also for what the authority may not see.
    pub async fn read(&self, authority: &Authority, kind: &str, id: &str) -> Result<Arc<Stored>> {
        self.find(authority, Interaction::Read, kind, id, None).await
    }

    /// This version, whether current or past.
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
        let program = self.program(&authority.partition)?;
        let resource = reach(program, authority, kind, interaction)?;
        let missing = || Error::NotFound(kind.to_owned(), id.to_owned());
        let catalog = self.catalog(&authority.partition).ok_or_else(missing)?;
        let number = catalog.kind_number(kind);
        let patient = self.patient(authority, &catalog).await?;
        let seen = Seen::of(authority, interaction, resource, patient).ok_or_else(missing)?;
        if seen.withholds() && !catalog.is_current {
            // The labels may have been read with other categories.
            return Err(Error::Stale);
        }

        let current = self.memory.resource(&self.store, catalog.epoch, number, id).await?.ok_or_else(missing)?;
        let stored = match version {
            Some(version) if *version != *current.version.to_string() => {
                let version = version.parse().map_err(|_| missing())?;
                Arc::new(self.past(program, number, id, version).await?.ok_or_else(missing)?)
            }
            _ => current,
        };
        if stored.deleted {
            // A deleted resource is in no compartment. Those who could see it before may know that it is gone.
            let before = self.past(program, number, id, stored.version - 1).await?;
            before.filter(|before| before.is_seen(seen)).ok_or_else(missing)?;
            return Err(Error::Deleted(kind.to_owned(), id.to_owned()));
        }
        let is_seen =
            stored.is_seen(seen) && authority.sees_what_it_is_about(program, resource, interaction, &stored.body);
        if is_seen { Ok(stored) } else { Err(missing()) }
    }

    /// A past version is as sensitive as its own labels and those of the current version.
    async fn past(&self, program: &Program, kind: i64, id: &str, version: i64) -> Result<Option<Stored>> {
        let found: Option<Stored> =
            sql("SELECT r.id, r.key, r.kind, h.version, h.updated_at, h.deleted, h.compartment, h.guarded, h.body, r.sensitive \
             FROM fhir_resource r JOIN fhir_history h ON h.key = r.key \
             WHERE r.kind = $1 AND r.id = $2 AND h.version = $3")
            .bind(kind)
            .bind(id)
            .bind(version)
            .fetch_optional(&mut self.store.read().await?.tx)
            .await?;
        Ok(found.map(|found| Stored { sensitive: found.sensitive | Labels::of(program).in_text(&found.body), ..found }))
    }
}

impl Stored {
    /// The current versions of those whose row `r` meets the condition.
    pub(crate) fn select(condition: &'static str) -> Query {
        let mut query = sql(
            "SELECT r.id, r.key, r.kind, r.version, r.updated_at, r.deleted, r.compartment, r.guarded, r.body, r.sensitive \
             FROM fhir_resource r WHERE 0 < r.version AND ",
        );
        query.push(condition);
        query
    }

    pub(crate) fn is_seen(&self, seen: Seen) -> bool {
        seen.sees(self.compartment, self.guarded, self.sensitive)
    }
}
