//! One page of matches, and how many there are in all.

use store::{FromRow, Row, Tx, sql};

use super::plan::Plan;
use crate::{digest::digest, engine::Engine, error::Result};

/// A match.
pub struct Match {
    pub key: i64,
    pub id: String,
    pub body: String,
}

impl FromRow for Match {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { key: row.get(0)?, id: row.get(1)?, body: row.get(2)? })
    }
}

/// The matches after a key, in the order of keys, at most `limit`.
pub async fn fetch(tx: &mut Tx, plan: &Plan<'_>, after: i64, limit: i64, offset: i64) -> Result<Vec<Match>> {
    // The keys are chosen from narrow rows first; only what is served is read whole.
    let mut query = sql("SELECT r.key, r.id, r.body FROM (");
    plan.push_page(&mut query, after, limit, offset);
    // SQLite reads the sides of a cross join in this order.
    query.push(") m CROSS JOIN fhir_resource r WHERE r.key = m.key AND ");
    // The indexes hold nothing else; what a search shows is decided here all the same.
    plan.seen.push(&mut query, "r", plan.kind);
    let mut matches: Vec<Match> = query.fetch_all(tx).await?;
    matches.sort_by_key(|found| found.key);
    Ok(matches)
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
