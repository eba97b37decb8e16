//! A page of matches in the order of `_sort`. If there are few matches, their values are read and compared here. If
//! there are many, the index that holds the first key's values in order is walked until the page is full. Anything else
//! is refused rather than slow.

use std::{cmp::Ordering, sync::Arc};

use programs::definitions::Definition;
use store::{FromRow, Query, Tx, Value, sql};

use super::{
    criterion::Lookup,
    link::Place,
    page::Slice,
    plan::Plan,
    sort::{By, Row, Scalar, SortKey, compare},
    walk::{Segment, Walk},
};
use crate::{
    digest::digest,
    engine::Engine,
    error::{Error, Result},
    index::{Entries, Outlook, string},
    load::rows::{LONGEST_LIST, push_list},
};

/// The most matches that are ever compared for one page.
pub const MOST_SORTED: i64 = 16_384;

/// The keys of a page, in the slice's direction.
pub async fn fetch(engine: &Engine, tx: &mut Tx, plan: &Plan<'_>, keys: &[SortKey], slice: &Slice) -> Result<Vec<i64>> {
    let from = match slice.from {
        None => None,
        Some(Place::Version { key, version }) => Some(position(tx, plan, keys, (key, version)).await?),
        Some(_) => return Err(Error::foreign_page()),
    };
    if MOST_SORTED < slice.offset + slice.limit {
        return Err(Error::TooCostly(format!(
            "`_getpagesoffset` with `_sort` is at most {MOST_SORTED}; follow the links"
        )));
    }
    let sorted = Sorted { plan, keys, slice, from };
    let rows = if plan.is_few(engine, tx).await? { sorted.few(tx).await? } else { sorted.many(engine, tx).await? };
    let rows = rows.into_iter().skip(slice.offset as usize).take(slice.limit as usize);
    Ok(rows.map(|row| row.key).collect())
}

struct Sorted<'a> {
    plan: &'a Plan<'a>,
    keys: &'a [SortKey],
    slice: &'a Slice,
    /// The match next to which the page starts.
    from: Option<Row>,
}

impl Sorted<'_> {
    /// Sorts, and keeps what lies beyond the position.
    fn arrange(&self, mut rows: Vec<Row>) -> Vec<Row> {
        let direct = |ordering: Ordering| if self.slice.backward { ordering.reverse() } else { ordering };
        if let Some(from) = &self.from {
            rows.retain(|row| direct(compare(self.keys, row, from)).is_gt());
        }
        rows.sort_unstable_by(|one, other| direct(compare(self.keys, one, other)));
        rows
    }

    async fn few(&self, tx: &mut Tx) -> Result<Vec<Row>> {
        let mut select = sql("SELECT d.key");
        for key in self.keys {
            key.push_columns(&mut select, "d.key");
        }
        let mut rows = Vec::new();
        if let Some(all) = &self.plan.all {
            for keys in all.chunks(LONGEST_LIST) {
                let mut query = select.clone();
                query.push(" FROM fhir_resource d WHERE d.key IN ");
                push_list(&mut query, &keys.iter().copied().map(Value::from).collect::<Vec<_>>());
                if let Some(until) = self.plan.until {
                    query.push(" AND d.updated_at <= ").push_bind(until);
                }
                rows.extend(read(query, tx, self.keys).await?);
            }
        } else {
            let mut query = select;
            query.push(" FROM (");
            self.plan.push_keys(&mut query, None, Lookup::One);
            query.push(") d");
            if let Some(until) = self.plan.until {
                query
                    .push(" WHERE (SELECT u.updated_at FROM fhir_resource u WHERE u.key = d.key) <= ")
                    .push_bind(until);
            }
            query.push_limit(MOST_SORTED + 1);
            rows = read(query, tx, self.keys).await?;
        }
        if MOST_SORTED < rows.len() as i64 {
            return Err(Error::TooCostly(format!(
                "there are more than {MOST_SORTED} matches to sort; narrow the search"
            )));
        }
        Ok(self.arrange(rows))
    }

    async fn many(&self, engine: &Engine, tx: &mut Tx) -> Result<Vec<Row>> {
        let walk = Walk { plan: self.plan, keys: self.keys, backward: self.slice.backward, from: self.from.as_ref() };
        let wanted = self.slice.offset + self.slice.limit;
        let mut rows: Vec<Row> = Vec::new();
        for segment in walk.segments() {
            let left = wanted - rows.len() as i64;
            if 0 < left && (segment == Segment::Valued || self.has_missing(engine, tx).await?) {
                rows.extend(self.segment(tx, &walk, segment, left).await?);
            }
        }
        Ok(rows)
    }

    /// Whether any resource of the type lacks a value of the first key. If all have one, finding that out means
    /// checking each, so the answer is cached until the next load.
    async fn has_missing(&self, engine: &Engine, tx: &mut Tx) -> Result<bool> {
        let plan = self.plan.without_criteria();
        let keys = &self.keys[..1];
        let name = (plan.epoch(), digest(["missing", &format!("{} {:?} {:?}", plan.kind, plan.seen, keys[0].by)]));
        if let Some(count) = engine.counts.get(&name) {
            return Ok(0 < count);
        }
        let walk = Walk { plan: &plan, keys, backward: false, from: None };
        let count = read(walk.query(Segment::Missing, 1), tx, keys).await?.len() as i64;
        engine.counts.insert(name, count);
        Ok(0 < count)
    }

    /// The next rows of a segment. Rows with the same first key come together and are compared by the other keys here,
    /// so the window grows until it contains whole groups.
    async fn segment(&self, tx: &mut Tx, walk: &Walk<'_>, segment: Segment, wanted: i64) -> Result<Vec<Row>> {
        let mut window = if walk.is_single() { wanted } else { (wanted * 4).min(MOST_SORTED) };
        loop {
            let mut rows = read(walk.query(segment, window), tx, self.keys).await?;
            let is_whole = (rows.len() as i64) < window;
            if !is_whole && !walk.is_single() {
                walk.drop_last_group(&mut rows);
            }
            let rows = self.arrange(rows);
            if is_whole || walk.is_single() || wanted <= rows.len() as i64 {
                return Ok(rows);
            }
            if MOST_SORTED <= window {
                return Err(Error::TooCostly(format!(
                    "more than {MOST_SORTED} matches have the same first key of `_sort`; sort by that key alone, or narrow the search"
                )));
            }
            window = (window * 4).min(MOST_SORTED);
        }
    }
}

