//! What a load brought that no one will ever see, and why: it is stored, but it is in neither a member's record nor the
//! directory. Operators must hear of it here, because nothing else shows it.

use std::collections::{BTreeMap, HashMap};

use store::{Tx, sql};

use super::{
    report::Report,
    resource::{Owner, Prepared},
    rows::{LONGEST_LIST, push_list},
    tombstone::Name,
};
use crate::{catalog::Catalog, error::Result};

const NO_PATIENT: &str = "about a Patient that does not exist";
const NO_OWNER: &str = "about nothing that is in a member's record";
const MANY_OWNERS: &str = "about more than one member";

/// How many are collected before we check which of them have an owner by now.
const MANY: usize = 10_000;

/// The owner of a resource that others inherit their owner from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    Member(String),
    /// In the directory, from before the cut-off, deleted, or missing.
    Nobody,
}

impl Whose {
    fn patient(&self) -> Option<Name> {
        match self {
            Self::Member(id) => Some(patient(id)),
            Self::Nobody => None,
        }
    }
}

fn patient(id: &str) -> Name {
    Name { kind: "Patient".to_owned(), id: id.to_owned() }
}

/// Resources of which we do not know yet whether anyone can see them.
#[derive(Default)]
pub struct Unseen {
    /// By the Patient's id: how many resources of each type are about it.
    patients: BTreeMap<String, BTreeMap<String, u64>>,
    /// Resources that belong to the owner of their targets.
    others: Vec<(String, Vec<Name>)>,
    /// How many there may be before the next check.
    most: usize,
}

/// Where resources are known besides the database: those of a rehearsal.
pub trait Known {
    /// `None` if it is not known here.
    fn whose(&self, name: &Name) -> Option<Whose>;
}

/// No other place.
impl Known for () {
    fn whose(&self, _: &Name) -> Option<Whose> {
        None
    }
}

impl Unseen {
    /// Takes into account a resource that the load brought, new or not.
    pub fn note(&mut self, resource: &Prepared, report: &mut Report) {
        let kind = &resource.parsed.kind;
        match (&resource.withheld, &resource.owner) {
            (Some(reason), _) => report.count_unseen(reason, kind, 1),
            (None, Owner::Patient(id)) => {
                let kinds = self.patients.entry(id.clone()).or_default();
                *kinds.entry(kind.clone()).or_default() += 1;
            }
            (None, Owner::Others(targets)) => self.others.push((kind.clone(), targets.clone())),
            (None, Owner::Directory | Owner::Itself) => {}
        }
    }

    /// If there are many, forgets those that someone can see by now.
    pub async fn shrink(&mut self, tx: &mut Tx, catalog: &Catalog, known: &impl Known) -> Result<()> {
        if self.patients.len() + self.others.len() < self.most.max(MANY) {
            return Ok(());
        }
        self.look(tx, catalog, known).await?;
        // If many stay, not every batch checks them again.
        self.most = 2 * (self.patients.len() + self.others.len());
        Ok(())
    }

    /// Reports everything that no one can see, once all is loaded.
    pub async fn end(&mut self, tx: &mut Tx, catalog: &Catalog, known: &impl Known, report: &mut Report) -> Result<()> {
        for (kind, reason) in self.look(tx, catalog, known).await? {
            report.count_unseen(reason, &kind, 1);
        }
        for (kind, count) in self.patients.values().flatten() {
            report.count_unseen(NO_PATIENT, kind, *count);
        }
        Ok(())
    }

    /// Forgets those that someone can see. Of the others with several targets, returns the types and reasons.
    async fn look(
        &mut self,
        tx: &mut Tx,
        catalog: &Catalog,
        known: &impl Known,
    ) -> Result<Vec<(String, &'static str)>> {
        let patients: Vec<Name> = self.patients.keys().map(|id| patient(id)).collect();
        let targets: Vec<Name> = self.others.iter().flat_map(|(_, targets)| targets.iter().cloned()).collect();
        let found = find(tx, catalog, known, patients.iter().chain(&targets)).await?;
        let is_there =
            |found: &HashMap<Name, Whose>, id: &str| matches!(found.get(&patient(id)), Some(Whose::Member(_)));
        self.patients.retain(|id, _| !is_there(&found, id));
        // A target may be about a Patient that is not loaded yet.
        let owners: Vec<Name> = found.values().filter_map(Whose::patient).collect();
        let owners = find(tx, catalog, known, owners.iter()).await?;
        let mut unseen = Vec::new();
        self.others.retain(|(kind, targets)| {
            let mut whose: Vec<&Whose> =
                targets.iter().map(|target| found.get(target).unwrap_or(&Whose::Nobody)).collect();
            whose.sort_unstable();
            whose.dedup();
            let members = whose.iter().filter(|whose| matches!(whose, Whose::Member(_))).count();
            let reason = match whose[..] {
                [Whose::Member(id)] if is_there(&owners, id) => return false,
                [Whose::Member(_)] => NO_PATIENT,
                _ if members < 2 => NO_OWNER,
                _ => MANY_OWNERS,
            };
            unseen.push((kind.clone(), reason));
            true
        });
        Ok(unseen)
    }
}

/// The owners of these resources; missing ones are left out.
async fn find<'a>(
    tx: &mut Tx,
    catalog: &Catalog,
    known: &impl Known,
    names: impl Iterator<Item = &'a Name>,
) -> Result<HashMap<Name, Whose>> {
    let mut found = HashMap::new();
    let mut unknown: BTreeMap<&str, Vec<store::Value>> = BTreeMap::new();
    for name in names {
        match known.whose(name) {
            Some(whose) => _ = found.insert(name.clone(), whose),
            None => unknown.entry(&name.kind).or_default().push((&name.id).into()),
        }
    }
    for (kind, ids) in unknown {
        for ids in ids.chunks(LONGEST_LIST) {
            let mut query = sql("SELECT r.id, p.id FROM fhir_resource r LEFT JOIN fhir_resource p \
                 ON p.key = r.compartment AND p.kind = ");
            query.push_bind(catalog.kind_number("Patient"));
            query.push(" WHERE 0 < r.version AND NOT r.deleted AND r.kind = ").push_bind(catalog.kind_number(kind));
            query.push(" AND r.id IN ");
            push_list(&mut query, ids);
            let rows: Vec<(String, Option<String>)> = query.fetch_all(tx).await?;
            let whose = |patient: Option<String>| patient.map_or(Whose::Nobody, Whose::Member);
            found.extend(rows.into_iter().map(|(id, patient)| (Name { kind: kind.to_owned(), id }, whose(patient))));
        }
    }
    Ok(found)
}
