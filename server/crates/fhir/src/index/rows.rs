//! The rows of the index tables.

use store::{Rows, Tx};

use super::{Entries, contained::Contained, position::Position, reference::Target, string::Place};
use crate::{error::Result, load::keys::Keys};

/// Parameter, value, key, ordinal, original.
type Strings = (i64, String, i64, i64, String);

/// Rows. When sorted, they are in the order in which their tables are clustered.
#[derive(Default)]
pub struct IndexRows {
    strings: Vec<Strings>,
    /// Parameter, code, key, system.
    tokens: Vec<(i64, String, i64, i64)>,
    /// Parameter, target, key.
    references: Vec<(i64, i64, i64)>,
    /// Parameter, low, high, key.
    dates: Vec<(i64, i64, i64, i64)>,
    /// Parameter, URI, key.
    canonicals: Vec<(i64, i64, i64)>,
    positions: Vec<(i64, Position, i64)>,
}

impl IndexRows {
    /// Adds a resource's entries. References to types that the program does not offer have no key and are skipped.
    pub fn add(&mut self, key: i64, entries: Entries, keys: &Keys, kind: impl Fn(&str) -> i64 + Copy) {
        for Contained { kind: name, id, entries } in entries.contained {
            if let Some(key) = keys.resource(kind(&name), &id) {
                self.add(key, entries, keys, kind);
            }
        }
        for (param, string) in entries.strings {
            let is_same = |(last, value, of, ..): &&Strings| (*last, *of) == (param, key) && *value == string.value;
            let before = self.strings.last().filter(is_same).map(|(_, _, _, ordinal, _)| *ordinal);
            let (ordinal, original) = match (string.place, before) {
                (Place::Whole(original), Some(before)) => (before + 1, original),
                // The rows it already has are enough to find it.
                (_, Some(_)) => continue,
                (place, None) => (place.ordinal(), place.original()),
            };
            self.strings.push((param, string.value, key, ordinal, original));
        }
        for (param, token) in entries.tokens {
            let system = token.system.and_then(|system| keys.uri(&system)).unwrap_or(0);
            self.tokens.push((param, token.code, key, system));
        }
        for (param, target) in entries.references {
            let target = match target {
                Target::Local { kind: name, id } => keys.resource(kind(&name), &id),
                Target::Uri(uri) => keys.uri(&uri),
            };
            self.references.extend(target.map(|target| (param, target, key)));
        }
        self.dates.extend(entries.dates.into_iter().map(|(param, range)| (param, range.low, range.high, key)));
        for (param, uri) in entries.canonicals {
            self.canonicals.extend(keys.uri(&uri).map(|uri| (param, uri, key)));
        }
        self.positions.extend(entries.positions.into_iter().map(|(param, position)| (param, position, key)));
    }

    /// Sorts the rows and removes duplicates.
    fn sort(&mut self) {
        self.strings.sort_unstable();
        self.strings.dedup();
        self.tokens.sort_unstable();
        self.tokens.dedup();
        self.references.sort_unstable();
        self.references.dedup();
        self.dates.sort_unstable();
        self.dates.dedup();
        self.canonicals.sort_unstable();
        self.canonicals.dedup();
    }

    /// Removes the rows that both have: they are already stored.
    pub fn subtract(&mut self, other: &mut Self) {
        self.sort();
        other.sort();
        differ(&mut self.strings, &mut other.strings);
        differ(&mut self.tokens, &mut other.tokens);
        differ(&mut self.references, &mut other.references);
        differ(&mut self.dates, &mut other.dates);
        differ(&mut self.canonicals, &mut other.canonicals);
        let both: Vec<_> = self.positions.iter().filter(|row| other.positions.contains(row)).copied().collect();
        self.positions.retain(|row| !both.contains(row));
        other.positions.retain(|row| !both.contains(row));
    }

