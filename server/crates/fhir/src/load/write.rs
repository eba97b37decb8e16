//! Writes batches, each in one transaction.

use jiff::Timestamp;
use store::{Ctx, Rows, Store, Tx};

use super::{
    Options,
    batch::{Batch, Deletion},
    check::Checker,
    existing::{self, Existing},
    keys::{Keys, Names, count},
    leaving::Leaving,
    prepare::Preparer,
    record::Record,
    rehearse::Rehearsal,
    report::Report,
    resource::{Owner, Parsed, Prepared},
    settle,
    unseen::Unseen,
};
use crate::{
    catalog::{self, Catalog},
    error::Result,
    index::{Entries, rows::IndexRows},
};

pub struct Writer<'a, L> {
    pub(super) store: Store,
    pub(super) options: Options,
    pub(super) catalog: Catalog,
    pub(super) preparer: Preparer,
    pub(super) checker: Checker,
    pub(super) leaving: &'a L,
    /// Absent if nothing is saved, and for loads that are not recorded.
    pub(super) record: Option<Record>,
    /// Types of which the load deletes, at its end, what it did not bring.
    pub(super) replaced: Vec<Replaced>,
    /// What there would be, if nothing is saved.
    pub(super) rehearsal: Rehearsal,
    /// What no one will be able to see, as far as is known yet.
    pub(super) unseen: Unseen,
    pub(super) keys: Keys,
    /// How many batches were written.
    pub(super) batches: u32,
}

/// A type that is replaced. Its name is needed because a rehearsal has no numbers if nothing was loaded yet.
#[derive(Clone)]
pub struct Replaced {
    pub kind: i64,
    pub name: String,
}

/// From this many resources on, the table is so large that no query plan reads all of it.
const LARGE: i64 = 50_000;

/// A resource to write, and what it replaces.
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

/// The changes that result from a batch's resources.
struct Changes {
    changes: Vec<Change>,
    /// Types and keys of resources that already exist in the same form.
    unchanged: Vec<(i64, i64)>,
}

