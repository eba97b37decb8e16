//! What a load did.

use std::{collections::BTreeMap, fmt};

/// Counts by type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub created: BTreeMap<String, u64>,
    /// New versions of existing resources.
    pub updated: BTreeMap<String, u64>,
    pub unchanged: BTreeMap<String, u64>,
    pub deleted: BTreeMap<String, u64>,
    /// Were to be deleted but did not exist.
    pub absent: BTreeMap<String, u64>,
    /// Of types that the program does not offer.
    pub skipped: BTreeMap<String, u64>,
    /// Loaded, but visible to no one: by reason, then by type.
    pub unseen: BTreeMap<String, BTreeMap<String, u64>>,
    pub rejected: u64,
    /// The rejects of which not even type and id are known.
    pub unnamed: u64,
    /// The loaded resources that do not match their profile.
    pub warned: u64,
    /// Profiles that we do not have, and how many resources claim them.
    pub unchecked: BTreeMap<String, u64>,
}

impl Report {
    /// All resources that were read.
    pub fn total(&self) -> u64 {
        self.parts().iter().flat_map(|(_, counts)| counts.values()).sum::<u64>() + self.rejected
    }

    /// Resources that exist now because of the load.
    pub fn written(&self) -> u64 {
        self.created.values().chain(self.updated.values()).sum()
    }

    /// Whether there was nothing to load or delete.
    pub fn is_nothing(&self) -> bool {
        let skipped: u64 = self.skipped.values().sum();
        self.total() == skipped
    }

    pub(crate) fn count_unseen(&mut self, reason: &str, kind: &str, count: u64) {
        let kinds = self.unseen.entry(reason.to_owned()).or_default();
        *kinds.entry(kind.to_owned()).or_default() += count;
    }

    /// Counts an unknown profile; if there are many, only the first ones.
    pub(crate) fn count_unchecked(&mut self, what: &str, count: u64) {
        const MOST: usize = 100;
        if let Some(known) = self.unchecked.get_mut(what) {
            *known += count;
        } else if self.unchecked.len() < MOST {
            self.unchecked.insert(what.to_owned(), count);
        }
    }

    fn parts(&self) -> [(&'static str, &BTreeMap<String, u64>); 6] {
        [
            ("created", &self.created),
            ("updated", &self.updated),
            ("unchanged", &self.unchanged),
            ("deleted", &self.deleted),
            ("absent", &self.absent),
            ("skipped", &self.skipped),
        ]
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (word, counts) in self.parts().into_iter().filter(|(_, counts)| !counts.is_empty()) {
            writeln!(f, "{word:>9} {:>9}  {}", counts.values().sum::<u64>(), each(counts))?;
        }
        for (reason, counts) in &self.unseen {
            writeln!(f, "{:>9} {:>9}  {reason}: {}", "unseen", counts.values().sum::<u64>(), each(counts))?;
        }
        for (what, count) in &self.unchecked {
            writeln!(f, "{:>9} {count:>9}  {what}", "unchecked")?;
        }
        if 0 < self.warned {
            writeln!(f, "{:>9} {:>9}", "warned", self.warned)?;
        }
        write!(f, "{:>9} {:>9}", "rejected", self.rejected)
    }
}

/// `Coverage 2, Patient 1`
pub(crate) fn each(counts: &BTreeMap<String, u64>) -> String {
    let each: Vec<String> = counts.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    each.join(", ")
}