    pub async fn insert(mut self, tx: &mut Tx) -> Result<()> {
        self.sort();
        const ONCE: &str = " ON CONFLICT DO NOTHING";
        let mut rows = Rows::new("INSERT INTO fhir_string (param, value, key, ordinal, original)", 5, ONCE);
        for (param, value, key, ordinal, original) in self.strings {
            rows.push([param.into(), value.into(), key.into(), ordinal.into(), original.into()]);
        }
        rows.run(tx).await?;
        let mut rows = Rows::new("INSERT INTO fhir_token (param, code, key, system)", 4, ONCE);
        for (param, code, key, system) in self.tokens {
            rows.push([param.into(), code.into(), key.into(), system.into()]);
        }
        rows.run(tx).await?;
        let mut rows = Rows::new("INSERT INTO fhir_reference (param, target, key)", 3, ONCE);
        self.references
            .into_iter()
            .for_each(|(param, target, key)| rows.push([param.into(), target.into(), key.into()]));
        rows.run(tx).await?;
        let mut rows = Rows::new("INSERT INTO fhir_date (param, low, high, key)", 4, ONCE);
        for (param, low, high, key) in self.dates {
            rows.push([param.into(), low.into(), high.into(), key.into()]);
        }
        rows.run(tx).await?;
        let mut rows = Rows::new("INSERT INTO fhir_canonical (param, uri, key)", 3, ONCE);
        self.canonicals.into_iter().for_each(|(param, uri, key)| rows.push([param.into(), uri.into(), key.into()]));
        rows.run(tx).await?;
        let mut rows = Rows::new("INSERT INTO fhir_position (param, latitude, key, x, y, z)", 6, ONCE);
        for (param, Position { latitude, point: [x, y, z] }, key) in self.positions {
            rows.push([param.into(), latitude.into(), key.into(), x.into(), y.into(), z.into()]);
        }
        Ok(rows.run(tx).await?)
    }

    pub async fn delete(self, tx: &mut Tx) -> Result<()> {
        let mut rows = Rows::to_delete("fhir_string", &["param", "value", "key", "ordinal"]);
        for (param, value, key, ordinal, _) in self.strings {
            rows.push([param.into(), value.into(), key.into(), ordinal.into()]);
        }
        rows.run(tx).await?;
        let mut rows = Rows::to_delete("fhir_token", &["param", "code", "key", "system"]);
        for (param, code, key, system) in self.tokens {
            rows.push([param.into(), code.into(), key.into(), system.into()]);
        }
        rows.run(tx).await?;
        let mut rows = Rows::to_delete("fhir_reference", &["param", "target", "key"]);
        self.references
            .into_iter()
            .for_each(|(param, target, key)| rows.push([param.into(), target.into(), key.into()]));
        rows.run(tx).await?;
        let mut rows = Rows::to_delete("fhir_date", &["param", "low", "high", "key"]);
        for (param, low, high, key) in self.dates {
            rows.push([param.into(), low.into(), high.into(), key.into()]);
        }
        rows.run(tx).await?;
        let mut rows = Rows::to_delete("fhir_canonical", &["param", "uri", "key"]);
        self.canonicals.into_iter().for_each(|(param, uri, key)| rows.push([param.into(), uri.into(), key.into()]));
        rows.run(tx).await?;
        let mut rows = Rows::to_delete("fhir_position", &["param", "latitude", "key"]);
        for (param, position, key) in self.positions {
            rows.push([param.into(), position.latitude.into(), key.into()]);
        }
        Ok(rows.run(tx).await?)
    }
}

/// Removes from two sorted lists what both contain.
fn differ<T: Ord>(one: &mut Vec<T>, other: &mut Vec<T>) {
    let mut left = std::mem::take(other).into_iter().peekable();
    let mut rest = Vec::new();
    one.retain(|row| {
        while let Some(before) = left.next_if(|before| before < row) {
            rest.push(before);
        }
        left.next_if(|same| same == row).is_none()
    });
    rest.extend(left);
    *other = rest;
}
