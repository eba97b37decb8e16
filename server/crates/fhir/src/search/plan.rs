//! Chooses the condition to start from. The databases know how often a value occurs on average. We know the actual
//! values, so we count the first few thousand matches of each once and start from the rarest.

use std::sync::Arc;

use jiff::Timestamp;
use store::{Query, Tx, sql};

use super::{
    criterion::{Criterion, Lookup},
    page::Slice,
};
use crate::{digest::digest, engine::Engine, error::Result, sight::Seen};

/// The limit up to which sets are counted and matches are cached. Finding more than this many costs more than walking
/// all resources in order until a page is full.
const MOST_COUNTED: i64 = 32_768;
/// How many are found in one go if an index could also provide the next page.
const MOST_AHEAD: i64 = 1_024;
/// How many matches may be compared with each other for each page.
const MOST_COMPARED: i64 = 8_192;

/// The longest search, as text, whose matches are cached.
const LONGEST_NAME: usize = 16_384;

/// A search, ready to run.
pub struct Plan<'a> {
    /// The epoch of the caches.
    epoch: i64,
    pub kind: i64,
    pub seen: Seen,
    pub criteria: &'a [Criterion],
    /// The criterion to start from; `None` to start from all resources of the type.
    start: Option<usize>,
    /// The keys of all matches in order, if there are few.
    pub all: Option<Arc<[i64]>>,
    /// Nothing is shown that changed after this moment.
    pub until: Option<Timestamp>,
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
        let mut plan = Self { epoch, kind, seen, criteria, start: None, all: None, until: None };
        // A member's own resources are few.
        if matches!(seen, Seen::Compartment { .. }) {
            return Ok(plan);
        }
        plan.start = plan.choose(engine, tx).await?;
        let Some(start) = plan.start else { return Ok(plan) };
        let in_order = criteria[start].is_in_order();
        // Reading ahead in an index is cheap if each match needs no other test.
        if !in_order || criteria.len() == 1 {
            plan.all = plan.find_all(engine, tx, in_order).await?;
        }
        // A set that would have to be sorted for each page is not a place to start.
        plan.start = plan.start.filter(|_| in_order || plan.all.is_some());
        Ok(plan)
    }

    /// All resources of a type.
    #[cfg(test)]
    pub fn of_all(kind: i64, seen: Seen) -> Self {
        Self { epoch: 0, kind, seen, criteria: &[], start: None, all: None, until: None }
    }

    /// Everything of the type that may be seen.
    pub fn without_criteria(&self) -> Plan<'static> {
        let Self { epoch, kind, seen, .. } = *self;
        Plan { epoch, kind, seen, criteria: &[], start: None, all: None, until: None }
    }

    /// The epoch under which results are cached.
    pub fn epoch(&self) -> i64 {
        self.epoch
    }

    /// Whether the matches are certain to be few enough to compare with each other.
    pub async fn is_few(&self, engine: &Engine, tx: &mut Tx) -> Result<bool> {
        let count = match (&self.all, self.start) {
            (Some(all), _) => all.len() as i64,
            (None, Some(start)) => estimate(engine, tx, self.epoch, &self.criteria[start]).await?,
            _ if matches!(self.seen, Seen::Compartment { .. }) => return Ok(true),
            // Every set to start from is large.
            _ if self.criteria.iter().any(Criterion::is_positive) => return Ok(false),
            _ => self.count_type(engine, tx).await?,
        };
        Ok(count < MOST_COMPARED)
    }

    /// All matches, cached until the next load; `None` if there are many.
    async fn find_all(&self, engine: &Engine, tx: &mut Tx, in_order: bool) -> Result<Option<Arc<[i64]>>> {
        let name = (self.epoch, format!("{} {:?} {:?}", self.kind, self.seen, self.criteria).into_boxed_str());
        if let Some(known) = engine.memory.matches(&name) {
            return Ok(Some(known));
        }
        let many = (self.epoch, digest(["many", &name.1]));
        if engine.counts.get(&many).is_some() {
            return Ok(None);
        }
        let (mut query, most) = (sql(""), if in_order { MOST_AHEAD } else { MOST_COUNTED });
        if in_order {
            self.push_page(&mut query, &Slice { from: None, backward: false, offset: 0, limit: most }, None);
        } else {
            query.push("SELECT a.key FROM (");
            self.push_keys(&mut query, None, Lookup::One);
            query.push(") a").push_limit(most);
        }
        let mut keys = query.fetch_keys(tx).await?;
        if most <= keys.len() as i64 {
            engine.counts.insert(many, most);
            return Ok(None);
        }
        keys.sort_unstable();
        // A list of many values would take more space than what it finds.
        Ok(Some(if LONGEST_NAME < name.1.len() { keys.into() } else { engine.memory.remember(name, keys) }))
    }

    /// The criterion to start from: the rarest, if there is one that does not find many.
    async fn choose(&self, engine: &Engine, tx: &mut Tx) -> Result<Option<usize>> {
        let criteria = self.criteria;
        let positive: Vec<usize> = (0..criteria.len()).filter(|index| criteria[*index].is_positive()).collect();
        match positive[..] {
            [] => return Ok(None),
            // There is nothing to compare, or it must be found anyway.
            [only] if criteria[only].is_in_order() || criteria[only].is_selective() || criteria.len() == 1 => {
                return Ok(Some(only));
            }
            _ => {}
        }
        let mut rarest = None;
        for index in positive {
            let count = estimate(engine, tx, self.epoch, &criteria[index]).await?;
            let is_dense = MOST_COUNTED <= count;
            // If a set is large, it is better than walking all resources only if it comes in order.
            if is_dense && !criteria[index].is_in_order() {
                continue;
            }
            if rarest.is_none_or(|(_, least)| count < least) {
                rarest = Some((index, count));
            }
        }
        Ok(rarest.map(|(index, _)| index))
    }

    /// How many resources the type has, counted up to [`MOST_COUNTED`].
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

    /// Appends a statement of the slice's keys, in the slice's direction.
    pub fn push_page(&self, query: &mut Query, slice: &Slice, from: Option<i64>) {
        self.push_keys(query, from.map(|from| (from, slice.backward)), Lookup::One);
        query.push(if slice.backward { " ORDER BY 1 DESC" } else { " ORDER BY 1" }).push_limit(slice.limit);
        if 0 < slice.offset {
            query.push(" OFFSET ").push_bind(slice.offset);
        }
    }

    /// Appends a statement that counts the matches.
    pub fn push_count(&self, query: &mut Query) {
        query.push("SELECT COUNT(*) FROM (");
        self.push_keys(query, None, Lookup::All);
        query.push(") c");
    }

    /// Appends a statement whose column `key` is the set of matches, each once, optionally only those after or before a
    /// key.
    pub fn push_keys(&self, query: &mut Query, from: Option<(i64, bool)>, lookup: Lookup) {
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
                criterion.push_probe(query, "d.key", lookup);
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use store::testing::postgres;

    use super::*;
    use crate::search::criterion::{Direction, Link, Table, Test, Way};

    #[tokio::test]
    async fn a_page_is_walked_key_by_key_and_a_count_may_join() {
        let test = postgres().await;
        let mut ctx = test.store.read().await.unwrap();
        let link = Link { param: 5, direction: Direction::Forward, kind: 8, seen: None, is_contained: false };
        let present = Test::Present { tables: &[Table::String], param: 6, present: true };
        let criteria: [Criterion; 1] = [Way::new(vec![link], present).into()];
        let plan = Plan { criteria: &criteria, ..Plan::of_all(7, Seen::All) };
        let slice = Slice { from: None, backward: false, offset: 0, limit: 21 };

        let (mut page, mut count) = (sql("EXPLAIN "), sql("EXPLAIN "));
        plan.push_page(&mut page, &slice, None);
        plan.push_count(&mut count);
        for (query, joins) in [(page, false), (count, true)] {
            let text = query.text().to_owned();
            let steps: Vec<(String,)> = query.fetch_all(&mut ctx.tx).await.unwrap();
            let is_joined = steps.iter().any(|(step,)| step.contains("Join") || step.contains("Nested Loop"));
            assert_eq!(is_joined, joins, "{text}\n{steps:#?}");
        }
    }
}
