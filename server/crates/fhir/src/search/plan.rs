//! Which condition to start from. The databases know how often a value occurs on average; we know the very values, so
//! we count the first few thousand of each once and start from the rarest.

use std::sync::Arc;

use store::{Query, Tx, sql};

use super::{criterion::Criterion, page::Slice};
use crate::{digest::digest, engine::Engine, error::Result, sight::Seen};

/// As far as sets are counted. Sorting more than this many keys costs more than walking all resources in order until a
/// page is full.
const MOST_COUNTED: i64 = 8_192;

/// A search as it is carried out.
pub struct Plan<'a> {
    /// Of what is remembered.
    epoch: i64,
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
        Ok(Self { epoch, kind, seen, criteria, start })
    }

    /// All resources of a type.
    #[cfg(test)]
    pub fn of_all(kind: i64, seen: Seen) -> Self {
        Self { epoch: 0, kind, seen, criteria: &[], start: None }
    }

    /// All that may be seen of the type.
    pub fn without_criteria(&self) -> Plan<'static> {
        Plan { epoch: self.epoch, kind: self.kind, seen: self.seen, criteria: &[], start: None }
    }

    /// Under which what is found out is remembered.
    pub fn epoch(&self) -> i64 {
        self.epoch
    }

    /// Whether the matches are surely few enough to be compared with each other.
    pub async fn is_few(&self, engine: &Engine, tx: &mut Tx) -> Result<bool> {
        let count = match self.start {
            None if matches!(self.seen, Seen::Compartment(_)) => return Ok(true),
            // All that could be started from find many.
            None if self.criteria.iter().any(Criterion::is_positive) => return Ok(false),
            None => self.count_type(engine, tx).await?,
            Some(start) => estimate(engine, tx, self.epoch, &self.criteria[start]).await?,
        };
        Ok(count < MOST_COUNTED)
    }

    /// The keys of all matches in their order, where they are few and would have to be sorted for each page.
    pub async fn all(&self, engine: &Engine, tx: &mut Tx) -> Result<Option<Arc<[i64]>>> {
        let Some(start) = self.start.map(|start| &self.criteria[start]).filter(|start| !start.is_in_order()) else {
            return Ok(None);
        };
        if MOST_COUNTED <= estimate(engine, tx, self.epoch, start).await? {
            return Ok(None);
        }
        let search = format!("{} {:?} {:?}", self.kind, self.seen, self.criteria);
        let mut query = sql("");
        self.push_keys(&mut query, None);
        engine.memory.matches(tx, self.epoch, search, query).await.map(Some)
    }

    /// How many resources of the type there are, counted up to [`MOST_COUNTED`].
    async fn count_type(&self, engine: &Engine, tx: &mut Tx) -> Result<i64> {
        let name = (self.epoch, digest(["type", &format!("{} {:?}", self.kind, self.seen)]));
        if let Some(count) = engine.counts.get(&name) {
            return Ok(count);
        }
        let mut query = sql("SELECT COUNT(*) FROM (SELECT 1 FROM fhir_resource d WHERE ");
        self.seen.push(&mut query, "d", self.kind);
        query.push_limit(MOST_COUNTED).push(") c");
        let (count,): (i64,) = query.fetch_one(tx).await?;
        engine.counts.insert(name, count);
        Ok(count)
    }

    /// Appends a statement of the slice's keys, in the order in which it runs.
    pub fn push_page(&self, query: &mut Query, slice: &Slice, from: Option<i64>) {
        self.push_keys(query, from.map(|from| (from, slice.backward)));
        query.push(if slice.backward { " ORDER BY 1 DESC" } else { " ORDER BY 1" }).push_limit(slice.limit);
        if 0 < slice.offset {
            query.push(" OFFSET ").push_bind(slice.offset);
        }
    }

    /// Appends a statement of how many match.
    pub fn push_count(&self, query: &mut Query) {
        query.push("SELECT COUNT(*) FROM (");
        self.push_keys(query, None);
        query.push(") c");
    }

    /// Appends a statement whose column `key` is the set of matches, each once; of those after a key, or before it.
    pub fn push_keys(&self, query: &mut Query, from: Option<(i64, bool)>) {
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
        if let Some((from, backward)) = from {
            query.push(if backward { " AND d.key < " } else { " AND d.key > " }).push_bind(from);
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
    query.push(") s").push_limit(MOST_COUNTED).push(") c");
    let (count,): (i64,) = query.fetch_one(tx).await?;
    engine.counts.insert(name, count);
    Ok(count)
}
