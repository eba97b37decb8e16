//! The keys of resources and URIs, given to those that have none yet.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use store::{Rows, Tx, Value, sql};

use super::{
    resource::{Owner, Prepared},
    rows::{LONGEST_LIST, push_list},
};
use crate::{
    catalog,
    error::Result,
    index::{Entries, reference::Target},
    sight::DIRECTORY,
};

/// What is remembered at most, so that memory stays flat.
const MOST: usize = 200_000;

/// Names that need keys.
#[derive(Default)]
pub struct Names {
    /// Type's number and id.
    pub resources: BTreeSet<(i64, String)>,
    pub uris: BTreeSet<String>,
}

impl Names {
    /// Everything that the entries point at. `kind` gives a type's number, negative where the program does not offer it.
    pub fn add(&mut self, entries: &Entries, kind: impl Fn(&str) -> i64) {
        for (_, token) in &entries.tokens {
            self.uris.extend(token.system.clone());
        }
        self.uris.extend(entries.canonicals.iter().map(|(_, uri)| uri.clone()));
        for (_, target) in &entries.references {
            match target {
                Target::Uri(uri) => {
                    self.uris.insert(uri.clone());
                }
                Target::Local { kind: name, id } if 0 <= kind(name) => {
                    self.resources.insert((kind(name), id.clone()));
                }
                Target::Local { .. } => {}
            }
        }
    }
}

impl Names {
    /// The patient whose resource it is; `patient` is the number of the type.
    pub fn add_owner(&mut self, owner: &Owner, patient: i64) {
        if let Owner::Patient(id) = owner {
            self.resources.insert((patient, id.clone()));
        }
    }
}

/// Keys found or given so far.
#[derive(Default)]
pub struct Keys {
    resources: HashMap<(i64, String), i64>,
    uris: HashMap<String, i64>,
}

impl Keys {
    pub fn resource(&self, kind: i64, id: &str) -> Option<i64> {
        // Looking up by parts would need a map of maps; a load spends its time elsewhere.
        self.resources.get(&(kind, id.to_owned())).copied()
    }

    pub fn uri(&self, uri: &str) -> Option<i64> {
        self.uris.get(uri).copied()
    }

    /// Who may see the resource of this key; see `fhir_resource.compartment`. What belongs to others' owners is settled when
    /// all is there.
    pub fn compartment(&self, resource: &Prepared, key: i64, patient: i64) -> Option<i64> {
        if resource.is_withheld {
            return None;
        }
        match &resource.owner {
            Owner::Directory => Some(DIRECTORY),
            Owner::Itself => Some(key),
            Owner::Patient(id) => self.resource(patient, id),
            Owner::Others => None,
        }
    }

    pub fn insert(&mut self, kind: i64, id: &str, key: i64) {
        self.resources.insert((kind, id.to_owned()), key);
    }

    /// Forgets most, if much is remembered.
    pub fn shrink(&mut self) {
        if MOST < self.resources.len() + self.uris.len() {
            *self = Self::default();
        }
    }

    /// Finds or gives the keys of all these names. The caller holds [`catalog::lock_keys`].
    pub async fn resolve(&mut self, tx: &mut Tx, names: Names, now: Timestamp) -> Result<()> {
        self.find_resources(tx, &names.resources).await?;
        self.find_uris(tx, &names.uris).await?;
        let resources: Vec<_> = names.resources.into_iter().filter(|name| !self.resources.contains_key(name)).collect();
        let uris: Vec<_> = names.uris.into_iter().filter(|uri| !self.uris.contains_key(uri)).collect();
        if resources.is_empty() && uris.is_empty() {
            return Ok(());
        }
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
            self.resources.insert((kind, id), key);
        }
        rows.run(tx).await?;
        let mut rows = Rows::new("INSERT INTO fhir_uri (key, uri)", 2, "");
        for (uri, key) in uris.into_iter().zip(&mut next) {
            rows.push([key.into(), (&uri).into()]);
            self.uris.insert(uri, key);
        }
        Ok(rows.run(tx).await?)
    }

    async fn find_resources(&mut self, tx: &mut Tx, names: &BTreeSet<(i64, String)>) -> Result<()> {
        let mut unknown: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
        for (kind, id) in names.iter().filter(|name| !self.resources.contains_key(*name)) {
            unknown.entry(*kind).or_default().push(id.into());
        }
        for (kind, ids) in unknown {
            for ids in ids.chunks(LONGEST_LIST) {
                let mut query = sql("SELECT id, key FROM fhir_resource WHERE kind = ");
                query.push_bind(kind).push(" AND id IN ");
                push_list(&mut query, ids);
                let found: Vec<(String, i64)> = query.fetch_all(tx).await?;
                self.resources.extend(found.into_iter().map(|(id, key)| ((kind, id), key)));
            }
        }
        Ok(())
    }

    async fn find_uris(&mut self, tx: &mut Tx, uris: &BTreeSet<String>) -> Result<()> {
        let unknown: Vec<Value> = uris.iter().filter(|uri| !self.uris.contains_key(*uri)).map(Value::from).collect();
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