/// Rows of a key and the columns of each sort key.
async fn read(query: Query, tx: &mut Tx, keys: &[SortKey]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let visit = |row: &store::Row| {
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            for _ in 0..key.by.width() {
                let column = values.len() + 1;
                let number = || Ok::<_, store::Error>(row.get::<Option<i64>>(column)?.map(Scalar::Number));
                let text = || Ok::<_, store::Error>(row.get::<Option<String>>(column)?.map(Scalar::Text));
                let value = if key.by.is_number() { number()? } else { text()? };
                values.push(value.unwrap_or(Scalar::None));
            }
        }
        rows.push(Row { key: row.get(0)?, values });
        Ok(())
    };
    query.for_each_row(tx, visit).await?;
    Ok(rows)
}

/// The values of the version at which the previous page ended. They stay the same, whatever happened to the resource
/// since. Nothing is returned for a version that the caller may not see.
async fn position(tx: &mut Tx, plan: &Plan<'_>, keys: &[SortKey], (key, version): (i64, i64)) -> Result<Row> {
    let found = sql("SELECT r.id, r.updated_at, r.compartment, r.guarded, r.body, r.sensitive FROM fhir_resource r \
         WHERE r.key = $1 AND r.version = $2 AND r.kind = $3 UNION ALL \
         SELECT r.id, h.updated_at, h.compartment, h.guarded, h.body, r.sensitive FROM fhir_resource r JOIN fhir_history h ON h.key = r.key \
         WHERE r.key = $1 AND h.version = $2 AND r.kind = $3 AND r.version <> h.version")
    .bind(key)
    .bind(version)
    .bind(plan.kind)
    .fetch_optional::<Version>(tx)
    .await?;
    let found = found.filter(|found| plan.seen.sees(found.compartment, found.guarded, found.sensitive));
    let found = found.ok_or_else(Error::foreign_page)?;
    let body = serde_json::from_str(&found.body).map_err(|_| Error::foreign_page())?;
    let mut values = Vec::new();
    for key in keys {
        key.values_of(&found, &body, &mut values);
    }
    Ok(Row { key, values })
}

struct Version {
    id: String,
    updated_at: i64,
    compartment: Option<i64>,
    guarded: bool,
    body: String,
    sensitive: i64,
}

impl FromRow for Version {
    fn from_row(row: &store::Row) -> store::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            updated_at: row.get(1)?,
            compartment: row.get(2)?,
            guarded: row.get(3)?,
            body: row.get(4)?,
            sensitive: row.get(5)?,
        })
    }
}

impl SortKey {
    /// Appends a resource's values as the indexes hold them.
    fn values_of(&self, version: &Version, body: &serde_json::Value, values: &mut Vec<Scalar>) {
        let first = |found: Vec<Vec<Scalar>>| {
            if self.descending { found.into_iter().max() } else { found.into_iter().min() }
        };
        let of = |param: &i64, definition: &Arc<Definition>| {
            Entries::of(body, &[(*param, definition.clone())], &Outlook::default())
        };
        let found = match &self.by {
            By::Id => Some(vec![Scalar::Text(version.id.clone())]),
            By::Updated => Some(vec![Scalar::Number(version.updated_at)]),
            By::Text(param, definition) => {
                let strings = of(param, definition).strings.into_iter();
                let whole = strings.filter(|(_, entry)| matches!(entry.place, string::Place::Whole(_)));
                first(whole.map(|(_, entry)| vec![Scalar::Text(entry.value)]).collect())
            }
            By::Code(param, definition) => {
                let tokens = of(param, definition).tokens.into_iter();
                first(tokens.map(|(_, entry)| vec![Scalar::Text(entry.code)]).collect())
            }
            By::Date(param, definition) => {
                let dates = of(param, definition).dates.into_iter();
                first(dates.map(|(_, range)| vec![Scalar::Number(range.low), Scalar::Number(range.high)]).collect())
            }
        };
        values.extend(found.unwrap_or_else(|| vec![Scalar::None; self.by.width()]));
    }
}
