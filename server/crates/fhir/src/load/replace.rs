//! Replaces whole types: at its end, a load deletes what it did not bring of them.

use std::sync::atomic::{AtomicBool, Ordering};

use store::{Query, sql};

use super::{
    Event,
    existing::{COLUMNS, Existing},
    leaving::Leaving,
    record::Record,
    report::Report,
    write::{Replaced, Writer},
};
use crate::{catalog, error::Result};

/// Deletions per transaction.
const BATCH: i64 = 1_000;

/// A type that was not replaced, and why; none of it was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub kind: String,
    pub reason: String,
}

impl<L: Leaving> Writer<'_, L> {
    /// Deletes what the load did not bring, batch by batch. It keeps a type if something could not be read, because
    /// that might be of the type, and if more than `limit` percent of it would go, because a truncated feed looks like
    /// that.
    pub(super) async fn replace(
        &mut self,
        limit: u8,
        stop: &AtomicBool,
        report: &mut Report,
        observe: &mut impl FnMut(Event<'_>),
    ) -> Result<Vec<Kept>> {
        let mut kept = Vec::new();
        for replaced in self.replaced.clone() {
            if let Some(reason) = self.objection(&replaced, limit, report).await? {
                kept.push(Kept { kind: replaced.name, reason });
                continue;
            }
            if self.options.dry_run {
                let (_, gone) = self.count(&replaced).await?;
                if 0 < gone {
                    *report.deleted.entry(replaced.name).or_default() += gone.unsigned_abs();
                }
                continue;
            }
            let mut after = String::new();
            while !stop.load(Ordering::Relaxed)
                && let Some(last) = self.remove_unseen(replaced.kind, &after, report).await?
            {
                after = last;
                observe(Event::Progress(report.total()));
            }
        }
        Ok(kept)
    }

    async fn objection(&self, replaced: &Replaced, limit: u8, report: &Report) -> Result<Option<String>> {
        if 0 < report.unnamed {
            let reason =
                format!("{} rejects have no readable type and id, so they might be of this type", report.unnamed);
            return Ok(Some(reason));
        }
        let (total, gone) = self.count(replaced).await?;
        Ok((i64::from(limit) * total < gone * 100)
            .then(|| format!("{gone} of {total} would be deleted, more than {limit} %")))
    }

    /// How many resources of the type exist, and how many of them the load did not bring.
    async fn count(&self, Replaced { kind, name }: &Replaced) -> Result<(i64, i64)> {
        let mut ctx = self.store.read().await?;
        let (total,): (i64,) =
            sql("SELECT COUNT(*) FROM fhir_resource r WHERE r.kind = $1 AND 0 < r.version AND NOT r.deleted")
                .bind(*kind)
                .fetch_one(&mut ctx.tx)
                .await?;
        let Some(record) = &self.record else {
            return self.rehearsal.count(&mut ctx.tx, *kind, name, total).await;
        };
        let (gone,): (i64,) = unseen("COUNT(*)", *kind, record).fetch_one(&mut ctx.tx).await?;
        Ok((total, gone))
    }

    /// Deletes some, ordered by id. Returns the last one's id, or `None` if there was nothing left.
    async fn remove_unseen(&mut self, kind: i64, after: &str, report: &mut Report) -> Result<Option<String>> {
        let mut ctx = self.store.write().await?;
        catalog::lock_keys(&mut ctx.tx).await?;
        let Some(record) = &self.record else { return Ok(None) };
        let mut query = unseen(COLUMNS, kind, record);
        query.push(" AND r.id > ").push_bind(after).push(" ORDER BY r.id").push_limit(BATCH);
        let gone: Vec<Existing> = query.fetch_all(&mut ctx.tx).await?;
        let Some(last) = gone.last().map(|old| old.id.clone()) else { return Ok(None) };
        let at = self.catalog.advance(&mut ctx.tx, self.store.now()).await?;
        self.remove(&mut ctx, gone.into_iter().map(|old| (kind, old)).collect(), at, report).await?;
        if let Some(record) = &self.record {
            record.count(&mut ctx, report).await?;
        }
        ctx.commit().await?;
        Ok(Some(last))
    }
}

/// The existing resources of the type that were not brought.
fn unseen(select: &str, kind: i64, record: &Record) -> Query {
    let mut query = sql("SELECT ");
    query.push(select).push(" FROM fhir_resource r WHERE r.kind = ").push_bind(kind);
    query.push(" AND 0 < r.version AND NOT r.deleted AND NOT EXISTS (SELECT 1 FROM fhir_load_seen s WHERE s.load = ");
    query.push_bind(record.load).push(" AND s.key = r.key)");
    query
}
