//! Gathers resources into batches, on the reading thread.

use std::collections::{BTreeMap, HashSet};

use validate::problem::{Problem, Severity};

use super::{
    Item, Origin, Reject,
    bundle::{self, Entry},
    check::{Checker, Finding},
    foreign,
    place::{Piece, Place, What},
    prepare::Preparer,
    resource::{Parsed, Prepared, Refused},
    tombstone::{self, Name},
};
use crate::json::Members;

/// Large enough to share the cost of a transaction, small enough that other writers need not wait.
const MOST_RESOURCES: usize = 500;
const MOST_BYTES: usize = 16 << 20;
/// Skipped resources are counted in batches, too.
const MOST_SKIPPED: u64 = 20_000;

/// What one transaction writes. It contains no resource twice.
#[derive(Default)]
pub struct Batch {
    pub resources: Vec<Prepared>,
    pub deletions: Vec<Deletion>,
    pub rejects: Vec<Reject>,
    /// The rejects whose type and id are known.
    pub named: Vec<Deletion>,
    /// How many of the rejects could be any resource.
    pub unnamed: u64,
    /// What to report in addition to the rejects.
    pub findings: Vec<Finding>,
    /// How many of the loaded resources have findings.
    pub warned: u64,
    pub unchecked: BTreeMap<String, u64>,
    pub skipped: BTreeMap<String, u64>,
    /// Everything up to here is in this batch or an earlier one.
    pub place: Place,
}

impl Batch {
    fn is_empty(&self) -> bool {
        let Self { resources, deletions, rejects, skipped, .. } = self;
        resources.is_empty() && deletions.is_empty() && rejects.is_empty() && skipped.is_empty()
    }
}

/// A resource by its name.
pub struct Deletion {
    /// Its type's number.
    pub number: i64,
    pub name: Name,
}

/// Reads everything after a place. `send` returns whether the receiver still wants batches.
pub fn read(
    pieces: impl Iterator<Item = Piece>,
    after: Place,
    preparer: &Preparer,
    checker: &Checker,
    send: impl FnMut(Batch) -> bool,
) {
    let mut reader = Reader {
        preparer,
        checker,
        send,
        after,
        batch: Batch { place: after, ..Batch::default() },
        names: HashSet::new(),
        bytes: 0,
        is_over: false,
    };
    for Piece { place, what } in pieces {
        match what {
            What::Resource(item) => reader.item(&item, place),
            What::Tombstone(item) => reader.tombstone(&item, place),
            What::Reject(reject) => reader.reject(reject, None),
        }
        reader.batch.place = place;
        reader.flush_if_full();
        if reader.is_over {
            return;
        }
    }
    if !reader.batch.is_empty() {
        reader.flush();
    }
}

struct Reader<'a, S> {
    preparer: &'a Preparer,
    checker: &'a Checker,
    send: S,
    after: Place,
    batch: Batch,
    names: HashSet<(i64, String)>,
    bytes: usize,
    is_over: bool,
}

