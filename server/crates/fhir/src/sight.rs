//! Which rows an authority sees. Only this module decides it, for reads in Rust and for searches in SQL.

use std::collections::BTreeMap;

use programs::{
    program::Program,
    resource::{Access, Interaction, Resource},
};
use store::Query;

use crate::{
    authority::{Authority, has_variants},
    catalog::Catalog,
};

/// The compartment of the provider directory; see `fhir_resource.compartment`.
pub const DIRECTORY: i64 = 0;

/// A compartment in which there is nothing.
pub const NO_ONE: i64 = -1;

/// What may be seen of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// One patient's, except what has a label in a withheld category (bits of `fhir_resource.sensitive`).
    Compartment { patient: i64, withheld: i64 },
    /// The whole directory.
    All,
    /// The directory without what a separate scope guards (`false`), or only that (`true`).
    Guarded(bool),
}

/// The rows that an authority sees, by the numbers of the types of which it sees anything.
#[derive(Clone, Debug)]
pub struct Sight(BTreeMap<i64, Seen>);

impl Sight {
    /// `patient` is the key of the authority's patient, if that resource exists.
    pub fn new(
        authority: &Authority,
        interaction: Interaction,
        program: &Program,
        catalog: &Catalog,
        patient: Option<i64>,
    ) -> Self {
        let kinds = program.resources.iter().filter_map(|resource| {
            let seen = Seen::of(authority, interaction, resource, patient)?;
            Some((catalog.kind(&resource.kind)?.kind, seen))
        });
        Self(kinds.collect())
    }

    /// What may be seen of the type; `None` if nothing.
    pub fn of(&self, kind: i64) -> Option<Seen> {
        self.0.get(&kind).copied()
    }

    /// Appends the condition that a row of `fhir_resource`, called `alias`, may be seen, whatever its type.
    pub fn push(&self, query: &mut Query, alias: &str) {
        let mut conditions = Conditions { query, alias, any: false };
        let whole: Vec<i64> = self.kinds(|seen| matches!(seen, Seen::All)).collect();
        conditions.push(DIRECTORY, &whole, None, 0);
        for (kind, seen) in &self.0 {
            if let Seen::Guarded(only) = seen {
                conditions.push(DIRECTORY, &[*kind], Some(*only), 0);
            }
        }
        let own: Vec<i64> = self.kinds(|seen| matches!(seen, Seen::Compartment { .. })).collect();
        // All of them are the same patient's.
        let part = self.0.values().find_map(|seen| match seen {
            Seen::Compartment { patient, withheld } => Some((*patient, *withheld)),
            _ => None,
        });
        let (patient, withheld) = part.unwrap_or((NO_ONE, 0));
        conditions.push(patient, &own, None, withheld);
        conditions.end();
    }

    fn kinds(&self, which: impl Fn(&Seen) -> bool) -> impl Iterator<Item = i64> {
        self.0.iter().filter(move |(_, seen)| which(seen)).map(|(kind, _)| *kind)
    }
}

impl Seen {
    /// `None` if nothing of the type may be seen.
    pub fn of(
        authority: &Authority,
        interaction: Interaction,
        resource: &Resource,
        patient: Option<i64>,
    ) -> Option<Self> {
        let plain = authority.rights(resource).allow(interaction);
        match resource.access {
            Access::Member if plain => {
                patient.map(|patient| Self::Compartment { patient, withheld: authority.withheld })
            }
            Access::Member => None,
            Access::Directory if has_variants(resource) => match (plain, authority.networks.allow(interaction)) {
                (true, true) => Some(Self::All),
                (false, false) => None,
                (_, guarded) => Some(Self::Guarded(guarded)),
            },
            Access::Directory => plain.then_some(Self::All),
        }
    }

    /// Whether a row of the type may be seen.
    pub fn sees(self, compartment: Option<i64>, guarded: bool, sensitive: i64) -> bool {
        match self {
            Self::Compartment { patient, withheld } => compartment == Some(patient) && sensitive & withheld == 0,
            Self::All => compartment == Some(DIRECTORY),
            Self::Guarded(only) => compartment == Some(DIRECTORY) && guarded == only,
        }
    }

    /// Appends the condition that a row of `fhir_resource` of the type `kind`, called `alias`, may be seen.
    pub fn push(self, query: &mut Query, alias: &str, kind: i64) {
        let (compartment, guarded, withheld) = match self {
            Self::Compartment { patient, withheld } => (patient, None, withheld),
            Self::All => (DIRECTORY, None, 0),
            Self::Guarded(only) => (DIRECTORY, Some(only), 0),
        };
        let mut conditions = Conditions { query, alias, any: false };
        conditions.push(compartment, &[kind], guarded, withheld);
        conditions.end();
    }

    /// Whether it depends on labels that something is not seen.
    pub fn withholds(self) -> bool {
        matches!(self, Self::Compartment { withheld, .. } if withheld != 0)
    }
}

/// `(… OR …)`
struct Conditions<'a> {
    query: &'a mut Query,
    alias: &'a str,
    any: bool,
}

impl Conditions<'_> {
    fn push(&mut self, compartment: i64, kinds: &[i64], guarded: Option<bool>, withheld: i64) {
        let Some((first, rest)) = kinds.split_first() else { return };
        let alias = self.alias;
        self.query.push(if self.any { " OR " } else { "(" });
        self.any = true;
        self.query.push(&format!("({alias}.compartment = ")).push_bind(compartment);
        self.query.push(&format!(" AND {alias}.kind "));
        if rest.is_empty() {
            self.query.push("= ").push_bind(*first);
        } else {
            self.query.push("IN (").push_bind(*first);
            rest.iter().for_each(|kind| {
                self.query.push(", ").push_bind(*kind);
            });
            self.query.push(")");
        }
        if let Some(guarded) = guarded {
            self.query.push(&format!(" AND {alias}.guarded = ")).push_bind(guarded);
        }
        if withheld != 0 {
            self.query.push(&format!(" AND ({alias}.sensitive & ")).push_bind(withheld).push(") = 0");
        }
        self.query.push(")");
    }

    fn end(self) {
        self.query.push(if self.any { ")" } else { "1 = 0" });
    }
}
