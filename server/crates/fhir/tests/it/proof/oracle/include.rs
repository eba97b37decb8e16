//! What is included with matches (hl7.org/fhir/R4/search.html#include).

use std::collections::BTreeSet;

use super::{Held, Oracle, is::Is, table};

/// `Type/id`
pub type Name = String;

impl Oracle {
    /// What `_include=Type:code` adds to these matches of the type; it includes no match again.
    pub fn included(&self, patient: Option<&str>, matches: &BTreeSet<Name>, include: &str) -> BTreeSet<Name> {
        let (kind, code) = include.split_once(':').expect("`Type:code`");
        let codes = |held: &Held| {
            held.edges.iter().map(|(of, _)| *of).filter(|of| code == "*" || *of == code).collect::<Vec<_>>()
        };
        let sources = self.seen(patient).filter(|held| held.kind == kind && matches.contains(&name(held)));
        let targets =
            sources.flat_map(|held| codes(held).into_iter().flat_map(|code| self.targets(patient, held, code)));
        targets.filter(|target| !target.is_contained).map(name).filter(|name| !matches.contains(name)).collect()
    }

    /// Whether the include can add anything to matches of the type: it follows their references, or references to them.
    pub fn can_bring(&self, kind: &str, include: &str) -> bool {
        let (source, code) = include.split_once(':').expect("`Type:code`");
        let leads_here = |row: &table::Row| matches!(row.is, Is::Reference(targets) if targets.contains(&kind));
        source == kind && code == "*" || table::row(source, code).is_some_and(|row| source == kind || leads_here(row))
    }

    /// What `_revinclude=Type:code` adds.
    pub fn reverse_included(&self, patient: Option<&str>, matches: &BTreeSet<Name>, include: &str) -> BTreeSet<Name> {
        let (kind, code) = include.split_once(':').expect("`Type:code`");
        let points =
            |held: &&Held| self.targets(patient, held, code).into_iter().any(|target| matches.contains(&name(target)));
        let sources = self.of(patient, kind).filter(points);
        sources.map(name).filter(|name| !matches.contains(name)).collect()
    }
}

fn name(held: &Held) -> Name {
    format!("{}/{}", held.kind, held.id)
}