impl<S: FnMut(Batch) -> bool> Reader<'_, S> {
    fn item(&mut self, item: &Item, place: Place) {
        match bundle_of(item) {
            Some(bundle) => self.bundle(&item.origin, &bundle, place, Self::resource),
            None => self.resource(&item.origin, &item.json),
        }
    }

    /// `Type/id`, a resource of which only type and id are read, or a Bundle of deletions.
    fn tombstone(&mut self, item: &Item, place: Place) {
        if let Some(bundle) = bundle_of(item) {
            return self.bundle(&item.origin, &bundle, place, Self::no_deletion);
        }
        match tombstone::parse(&item.json) {
            Ok(name) => self.delete(name),
            Err(reason) => self.reject(Reject::new(item.origin.clone(), reason), None),
        }
    }

    /// Deletes what the entries say, and passes each resource to `take`.
    fn bundle(&mut self, origin: &Origin, bundle: &Members, place: Place, take: fn(&mut Self, &Origin, &str)) {
        let entries = match bundle::entries(bundle) {
            Ok(entries) => entries,
            Err(reason) => return self.reject(Reject::new(origin.clone(), reason), None),
        };
        for (entry, found) in entries {
            let place = Place { entry, ..place };
            if place <= self.after {
                continue;
            }
            // A Bundle on a line of its own is identified by that line, one in a file of its own by its entries.
            let line = if origin.line == 1 { entry } else { origin.line };
            let origin = Origin { line, ..origin.clone() };
            match found {
                Ok(Entry::Resource(json)) => take(self, &origin, &json),
                Ok(Entry::Deletion(url)) => match tombstone::parse(&url) {
                    Ok(name) => self.delete(name),
                    Err(reason) => self.reject(Reject::new(origin, reason), None),
                },
                Err(reason) => self.reject(Reject::new(origin, reason), None),
            }
            self.batch.place = place;
            self.flush_if_full();
            if self.is_over {
                return;
            }
        }
    }

    fn resource(&mut self, origin: &Origin, json: &str) {
        let parsed = match Parsed::parse(json) {
            Ok(parsed) => parsed,
            Err(refused) => {
                return match foreign::kind(json, origin).filter(|kind| !self.preparer.offers(kind)) {
                    Some(kind) => self.skip(kind),
                    None => self.refuse(origin, refused, tombstone::parse(json).ok()),
                };
            }
        };
        if !self.preparer.offers(&parsed.kind) {
            return self.skip(parsed.kind);
        }
        let name = Name { kind: parsed.kind.clone(), id: parsed.id.clone() };
        let found = match self.checker.check(&parsed.kind, &parsed.value) {
            Ok(found) => found,
            Err((refused, others)) => {
                others.into_iter().for_each(|problem| self.find(origin, problem));
                return self.refuse(origin, refused, Some(name));
            }
        };
        match self.preparer.prepare(parsed) {
            Ok(prepared) => {
                self.push(prepared, json.len());
                self.batch.warned += u64::from(found.iter().any(|problem| Severity::Warning <= problem.severity));
                found.into_iter().for_each(|problem| self.find(origin, problem));
            }
            Err(refused) => self.refuse(origin, refused, Some(name)),
        }
    }

    fn skip(&mut self, kind: String) {
        *self.batch.skipped.entry(kind).or_default() += 1;
    }

    /// Checks that could not be made are only counted: a whole file may claim one unknown profile.
    fn find(&mut self, origin: &Origin, problem: Problem) {
        match problem.severity {
            Severity::Information => *self.batch.unchecked.entry(problem.reason).or_default() += 1,
            Severity::Warning | Severity::Error => {
                self.batch.findings.push(Finding { origin: origin.clone(), problem });
            }
        }
    }

    /// Nothing is loaded from files that say what to delete.
    fn no_deletion(&mut self, origin: &Origin, json: &str) {
        let reject = Reject::new(origin.clone(), "an entry that deletes nothing is not a tombstone");
        self.reject(reject, tombstone::parse(json).ok());
    }

    fn refuse(&mut self, origin: &Origin, refused: Refused, name: Option<Name>) {
        self.reject(Reject { origin: origin.clone(), at: refused.at, reason: refused.reason }, name);
    }

    fn reject(&mut self, reject: Reject, name: Option<Name>) {
        self.batch.rejects.push(reject);
        match name {
            None => self.batch.unnamed += 1,
            Some(name) => {
                let number = self.preparer.number(&name.kind);
                self.batch.named.extend(number.map(|number| Deletion { number, name }));
            }
        }
    }

    fn delete(&mut self, name: Name) {
        let Some(number) = self.preparer.number(&name.kind) else {
            return self.skip(name.kind);
        };
        self.claim(number, &name.id);
        self.batch.deletions.push(Deletion { number, name });
    }

    fn push(&mut self, prepared: Prepared, bytes: usize) {
        self.claim(prepared.kind, &prepared.parsed.id);
        self.batch.resources.push(prepared);
        self.bytes += bytes;
    }

    /// A name that the batch already has starts the next batch: the later resource is a version of its own.
    fn claim(&mut self, kind: i64, id: &str) {
        if !self.names.insert((kind, id.to_owned())) {
            self.flush();
            self.names.insert((kind, id.to_owned()));
        }
    }

    fn flush_if_full(&mut self) {
        let Batch { resources, deletions, rejects, skipped, .. } = &self.batch;
        let is_full = MOST_RESOURCES <= resources.len() + deletions.len() + rejects.len()
            || MOST_BYTES <= self.bytes
            || MOST_SKIPPED <= skipped.values().sum();
        if is_full {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.names.clear();
        self.bytes = 0;
        let next = Batch { place: self.batch.place, ..Batch::default() };
        self.is_over |= !(self.send)(std::mem::replace(&mut self.batch, next));
    }
}

fn bundle_of(item: &Item) -> Option<Members<'_>> {
    if !item.json.contains("\"Bundle\"") {
        return None;
    }
    let bundle = serde_json::from_str::<Members>(&item.json).ok()?;
    (bundle.get("resourceType") == Some("\"Bundle\"")).then_some(bundle)
}
