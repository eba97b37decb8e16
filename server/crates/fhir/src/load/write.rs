//! Writes batches, each in one transaction.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use store::{Ctx, FromRow, Row, Store, Tx, Value, sql};

use super::{
    batch::Batch,
    keys::{Keys, Names, count},
    prepare::Preparer,
    report::Report,
    resource::{Parsed, Prepared},
    rows::{LONGEST_LIST, Rows, push_list},
    settle,
};
use crate::{
    catalog::{self, Catalog},
    error::Result,
    index::{Entries, rows::IndexRows},
};

pub struct Writer {
    store: Store,
    catalog: Catalog,
    preparer: Preparer,
    dry_run: bool,
    keys: Keys,
}

/// What is there under the same type and id.
struct Existing {
    id: String,
    key: i64,
    version: i64,
    updated_at: Timestamp,
    compartment: Option<i64>,
    guarded: bool,
    deleted: bool,
    body: String,
}

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
        })
    }
}

impl Existing {
    /// Whether it is a row that others only refer to.
    fn is_awaited(&self) -> bool {
        self.version == 0
    }
}

/// A resource that is to be written, and what it replaces.
struct Change {
    new: Prepared,
    key: i64,
    old: Option<Existing>,
}

impl Change {
    fn version(&self) -> i64 {
        self.old.as_ref().map_or(1, |old| old.version + 1)
    }

    /// The version that becomes history.
    fn past(&self) -> Option<&Existing> {
        self.old.as_ref().filter(|old| !old.is_awaited())
    }
}

impl Writer {
    pub fn new(store: Store, catalog: Catalog, preparer: Preparer, dry_run: bool) -> Self {
        Self { store, catalog, preparer, dry_run, keys: Keys::default() }
    }

    pub async fn write(&mut self, batch: Batch, report: &mut Report) -> Result<()> {
        if batch.resources.is_empty() {
            return Ok(());
        }
        if self.dry_run {
            let mut ctx = self.store.read().await?;
            changes(&mut ctx.tx, batch.resources, report).await?;
            return Ok(());
        }
        let mut ctx = self.store.write().await?;
        catalog::lock_keys(&mut ctx.tx).await?;
        let mut changes = changes(&mut ctx.tx, batch.resources, report).await?;
        if changes.is_empty() {
            return Ok(());
        }
        self.give_keys(&mut ctx, &mut changes).await?;
        self.write_resources(&mut ctx, &changes).await?;
        self.write_indexes(&mut ctx, changes).await?;
        catalog::advance(&mut ctx.tx, self.catalog.part).await?;
        ctx.commit().await?;
        Ok(())
    }

    /// What can only be done once everything is there.
    pub async fn finish(self) -> Result<()> {
        let through = self.preparer.through();
        if self.dry_run || through.is_empty() {
            return Ok(());
        }
        let mut ctx = self.store.write().await?;
        catalog::lock_keys(&mut ctx.tx).await?;
        if 0 < settle::settle(&mut ctx.tx, &through).await? {
            catalog::advance(&mut ctx.tx, self.catalog.part).await?;
        }
        Ok(ctx.commit().await?)
    }

    /// Keys for the new resources, in the order they came, and for everything that the changes point at.
    async fn give_keys(&mut self, ctx: &mut Ctx, changes: &mut [Change]) -> Result<()> {
        let new = changes.iter().filter(|change| change.old.is_none()).count();
        let mut next = catalog::keys(&mut ctx.tx, count(new)).await?..;
        self.keys.shrink();
        let mut names = Names::default();
        let patient = self.catalog.kind_number("Patient");
        for change in changes.iter_mut() {
            change.key = match &change.old {
                Some(old) => old.key,
                None => next.next().unwrap_or_default(),
            };
            names.add(&change.new.entries, |kind| self.catalog.kind_number(kind));
            names.add_owner(&change.new.owner, patient);
        }
        for change in changes.iter() {
            self.keys.insert(change.new.kind, &change.new.parsed.id, change.key);
        }
        self.keys.resolve(&mut ctx.tx, names, ctx.now).await
    }

