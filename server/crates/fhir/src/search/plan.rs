//! Which condition to start from. The databases know how often a value occurs on average; we know the very values, so
//! we count the first few thousand of each once and start from the rarest.

use store::{Query, Tx, sql};

use super::criterion::Criterion;
use crate::{digest::digest, engine::Engine, error::Result, sight::Seen};

/// As far as sets are counted. Sorting more than this many keys costs more than walking all resources in order until a
/// page is full.
const MOST_COUNTED: i64 = 8_192;

/// A search as it is carried out.
pub struct Plan<'a> {
    pub kind: i64,
    pub seen: Seen,
    pub criteria: &'a [Criterion],
    /// The criterion to start from; `None`: from all resources of the type.
    start: Option<usize>,
}

impl<'a> Plan<'a> {
    pub async fn new(
        engine: &Engine,
        tx: &mut Tx,
        epoch: i64,
        kind: i64,
        seen: Seen,
        criteria: &'a [Criterion],
    ) -> Result<Self> {
        let start = match seen {
            // A member's own resources are few.
            Seen::Compartment(_) => None,
            Seen::All | Seen::Guarded(_) => rarest(engine, tx, epoch, criteria).await?,
        };
        Ok(Self { kind, seen, criteria, start })
    }

    /// Appends a statement of the page's keys, in order; `limit` and `offset` come last.
    pub fn push_page(&self, query: &mut Query, after: i64, limit: i64, offset: i64) {
        self.push_keys(query, Some(after));
        query.push(" ORDER BY 1 LIMIT ").push_bind(limit);
        if 0 < offset {
            query.push(" OFFSET ").push_bind(offset);
        }
    }

    /// Appends a statement of how many match.
    pub fn push_count(&self, query: &mut Query) {
        query.push("SELECT COUNT(*) FROM (");
        self.push_keys(query, None);
        query.push(") c");
    }

    fn push_keys(&self, query: &mut Query, after: Option<i64>) {
        match self.start {
            None => {
                query.push("SELECT d.key FROM fhir_resource d WHERE ");
                self.seen.push(query, "d", self.kind);
            }
            Some(start) => {
                query.push("SELECT DISTINCT d.key");
                self.criteria[start].push_from(query, "d");
                if self.seen != Seen::All || self.criteria[start].finds_targets() {
                    query.push(" AND EXISTS (SELECT 1 FROM fhir_resource v WHERE v.key = d.key AND ");
                    self.seen.push(query, "v", self.kind);
                    query.push(")");
                }
            }
        }
        if let Some(after) = after {
            query.push(" AND d.key > ").push_bind(after);
        }
        for (index, criterion) in self.criteria.iter().enumerate() {
            if Some(index) != self.start {
                query.push(" AND ");
                criterion.push_probe(query, "d.key");
            }
        }
    }
}

async fn rarest(engine: &Engine, tx: &mut Tx, epoch: i64, criteria: &[Criterion]) -> Result<Option<usize>> {
    let positive: Vec<usize> = (0..criteria.len()).filter(|index| criteria[*index].is_positive()).collect();
    match positive[..] {
        [] => return Ok(None),
        // Nothing to weigh.
        [only] if criteria[only].is_in_order() || criteria[only].is_selective() => return Ok(Some(only)),
        _ => {}
    }
    let mut rarest = None;
    for index in positive {
        let count = estimate(engine, tx, epoch, &criteria[index]).await?;
        let is_dense = MOST_COUNTED <= count;
        // Of many, only what comes in order is better than walking all.
        if is_dense && !criteria[index].is_in_order() {
            continue;
        }
        if rarest.is_none_or(|(_, least)| count < least) {
            rarest = Some((index, count));
        }
    }
    Ok(rarest.map(|(index, _)| index))
}

/// How many rows the criterion's set has, counted up to [`MOST_COUNTED`].
async fn estimate(engine: &Engine, tx: &mut Tx, epoch: i64, criterion: &Criterion) -> Result<i64> {
    let name = (epoch, digest(["estimate", &format!("{criterion:?}")]));
    if let Some(count) = engine.counts.get(&name) {
        return Ok(count);
    }
    let mut query = sql("SELECT COUNT(*) FROM (SELECT 1 FROM (");
    criterion.push_set(&mut query, Some(MOST_COUNTED));
    query.push(") s LIMIT ").push_bind(MOST_COUNTED).push(") c");
    let (count,): (i64,) = query.fetch_one(tx).await?;
    engine.counts.insert(name, count);
    Ok(count)
}
