//! Checking the chain: every row is as it was written, none is missing, and none was added at the end.
//!
//! Rows are read in parts, each in a transaction of its own, because rows never change: so a check of any log holds a few
//! thousand rows in memory, and holds up no one.

use store::{Ctx, FromRow, Result, Row, Store, sql};

use crate::{
    chain,
    entry::{COLUMNS, Stored},
    log,
};

/// A row and its hash. Kept elsewhere, it proves every row up to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    pub sequence: i64,
    pub hash: String,
}

/// Something that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The row is not as it was written, or the row before it was replaced.
    Changed { sequence: i64 },
    /// These rows are not there.
    Missing { from: i64, to: i64 },
    /// The log was cut off: its newest rows, from this one to that one, are not there.
    CutOff { from: i64, to: i64 },
    /// There are rows that the log's head does not know, from this one on.
    Added { from: i64 },
    /// The head does not have the hash of the newest row.
    Head { sequence: i64 },
    /// A hash that was kept, here or elsewhere, is not the row's: the log was rewritten.
    Rewritten { sequence: i64 },
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The row before the first that was read; 0 where all were.
    pub after: i64,
    /// How many were read.
    pub rows: i64,
    /// The head, as the check found it.
    pub head: Seal,
    /// The first faults, at most [`MOST`].
    pub faults: Vec<Fault>,
    /// How many there are.
    pub count: usize,
}

impl Outcome {
    pub fn is_intact(&self) -> bool {
        self.count == 0
    }

    fn add(&mut self, fault: Fault) {
        self.count += 1;
        if self.faults.len() < MOST {
            self.faults.push(fault);
        }
    }
}

/// Faults that are named; the others are counted.
pub const MOST: usize = 20;
/// Rows of one transaction.
const PART: i64 = 5_000;

/// Recomputes the hashes of all rows after `after`, or of all, and looks for the `kept` ones.
pub async fn run(store: &Store, after: Option<&Seal>, kept: &[Seal]) -> Result<Outcome> {
    let mut ctx = store.read().await?;
    let (sequence, hash) = log::head(&mut ctx).await?;
    let (newest,): (i64,) = sql("SELECT COALESCE(MAX(sequence), 0) FROM audit").fetch_one(&mut ctx.tx).await?;
    let start = after.map_or(0, |seal| seal.sequence);
    let head = Seal { sequence, hash };
    let mut outcome = Outcome { after: start, rows: 0, head, faults: Vec::new(), count: 0 };
    for seal in kept.iter().chain(after) {
        if hash_of(&mut ctx, seal.sequence).await?.as_ref() != Some(&seal.hash) {
            outcome.add(Fault::Rewritten { sequence: seal.sequence });
        }
    }
    let mut previous = hash_of(&mut ctx, start).await?.unwrap_or_default();
    drop(ctx);
    let (mut expected, last) = (start + 1, sequence);
    loop {
        let rows = part(store, expected, last).await?;
        for row in &rows {
            if row.sequence != expected {
                outcome.add(Fault::Missing { from: expected, to: row.sequence - 1 });
            } else if row.hash != chain::hash(&previous, row) {
                outcome.add(Fault::Changed { sequence: row.sequence });
            }
            outcome.rows += 1;
            expected = row.sequence + 1;
            previous.clone_from(&row.hash);
        }
        if rows.is_empty() {
            break;
        }
    }
    if expected <= last {
        outcome.add(Fault::CutOff { from: expected, to: last });
    } else if previous != outcome.head.hash {
        outcome.add(Fault::Head { sequence: last });
    }
    if last < newest {
        outcome.add(Fault::Added { from: last + 1 });
    }
    Ok(outcome)
}

/// The next rows, in order.
async fn part(store: &Store, from: i64, to: i64) -> Result<Vec<Stored>> {
    let mut ctx = store.read().await?;
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(" FROM audit WHERE sequence >= ").push_bind(from).push(" AND sequence <= ").push_bind(to);
    query.push(" ORDER BY sequence").push_limit(PART);
    query.fetch_all(&mut ctx.tx).await
}

/// The hash of this row; that before the first row is empty.
async fn hash_of(ctx: &mut Ctx, sequence: i64) -> Result<Option<String>> {
    if sequence == 0 {
        return Ok(Some(String::new()));
    }
    let found: Option<(String,)> =
        sql("SELECT hash FROM audit WHERE sequence = $1").bind(sequence).fetch_optional(&mut ctx.tx).await?;
    Ok(found.map(|(hash,)| hash))
}

/// `12:9f86…`, as a digest is kept elsewhere.
impl std::fmt::Display for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.sequence, self.hash)
    }
}

/// The text is not `12:9f86…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a digest such as 1234:9f86…, with 64 hexadecimal digits")]
pub struct NoSeal;

impl std::str::FromStr for Seal {
    type Err = NoSeal;

    fn from_str(text: &str) -> std::result::Result<Self, NoSeal> {
        let (sequence, hash) = text.trim().split_once(':').ok_or(NoSeal)?;
        let sequence: i64 = sequence.parse().map_err(|_| NoSeal)?;
        let digits = |length| hash.len() == length && hash.chars().all(|char| matches!(char, '0'..='9' | 'a'..='f'));
        // The head of an empty log has no hash.
        let is_seal = if sequence == 0 { digits(0) } else { 0 < sequence && digits(64) };
        if is_seal { Ok(Self { sequence, hash: hash.to_owned() }) } else { Err(NoSeal) }
    }
}

impl FromRow for Seal {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { sequence: row.get(0)?, hash: row.get(1)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_a_number_and_a_hash() {
        let hash = "9f".repeat(32);
        for (text, expect) in [
            (format!("12:{hash}"), true),
            (format!(" 12:{hash}\n"), true),
            ("0:".to_owned(), true),
            (format!("0:{hash}"), false),
            (format!("-1:{hash}"), false),
            (format!("12:{}", &hash[1..]), false),
            (format!("12:{}", hash.to_uppercase()), false),
            ("12".to_owned(), false),
            ("12:".to_owned(), false),
        ] {
            let seal: std::result::Result<Seal, _> = text.parse();
            assert_eq!(seal.is_ok(), expect, "{text}");
            if let Ok(seal) = seal {
                assert_eq!(seal.to_string(), text.trim());
            }
        }
    }
}
