//! What a load would do, counted without saving anything. It remembers what the load itself brought earlier, some
//! hundred bytes per resource, so its counts equal those of a real load.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use store::{Tx, sql};

use super::{
    batch::Batch,
    existing::{self, Existing},
    leaving::Leaving,
    report::Report,
    resource::{Owner, Prepared},
    tombstone::Name,
    unseen::{Known, Whose},
    write::Writer,
};
use crate::{digest::digest, error::Result};

/// The state that the load would have produced so far.
#[derive(Default)]
pub struct Rehearsal {
    states: HashMap<Name, State>,
    /// Keys of existing resources that were brought or are to be deleted; a replacement would skip them.
    seen: HashSet<i64>,
}

/// The state of a resource.
struct State {
    /// Digest of the content; `None` if it would be deleted.
    content: Option<u64>,
    /// Whether it already exists.
    is_there: bool,
    owner: Owner,
    is_withheld: bool,
}

impl Known for Rehearsal {
    fn whose(&self, name: &Name) -> Option<Whose> {
        let State { content, owner, is_withheld, .. } = self.states.get(name)?;
        Some(match owner {
            _ if content.is_none() || *is_withheld => Whose::Nobody,
            Owner::Itself => Whose::Member(name.id.clone()),
            Owner::Patient(id) => Whose::Member(id.clone()),
            Owner::Directory | Owner::Others(_) => Whose::Nobody,
        })
    }
}

impl Rehearsal {
    /// Takes a resource in and counts what a load would do with it.
    fn bring(&mut self, new: &Prepared, old: Option<&Existing>, report: &mut Report) {
        let name = Name { kind: new.parsed.kind.clone(), id: new.parsed.id.clone() };
        let content = digest([new.parsed.body(0, Timestamp::UNIX_EPOCH).as_str()]);
        let old = old.filter(|old| !old.is_awaited());
        let counts = match (self.states.get(&name), old) {
            (Some(state), _) if state.content == Some(content) => &mut report.unchanged,
            (Some(_), _) => &mut report.updated,
            (None, Some(old)) if !old.deleted && old.body == new.parsed.body(old.version, old.updated_at) => {
                &mut report.unchanged
            }
            (None, Some(_)) => &mut report.updated,
            (None, None) => &mut report.created,
        };
        *counts.entry(name.kind.clone()).or_default() += 1;
        let is_there = old.is_some_and(Existing::is_there);
        self.seen.extend(old.map(|old| old.key));
        let (owner, is_withheld) = (new.owner.clone(), new.withheld.is_some());
        self.states.insert(name, State { content: Some(content), is_there, owner, is_withheld });
    }

    fn delete(&mut self, name: Name, old: Option<&Existing>, report: &mut Report) {
        let is_there = old.is_some_and(Existing::is_there);
        let would_be = self.states.get(&name).map_or(is_there, |state| state.content.is_some());
        let counts = if would_be { &mut report.deleted } else { &mut report.absent };
        *counts.entry(name.kind.clone()).or_default() += 1;
        if would_be {
            self.seen.extend(old.map(|old| old.key));
            let state = State { content: None, is_there, owner: Owner::Directory, is_withheld: false };
            self.states.insert(name, state);
        }
    }

    /// Given how many resources of a type exist: how many there would be, and how many of those were not brought.
    pub(super) async fn count(&self, tx: &mut Tx, number: i64, kind: &str, there: i64) -> Result<(i64, i64)> {
        let mut brought = 0;
        let query = sql("SELECT key FROM fhir_resource WHERE kind = $1 AND 0 < version AND NOT deleted").bind(number);
        query
            .for_each(tx, |(key,): (i64,)| {
                brought += i64::from(self.seen.contains(&key));
                Ok(())
            })
            .await?;
        let of_kind = self.states.iter().filter(|(name, _)| name.kind == kind);
        let more: i64 = of_kind
            .map(|(_, state)| match (state.is_there, state.content) {
                (true, None) => -1,
                (false, Some(_)) => 1,
                _ => 0,
            })
            .sum();
        Ok((there + more, there - brought))
    }
}

impl<L: Leaving> Writer<'_, L> {
    /// Counts what a load would do with a batch.
    pub(super) async fn rehearse(&mut self, batch: Batch, report: &mut Report) -> Result<()> {
        let mut ctx = self.store.read().await?;
        let Batch { resources, deletions, named, .. } = batch;
        let number = |kind: &str| self.catalog.kind_number(kind);
        let brought = resources.iter().map(|new| (number(&new.parsed.kind), &new.parsed.id));
        let gone = deletions.iter().map(|gone| (number(&gone.name.kind), &gone.name.id));
        let existing = existing::find(&mut ctx.tx, brought.chain(gone)).await?;
        for new in &resources {
            let old = existing.get(&(number(&new.parsed.kind), new.parsed.id.clone()));
            self.rehearsal.bring(new, old, report);
            self.unseen.note(new, report);
        }
        for gone in deletions {
            let old = existing.get(&(number(&gone.name.kind), gone.name.id.clone()));
            self.rehearsal.delete(gone.name, old, report);
        }
        let named = self.find_named(&mut ctx.tx, &named).await?;
        self.rehearsal.seen.extend(named.into_iter().map(|(_, key)| key));
        self.unseen.shrink(&mut ctx.tx, &self.catalog, &self.rehearsal).await
    }
}