impl<L: Leaving> Writer<'_, L> {
    pub async fn write(&mut self, batch: Batch, report: &mut Report) -> Result<()> {
        if self.options.dry_run {
            return self.rehearse(batch, report).await;
        }
        let is_idle = batch.resources.is_empty() && batch.deletions.is_empty();
        if is_idle && self.record.is_none() {
            return Ok(());
        }
        let mut ctx = self.store.write().await?;
        catalog::lock_keys(&mut ctx.tx).await?;
        batch.resources.iter().for_each(|resource| self.unseen.note(resource, report));
        let mut changes = changes(&mut ctx.tx, batch.resources, report).await?;
        let gone = self.find_gone(&mut ctx.tx, batch.deletions, report).await?;
        let is_changed = !changes.changes.is_empty() || !gone.is_empty();
        self.give_keys(&mut ctx, &mut changes.changes).await?;
        self.mark_seen(&mut ctx, &changes, &batch.named).await?;
        let last_key = changes.changes.iter().map(|change| change.key).max();
        if is_changed {
            let at = self.catalog.advance(&mut ctx.tx, self.store.now()).await?;
            self.write_resources(&mut ctx, &changes.changes, at).await?;
            let pointing = self.pointing(&changes.changes);
            self.write_indexes(&mut ctx, changes.changes).await?;
            self.remove(&mut ctx, gone, at, report).await?;
            // Resources that become visible together with their own change need no separate change.
            settle::settle_some(&mut ctx.tx, &self.preparer.through(), &pointing).await?;
        }
        self.unseen.shrink(&mut ctx.tx, &self.catalog, &()).await?;
        if let Some(record) = &self.record {
            record.keep(&mut ctx, &batch.rejects, report).await?;
            record.advance(&mut ctx, batch.place, report).await?;
        }
        ctx.commit().await?;
        self.batches += 1;
        // Keys are assigned in order, so the last one shows how many resources there are.
        if self.batches.is_power_of_two() && last_key.is_some_and(|last| last < LARGE) {
            self.store.db.analyze(&["fhir_resource"]).await?;
        }
        Ok(())
    }

    /// The existing resources among those to delete, each with its type.
    async fn find_gone(
        &self,
        tx: &mut Tx,
        deletions: Vec<Deletion>,
        report: &mut Report,
    ) -> Result<Vec<(i64, Existing)>> {
        let names = deletions.iter().map(|deletion| (deletion.number, &deletion.name.id));
        let mut found = existing::find(tx, names).await?;
        let mut gone = Vec::with_capacity(found.len());
        for Deletion { number, name } in deletions {
            match found.remove(&(number, name.id)).filter(Existing::is_there) {
                Some(old) => gone.push((number, old)),
                None => *report.absent.entry(name.kind).or_default() += 1,
            }
        }
        Ok(gone)
    }

    /// Rejects with a known name are kept when their type is replaced: types and keys of those that exist.
    pub(super) async fn find_named(&self, tx: &mut Tx, named: &[Deletion]) -> Result<Vec<(i64, i64)>> {
        let of_replaced = named.iter().filter(|named| self.is_replaced(named.number));
        let found = existing::find(tx, of_replaced.map(|named| (named.number, &named.name.id))).await?;
        Ok(found.into_iter().map(|((kind, _), existing)| (kind, existing.key)).collect())
    }

    /// Keys of the resources that belong to their targets' owner.
    fn pointing(&self, changes: &[Change]) -> Vec<i64> {
        let points = |change: &&Change| matches!(change.new.owner, Owner::Others(_));
        changes.iter().filter(points).map(|change| change.key).collect()
    }

    async fn mark_seen(&self, ctx: &mut Ctx, changes: &Changes, named: &[Deletion]) -> Result<()> {
        let Some(record) = self.record.as_ref().filter(|_| !self.replaced.is_empty()) else { return Ok(()) };
        let written = changes.changes.iter().map(|change| (change.new.kind, change.key));
        let named = self.find_named(&mut ctx.tx, named).await?;
        let brought = written.chain(changes.unchanged.iter().copied()).chain(named);
        record.mark(ctx, brought.filter(|(kind, _)| self.is_replaced(*kind)).map(|(_, key)| key)).await
    }

    /// Assigns keys to the new resources, in the order they came, and to everything that the changes point at.
    async fn give_keys(&mut self, ctx: &mut Ctx, changes: &mut [Change]) -> Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
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
            self.keys.insert(change.new.kind, change.new.parsed.id.clone(), change.key);
        }
        for change in changes.iter() {
            self.keys.name(&mut names, &change.new.entries, |kind| self.catalog.kind_number(kind));
            self.keys.name_owner(&mut names, &change.new.owner, patient);
        }
        self.keys.resolve(&mut ctx.tx, names, ctx.now).await
    }

    async fn write_resources(&self, ctx: &mut Ctx, changes: &[Change], at: Timestamp) -> Result<()> {
        let (mut history, mut rows) = (history_rows(), resource_rows());
        let (mut moved, patient) = (Vec::new(), self.catalog.kind_number("Patient"));
        for change in changes {
            let compartment = self.keys.compartment(&change.new, change.key, patient);
            if let Some(past) = change.past() {
                push_history(&mut history, past);
                if (past.compartment, past.sensitive) != (compartment, change.new.sensitive) {
                    moved.push(change.key);
                }
            }
            let Prepared { parsed, kind, guarded, sensitive, .. } = &change.new;
            rows.push([
                change.key.into(),
                (*kind).into(),
                (&parsed.id).into(),
                compartment.into(),
                (*guarded).into(),
                change.version().into(),
                at.into(),
                false.into(),
                parsed.body(change.version(), at).into(),
                (*sensitive).into(),
            ]);
        }
        settle::unsettle(&mut ctx.tx, &self.preparer.through(), &moved).await?;
        history.run(&mut ctx.tx).await?;
        Ok(rows.run(&mut ctx.tx).await?)
    }

    async fn write_indexes(&mut self, ctx: &mut Ctx, changes: Vec<Change>) -> Result<()> {
        let mut new = IndexRows::default();
        let past: Vec<_> = changes.iter().filter_map(Change::past).collect();
        let mut old = self.past_rows(ctx, &past).await?;
        for change in changes {
            new.add(change.key, change.new.entries, &self.keys, |kind| self.catalog.kind_number(kind));
        }
        old.subtract(&mut new);
        old.delete(&mut ctx.tx).await?;
        new.insert(&mut ctx.tx).await
    }

    /// The index rows of past versions, computed with the current parameters: if the table of search parameters
    /// changes, loads stop until everything is indexed again.
    pub(super) async fn past_rows(&mut self, ctx: &mut Ctx, past: &[&Existing]) -> Result<IndexRows> {
        let entries: Vec<(i64, Entries)> =
            past.iter().filter_map(|past| Some((past.key, self.past_entries(past)?))).collect();
        let mut names = Names::default();
        for (_, entries) in &entries {
            self.keys.name(&mut names, entries, |kind| self.catalog.kind_number(kind));
        }
        self.keys.resolve(&mut ctx.tx, names, ctx.now).await?;
        let mut rows = IndexRows::default();
        for (key, entries) in entries {
            rows.add(key, entries, &self.keys, |kind| self.catalog.kind_number(kind));
        }
        Ok(rows)
    }

    fn past_entries(&self, past: &Existing) -> Option<Entries> {
        if past.deleted {
            return None;
        }
        Some(self.preparer.prepare(Parsed::parse(&past.body).ok()?).ok()?.entries)
    }

    fn is_replaced(&self, kind: i64) -> bool {
        self.replaced.iter().any(|replaced| replaced.kind == kind)
    }

    pub(super) fn kind_name(&self, number: i64) -> String {
        self.catalog.kind_name(number).unwrap_or_default().to_owned()
    }
}

