//! One page of matches, and how many there are in all.

use std::sync::Arc;

use store::{Tx, sql};

use super::{link::Place, plan::Plan};
use crate::{
    digest::digest,
    engine::Engine,
    error::{Error, Result},
    read::Stored,
};

/// A match.
pub struct Match {
    pub key: i64,
    /// The square of its distance, if that is the order.
    pub square: Option<f64>,
    /// `None` if it changed or was deleted since it was found, and so is not shown.
    pub stored: Option<Arc<Stored>>,
}

/// A part of the matches.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    /// Next to this match; `None` to start at the beginning.
    pub from: Option<Place>,
    /// The matches before it, the nearest first.
    pub backward: bool,
    pub offset: i64,
    pub limit: i64,
}

/// The keys of a slice, in the slice's direction.
pub async fn keys(tx: &mut Tx, plan: &Plan<'_>, slice: &Slice) -> Result<Vec<i64>> {
    let from = match slice.from {
        None => None,
        Some(Place::Key(key)) => Some(key),
        Some(_) => return Err(Error::foreign_page()),
    };
    if let Some(all) = &plan.all {
        return Ok(slice.of(all, from));
    }
    let mut query = sql("");
    plan.push_page(&mut query, slice, from);
    let mut keys = query.fetch_keys(tx).await?;
    keys.sort_unstable_by_key(|key| if slice.backward { -key } else { *key });
    Ok(keys)
}

impl Slice {
    /// The part of all keys that lies beyond one of them.
    fn of(&self, all: &[i64], from: Option<i64>) -> Vec<i64> {
        let (offset, limit) = (self.offset as usize, self.limit as usize);
        if self.backward {
            let end = from.map_or(all.len(), |from| all.partition_point(|key| *key < from));
            return all[..end].iter().rev().skip(offset).take(limit).copied().collect();
        }
        let start = from.map_or(0, |from| all.partition_point(|key| *key <= from));
        all[start..].iter().skip(offset).take(limit).copied().collect()
    }
}

/// Fills in the stored resources of the matches.
pub async fn fetch(engine: &Engine, tx: &mut Tx, plan: &Plan<'_>, matches: &mut [Match]) -> Result<()> {
    let keys: Vec<i64> = matches.iter().map(|found| found.key).collect();
    let stored = engine.memory.resources(tx, plan.epoch(), &keys).await?;
    // The indexes contain nothing else, but this decides what a search shows regardless.
    let is_shown = |stored: &Arc<Stored>| {
        stored.kind == plan.kind
            && stored.is_seen(plan.seen)
            && plan.until.is_none_or(|until| stored.updated_at <= until)
    };
    let mut stored = stored.into_iter().peekable();
    for found in matches {
        found.stored = stored.next_if(|stored| stored.key == found.key).filter(is_shown);
    }
    Ok(())
}

/// How many resources match in total; cached until the next load.
pub async fn count(engine: &Engine, tx: &mut Tx, plan: &Plan<'_>, epoch: i64) -> Result<i64> {
    if let Some(all) = &plan.all {
        return Ok(all.len() as i64);
    }
    let name = (epoch, digest(["count", &format!("{} {:?} {:?}", plan.kind, plan.seen, plan.criteria)]));
    if let Some(count) = engine.counts.get(&name) {
        return Ok(count);
    }
    let mut query = sql("");
    plan.push_count(&mut query);
    let (count,): (i64,) = query.fetch_one(tx).await?;
    engine.counts.insert(name, count);
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_begins_beyond_its_match() {
        fn check(backward: bool, from: Option<i64>, offset: i64, expect: &[i64]) {
            let slice = Slice { from: None, backward, offset, limit: 2 };
            assert_eq!(slice.of(&[20, 30, 40, 50], from), expect, "{backward} {from:?} {offset}");
        }
        check(false, None, 0, &[20, 30]);
        check(false, None, 3, &[50]);
        check(false, None, 9, &[]);
        check(false, Some(30), 0, &[40, 50]);
        // It was deleted meanwhile.
        check(false, Some(35), 0, &[40, 50]);
        check(false, Some(50), 0, &[]);
        check(true, Some(50), 0, &[40, 30]);
        check(true, Some(25), 0, &[20]);
        check(true, Some(20), 0, &[]);
    }
}
