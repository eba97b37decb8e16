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
    pub stored: Arc<Stored>,
    /// Of its distance, where that is its order.
    pub square: Option<f64>,
}

/// Which part of the matches.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    /// Beside this match; `None`: from the beginning.
    pub from: Option<Place>,
    /// Those before it, the nearest first.
    pub backward: bool,
    pub offset: i64,
    pub limit: i64,
}

/// The keys of a slice, in their order.
pub async fn keys(tx: &mut Tx, plan: &Plan<'_>, slice: &Slice) -> Result<Vec<i64>> {
    let from = match slice.from {
        None => None,
        Some(Place::Key(key)) => Some(key),
        Some(_) => return Err(Error::foreign_page()),
    };
    let mut query = sql("");
    plan.push_page(&mut query, slice, from);
    let mut keys = query.fetch_keys(tx).await?;
    keys.sort_unstable_by_key(|key| if slice.backward { -key } else { *key });
    Ok(keys)
}

/// The matches with these keys, in their order.
pub async fn fetch(engine: &Engine, tx: &mut Tx, plan: &Plan<'_>, keys: &[i64]) -> Result<Vec<Match>> {
    let found = engine.memory.resources(tx, plan.epoch(), keys).await?;
    // The indexes hold nothing else; what a search shows is decided here all the same.
    let is_shown = |stored: &Arc<Stored>| stored.kind == plan.kind && stored.is_seen(plan.seen);
    Ok(found.into_iter().filter(is_shown).map(|stored| Match { stored, square: None }).collect())
}

/// How many match in all; remembered until the next load.
pub async fn count(engine: &Engine, tx: &mut Tx, plan: &Plan<'_>, epoch: i64) -> Result<i64> {
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
