//! One page of matches, and how many there are in all.

use store::{FromRow, Row, Tx, Value, sql};

use super::{link::Place, plan::Plan};
use crate::{
    digest::digest,
    engine::Engine,
    error::{Error, Result},
    load::rows::push_list,
};

/// A match.
pub struct Match {
    pub key: i64,
    pub id: String,
    pub version: i64,
    pub body: String,
    /// Of its distance, where that is its order.
    pub square: Option<f64>,
}

impl FromRow for Match {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { key: row.get(0)?, id: row.get(1)?, version: row.get(2)?, body: row.get(3)?, square: None })
    }
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

const MATCHES: &str = "SELECT r.key, r.id, r.version, r.body FROM ";

/// The matches of a slice, in the order of keys.
pub async fn fetch(tx: &mut Tx, plan: &Plan<'_>, slice: &Slice) -> Result<Vec<Match>> {
    let from = match slice.from {
        None => None,
        Some(Place::Key(key)) => Some(key),
        Some(_) => return Err(Error::foreign_page()),
    };
    // The keys are chosen from narrow rows first; only what is served is read whole.
    let mut query = sql(MATCHES);
    query.push("(");
    plan.push_page(&mut query, slice, from);
    // SQLite reads the sides of a cross join in this order.
    query.push(") m CROSS JOIN fhir_resource r WHERE r.key = m.key AND ");
    // The indexes hold nothing else; what a search shows is decided here all the same.
    plan.seen.push(&mut query, "r", plan.kind);
    let mut matches: Vec<Match> = query.fetch_all(tx).await?;
    matches.sort_by_key(|found| if slice.backward { -found.key } else { found.key });
    Ok(matches)
}

/// The matches with these keys, in their order.
pub async fn fetch_keys(tx: &mut Tx, plan: &Plan<'_>, keys: &[i64]) -> Result<Vec<Match>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = sql(MATCHES);
    query.push("fhir_resource r WHERE r.key IN ");
    push_list(&mut query, &keys.iter().copied().map(Value::from).collect::<Vec<_>>());
    query.push(" AND ");
    plan.seen.push(&mut query, "r", plan.kind);
    let mut matches: Vec<Match> = query.fetch_all(tx).await?;
    matches.sort_by_key(|found| keys.iter().position(|key| *key == found.key));
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
