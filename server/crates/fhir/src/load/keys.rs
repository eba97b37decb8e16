//! The keys of resources and URIs, assigned to those that have none yet.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use store::{Rows, Tx, Value, sql};

use super::{
    resource::{Owner, Prepared},
    rows::{LONGEST_LIST, push_list},
};
use crate::{
    catalog,
    error::Result,
    index::{Entries, contained::Contained, reference::Target},
    sight::DIRECTORY,
};

/// The most keys that are cached, so that memory use stays flat.
const MOST: usize = 200_000;

/// Names that need keys.
#[derive(Default)]
pub struct Names {
    /// The type's number and the id.
    resources: HashSet<(i64, String)>,
    uris: HashSet<String>,
}

/// Keys that were found or assigned so far.
#[derive(Default)]
pub struct Keys {
    /// By the type's number, then by id.
    resources: HashMap<i64, HashMap<String, i64>>,
    uris: HashMap<String, i64>,
    /// How many keys of resources there are.
    count: usize,
}

impl Keys {
    /// Adds to the names everything that the entries point at and that has no key here. `kind` returns a type's number,
    /// negative if the program does not offer it.
    pub fn name(&self, names: &mut Names, entries: &Entries, kind: impl Fn(&str) -> i64 + Copy) {
        for Contained { kind: name, id, entries } in &entries.contained {
            self.name_resource(names, kind(name), id);
            self.name(names, entries, kind);
        }
        for (_, token) in &entries.tokens {
            token.system.iter().for_each(|system| self.name_uri(names, system));
        }
        entries.canonicals.iter().for_each(|(_, uri)| self.name_uri(names, uri));
        for (_, target) in &entries.references {
            match target {
                Target::Uri(uri) => self.name_uri(names, uri),
                Target::Local { kind: name, id } => self.name_resource(names, kind(name), id),
            }
        }
    }

    /// Adds the Patient that owns the resource; `patient` is the number of the type.
    pub fn name_owner(&self, names: &mut Names, owner: &Owner, patient: i64) {
        if let Owner::Patient(id) = owner {
            self.name_resource(names, patient, id);
        }
    }

    fn name_uri(&self, names: &mut Names, uri: &str) {
        if self.uri(uri).is_none() {
            names.uris.insert(uri.to_owned());
        }
    }

    fn name_resource(&self, names: &mut Names, kind: i64, id: &str) {
        if 0 <= kind && self.resource(kind, id).is_none() {
            names.resources.insert((kind, id.to_owned()));
        }
    }

    pub fn resource(&self, kind: i64, id: &str) -> Option<i64> {
        self.resources.get(&kind)?.get(id).copied()
    }

    pub fn uri(&self, uri: &str) -> Option<i64> {
        self.uris.get(uri).copied()
    }

    /// Who may see the resource with this key; see `fhir_resource.compartment`. What belongs to the owners of its
    /// targets is settled once everything is loaded.
    pub fn compartment(&self, resource: &Prepared, key: i64, patient: i64) -> Option<i64> {
        if resource.withheld.is_some() {
            return None;
        }
        match &resource.owner {
            Owner::Directory => Some(DIRECTORY),
            Owner::Itself => Some(key),
            Owner::Patient(id) => self.resource(patient, id),
            Owner::Others(_) => None,
        }
    }

    pub fn insert(&mut self, kind: i64, id: String, key: i64) {
        self.count += usize::from(self.resources.entry(kind).or_default().insert(id, key).is_none());
    }

    /// Forgets all keys if there are many.
    pub fn shrink(&mut self) {
        if MOST < self.count + self.uris.len() {
            *self = Self::default();
        }
    }

    /// Finds or assigns the keys of all these names. The caller holds [`catalog::lock_keys`].
    pub async fn resolve(&mut self, tx: &mut Tx, names: Names, now: Timestamp) -> Result<()> {
        self.find_resources(tx, &names.resources).await?;
        self.find_uris(tx, &names.uris).await?;
        let is_new = |(kind, id): &(i64, String)| self.resource(*kind, id).is_none();
        let mut resources: Vec<_> = names.resources.into_iter().filter(is_new).collect();
        let mut uris: Vec<_> = names.uris.into_iter().filter(|uri| !self.uris.contains_key(uri)).collect();
        if resources.is_empty() && uris.is_empty() {
            return Ok(());
        }
        // Sorted, the same names get the same keys on every machine.
        resources.sort_unstable();
        uris.sort_unstable();
        let mut next = catalog::keys(tx, count(resources.len() + uris.len())).await?..;
        let mut rows = Rows::new(
            "INSERT INTO fhir_resource (key, kind, id, compartment, guarded, version, updated_at, deleted, body)",
            9,
            "",
        );
        for ((kind, id), key) in resources.into_iter().zip(&mut next) {
            rows.push([
                key.into(),
                kind.into(),
                (&id).into(),
                Value::Int(None),
                false.into(),
                0_i64.into(),
                now.into(),
                false.into(),
                "".into(),
            ]);
            self.insert(kind, id, key);
        }
        rows.run(tx).await?;
        let mut rows = Rows::new("INSERT INTO fhir_uri (key, uri)", 2, "");
        for (uri, key) in uris.into_iter().zip(&mut next) {
            rows.push([key.into(), (&uri).into()]);
            self.uris.insert(uri, key);
        }
        Ok(rows.run(tx).await?)
    }

    async fn find_resources(&mut self, tx: &mut Tx, names: &HashSet<(i64, String)>) -> Result<()> {
        let mut unknown: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
        for (kind, id) in names {
            unknown.entry(*kind).or_default().push(id.into());
        }
        for (kind, ids) in unknown {
            for ids in ids.chunks(LONGEST_LIST) {
                let mut query = sql("SELECT id, key FROM fhir_resource WHERE kind = ");
                query.push_bind(kind).push(" AND id IN ");
                push_list(&mut query, ids);
                let found: Vec<(String, i64)> = query.fetch_all(tx).await?;
                found.into_iter().for_each(|(id, key)| self.insert(kind, id, key));
            }
        }
        Ok(())
    }

    async fn find_uris(&mut self, tx: &mut Tx, uris: &HashSet<String>) -> Result<()> {
        let unknown: Vec<Value> = uris.iter().map(Value::from).collect();
        for uris in unknown.chunks(LONGEST_LIST) {
            let mut query = sql("SELECT uri, key FROM fhir_uri WHERE uri IN ");
            push_list(&mut query, uris);
            let found: Vec<(String, i64)> = query.fetch_all(tx).await?;
            self.uris.extend(found);
        }
        Ok(())
    }
}

pub fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
