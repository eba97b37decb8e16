//! The end of a chain, and which resources hold the values that a search by it compares.

use super::{Held, Oracle, Row, is::Is, table};

impl Oracle {
    /// From these resources of the type along `name`, as far as this member sees them: the resources at the end, and
    /// the place of their values. `None` if the table does not contain the name.
    pub fn reach<'a>(
        &'a self,
        patient: Option<&'a str>,
        starts: Vec<&'a Held>,
        kind: &str,
        name: &str,
    ) -> Option<(Vec<&'a Held>, &'static Row)> {
        let name = table::alias(kind, name).unwrap_or_else(|| name.to_owned());
        if let Some(rest) = name.strip_prefix("_has:") {
            let [source, code, rest] = rest.splitn(3, ':').collect::<Vec<_>>()[..] else { return None };
            let pointing = self.seen(patient).filter(|held| held.kind == source);
            let pointing = pointing.filter(|held| starts.iter().any(|start| self.leads(held, code, start)));
            return Some((pointing.collect(), table::row(source, rest)?));
        }
        let (mut ends, mut at, mut rest) = (starts, kind.to_owned(), name.as_str());
        while let Some((first, after)) = rest.split_once('.') {
            ends = ends.into_iter().flat_map(|held| self.targets(patient, held, first)).collect();
            at = leads_to(&at, first)?.to_owned();
            rest = after;
        }
        // What a chain reaches several times counts once.
        ends.sort_by_key(|held| &held.id);
        ends.dedup_by_key(|held| &held.id);
        Some((ends, table::row(&at, rest)?))
    }
}

/// The only type of a reference's targets.
fn leads_to(kind: &str, code: &str) -> Option<&'static str> {
    match table::row(kind, code)?.is {
        Is::Reference([target]) => Some(target),
        _ => None,
    }
}