/// For versions that have been replaced.
pub fn history_rows() -> Rows {
    Rows::new("INSERT INTO fhir_history (key, version, compartment, guarded, updated_at, deleted, body)", 7, "")
}

pub fn push_history(rows: &mut Rows, past: &Existing) {
    rows.push([
        past.key.into(),
        past.version.into(),
        past.compartment.into(),
        past.guarded.into(),
        past.updated_at.into(),
        past.deleted.into(),
        (&past.body).into(),
    ]);
}

/// For current versions.
pub fn resource_rows() -> Rows {
    Rows::new(
        "INSERT INTO fhir_resource (key, kind, id, compartment, guarded, version, updated_at, deleted, body, sensitive)",
        10,
        " ON CONFLICT (key) DO UPDATE SET compartment = excluded.compartment, guarded = excluded.guarded, \
         version = excluded.version, updated_at = excluded.updated_at, deleted = excluded.deleted, body = excluded.body, \
         sensitive = excluded.sensitive",
    )
}

/// The changes to write: everything except what already exists unchanged. Counts each resource.
async fn changes(tx: &mut Tx, resources: Vec<Prepared>, report: &mut Report) -> Result<Changes> {
    let names = resources.iter().map(|resource| (resource.kind, &resource.parsed.id));
    let mut existing = existing::find(tx, names).await?;
    let (mut changes, mut unchanged) = (Vec::with_capacity(resources.len()), Vec::new());
    for new in resources {
        let old = existing.remove(&(new.kind, new.parsed.id.clone()));
        let counts = match &old {
            Some(old) if !old.is_awaited() => {
                if !old.deleted && old.body == new.parsed.body(old.version, old.updated_at) {
                    *report.unchanged.entry(new.parsed.kind.clone()).or_default() += 1;
                    unchanged.push((new.kind, old.key));
                    continue;
                }
                &mut report.updated
            }
            _ => &mut report.created,
        };
        *counts.entry(new.parsed.kind.clone()).or_default() += 1;
        changes.push(Change { new, key: 0, old });
    }
    Ok(Changes { changes, unchanged })
}