    async fn write_resources(&self, ctx: &mut Ctx, changes: &[Change]) -> Result<()> {
        let mut history = Rows::new(
            "INSERT INTO fhir_history (key, version, compartment, guarded, updated_at, deleted, body) VALUES ",
            7,
            "",
        );
        let mut rows = Rows::new(
            "INSERT INTO fhir_resource (key, kind, id, compartment, guarded, version, updated_at, deleted, body) VALUES ",
            9,
            " ON CONFLICT (key) DO UPDATE SET compartment = excluded.compartment, guarded = excluded.guarded, \
             version = excluded.version, updated_at = excluded.updated_at, deleted = excluded.deleted, body = excluded.body",
        );
        let through = self.preparer.through();
        let patient = self.catalog.kind_number("Patient");
        for change in changes {
            let compartment = self.keys.compartment(&change.new, change.key, patient);
            if let Some(past) = change.past() {
                history.push([
                    past.key.into(),
                    past.version.into(),
                    past.compartment.into(),
                    past.guarded.into(),
                    past.updated_at.into(),
                    past.deleted.into(),
                    (&past.body).into(),
                ]);
                if past.compartment != compartment {
                    settle::unsettle(&mut ctx.tx, &through, change.key).await?;
                }
            }
            let Prepared { parsed, kind, guarded, .. } = &change.new;
            rows.push([
                change.key.into(),
                (*kind).into(),
                (&parsed.id).into(),
                compartment.into(),
                (*guarded).into(),
                change.version().into(),
                ctx.now.into(),
                false.into(),
                parsed.body(change.version(), ctx.now).into(),
            ]);
        }
        history.run(&mut ctx.tx).await?;
        rows.run(&mut ctx.tx).await
    }

    async fn write_indexes(&mut self, ctx: &mut Ctx, changes: Vec<Change>) -> Result<()> {
        let (mut new, mut old) = (IndexRows::default(), IndexRows::default());
        let past: Vec<(i64, Entries)> = changes.iter().filter_map(|change| self.past_entries(change)).collect();
        let mut names = Names::default();
        past.iter().for_each(|(_, entries)| names.add(entries, |kind| self.catalog.kind_number(kind)));
        self.keys.resolve(&mut ctx.tx, names, ctx.now).await?;
        for (key, entries) in past {
            old.add(key, entries, &self.keys, |kind| self.catalog.kind_number(kind));
        }
        for change in changes {
            new.add(change.key, change.new.entries, &self.keys, |kind| self.catalog.kind_number(kind));
        }
        old.subtract(&new);
        old.delete(&mut ctx.tx).await?;
        new.insert(&mut ctx.tx).await
    }

    /// What the replaced version had in the indexes: what it would have today, because a changed table of search
    /// parameters stops loads until everything is indexed anew.
    fn past_entries(&self, change: &Change) -> Option<(i64, Entries)> {
        let past = change.past().filter(|past| !past.deleted)?;
        let prepared = self.preparer.prepare(Parsed::parse(&past.body).ok()?).ok()?;
        Some((past.key, prepared.entries))
    }
}

/// What is to be written: all but what is there unchanged. Counts each.
async fn changes(tx: &mut Tx, resources: Vec<Prepared>, report: &mut Report) -> Result<Vec<Change>> {
    let mut ids: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
    for resource in &resources {
        ids.entry(resource.kind).or_default().push((&resource.parsed.id).into());
    }
    let mut existing = HashMap::new();
    for (kind, ids) in ids {
        for ids in ids.chunks(LONGEST_LIST) {
            let mut query = sql(
                "SELECT id, key, version, updated_at, compartment, guarded, deleted, body FROM fhir_resource WHERE kind = ",
            );
            query.push_bind(kind).push(" AND id IN ");
            push_list(&mut query, ids);
            let found: Vec<Existing> = query.fetch_all(tx).await?;
            existing.extend(found.into_iter().map(|existing| ((kind, existing.id.clone()), existing)));
        }
    }
    let mut changes = Vec::with_capacity(resources.len());
    for new in resources {
        let old = existing.remove(&(new.kind, new.parsed.id.clone()));
        let counts = match &old {
            Some(old) if !old.is_awaited() => {
                if !old.deleted && old.body == new.parsed.body(old.version, old.updated_at) {
                    *report.unchanged.entry(new.parsed.kind.clone()).or_default() += 1;
                    continue;
                }
                &mut report.updated
            }
            _ => &mut report.created,
        };
        *counts.entry(new.parsed.kind.clone()).or_default() += 1;
        changes.push(Change { new, key: 0, old });
    }
    Ok(changes)
}
