//! Gathers resources into batches, on the reading thread.

use std::collections::{BTreeMap, HashSet};

use super::{
    Item, Origin, Reject, bundle,
    prepare::Preparer,
    resource::{Parsed, Prepared},
};
use crate::json::Members;

/// Large enough that a transaction's cost is shared, small enough that others who write need not wait.
const MOST_RESOURCES: usize = 2_000;
const MOST_BYTES: usize = 16 << 20;

/// What is written in one transaction. No resource is in it twice.
#[derive(Default)]
pub struct Batch {
    pub resources: Vec<Prepared>,
    pub rejects: Vec<Reject>,
    pub skipped: BTreeMap<String, u64>,
}

/// Reads everything; `send` says whether somebody still wants it.
pub fn read(items: impl Iterator<Item = Result<Item, Reject>>, preparer: &Preparer, send: impl FnMut(Batch) -> bool) {
    let mut reader =
        Reader { preparer, send, batch: Batch::default(), names: HashSet::new(), bytes: 0, is_over: false };
    for item in items {
        match item {
            Ok(item) => reader.item(&item),
            Err(reject) => reader.batch.rejects.push(reject),
        }
        if reader.is_over {
            return;
        }
    }
    reader.flush();
}

struct Reader<'a, S> {
    preparer: &'a Preparer,
    send: S,
    batch: Batch,
    names: HashSet<(i64, String)>,
    bytes: usize,
    is_over: bool,
}

impl<S: FnMut(Batch) -> bool> Reader<'_, S> {
    fn item(&mut self, item: &Item) {
        if !item.json.contains("\"Bundle\"") {
            return self.resource(&item.origin, &item.json);
        }
        let bundle = serde_json::from_str::<Members>(&item.json).ok();
        match bundle.filter(|members| members.get("resourceType") == Some("\"Bundle\"")) {
            Some(bundle) => self.bundle(&item.origin, &bundle),
            None => self.resource(&item.origin, &item.json),
        }
    }

    fn bundle(&mut self, origin: &Origin, bundle: &Members) {
        let resources = match bundle::resources(bundle) {
            Ok(resources) => resources,
            Err(reason) => return self.reject(origin.clone(), reason),
        };
        for (place, resource) in resources {
            // A Bundle on a line of its own is named by that line; in a file of its own, by its entries.
            let line = if origin.line == 1 { place as u64 } else { origin.line };
            let origin = Origin { line, ..origin.clone() };
            match resource {
                Ok(json) => self.resource(&origin, &json),
                Err(reason) => self.reject(origin, reason),
            }
        }
    }

    fn resource(&mut self, origin: &Origin, json: &str) {
        let parsed = match Parsed::parse(json) {
            Ok(parsed) => parsed,
            Err(reason) => return self.reject(origin.clone(), reason),
        };
        if !self.preparer.offers(&parsed.kind) {
            *self.batch.skipped.entry(parsed.kind).or_default() += 1;
            return;
        }
        match self.preparer.prepare(parsed) {
            Ok(prepared) => self.push(prepared, json.len()),
            Err(reason) => self.reject(origin.clone(), reason),
        }
    }

    fn reject(&mut self, origin: Origin, reason: String) {
        self.batch.rejects.push(Reject { origin, reason });
    }

    fn push(&mut self, prepared: Prepared, bytes: usize) {
        if !self.names.insert((prepared.kind, prepared.parsed.id.clone())) {
            // The later one is a version of its own.
            self.flush();
            self.names.insert((prepared.kind, prepared.parsed.id.clone()));
        }
        self.batch.resources.push(prepared);
        self.bytes += bytes;
        if MOST_RESOURCES <= self.batch.resources.len() || MOST_BYTES <= self.bytes {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.names.clear();
        self.bytes = 0;
        self.is_over |= !(self.send)(std::mem::take(&mut self.batch));
    }
}
