//! The statements that read matches in the order of a sort key, from the index that holds its values in that order. No
//! subquery here can become a join, and a `+` sign excludes an index if another one is meant. Thus both databases read
//! only what the page needs.

use store::{Query, sql};

use super::{
    criterion::{Criterion, Lookup},
    plan::Plan,
    sort::{By, Row, Scalar, SortKey},
};
use crate::sight::{DIRECTORY, Seen};

/// A walk through all matches in the order of the first key.
pub struct Walk<'a> {
    pub plan: &'a Plan<'a>,
    pub keys: &'a [SortKey],
    pub backward: bool,
    /// The match next to which it starts.
    pub from: Option<&'a Row>,
}

/// A part of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// The matches that have a value of the first key …
    Valued,
    /// … and after them those that have none.
    Missing,
}

impl Walk<'_> {
    /// The segments that are still ahead.
    pub fn segments(&self) -> Vec<Segment> {
        let here = self.from.map(|from| match from.values.first() {
            Some(Scalar::None) => Segment::Missing,
            _ => Segment::Valued,
        });
        let has_missing = !matches!(self.first().by, By::Id | By::Updated);
        match (self.backward, here) {
            (false, Some(Segment::Missing)) => vec![Segment::Missing],
            (true, Some(Segment::Valued)) => vec![Segment::Valued],
            _ if !has_missing => vec![Segment::Valued],
            (false, _) => vec![Segment::Valued, Segment::Missing],
            (true, _) => vec![Segment::Missing, Segment::Valued],
        }
    }

    /// Whether the first key alone decides, so that the walk is in the exact order.
    pub fn is_single(&self) -> bool {
        self.keys.len() == 1 || matches!(self.first().by, By::Id)
    }

    /// Removes the rows at the end that have the same first key, because there may be more of them.
    pub fn drop_last_group(&self, rows: &mut Vec<Row>) {
        let width = self.first().by.width();
        let Some(last) = rows.last().map(|row| row.values[..width].to_vec()) else { return };
        let keep = rows.iter().position(|row| row.values[..width] == last[..]).unwrap_or(0);
        rows.truncate(keep);
    }

    fn first(&self) -> &SortKey {
        &self.keys[0]
    }

    /// The next `limit` rows of the segment: `key`, and the columns of each sort key.
    pub fn query(&self, segment: Segment, limit: i64) -> Query {
        let mut query = sql("");
        self.push(&mut query, segment, limit);
        query
    }

    fn push(&self, query: &mut Query, segment: Segment, limit: i64) {
        query.push("SELECT w.key");
        let first = self.first();
        query.push(match (segment, &first.by) {
            (Segment::Missing, By::Date(..)) => ", NULL, NULL",
            (Segment::Missing, _) => ", NULL",
            (_, By::Id) => ", w.id",
            (_, By::Updated) => ", w.updated_at",
            (_, By::Text(..)) => ", w.value",
            (_, By::Code(..)) => ", w.code",
            (_, By::Date(..)) => ", w.low, w.high",
        });
        for key in &self.keys[1..] {
            key.push_columns(query, "w.key");
        }
        let descending = match segment {
            Segment::Valued => self.push_valued(query),
            Segment::Missing => self.push_missing(query),
        };
        for criterion in self.plan.criteria {
            query.push(" AND ");
            criterion.push_probe(query, "w.key", Lookup::One);
        }
        let columns: &[&str] = match (segment, &first.by) {
            (Segment::Missing, _) => &["w.key"],
            (_, By::Id) => &["w.id"],
            (_, By::Updated) => &["w.updated_at", "w.key"],
            (_, By::Text(..)) => &["w.value", "w.key"],
            (_, By::Code(..)) => &["w.code", "w.key"],
            (_, By::Date(..)) => &["w.low", "w.high", "w.key"],
        };
        for (index, column) in columns.iter().enumerate() {
            query.push(if index == 0 { " ORDER BY " } else { ", " }).push(column);
            query.push(if descending { " DESC" } else { "" });
        }
        query.push_limit(limit);
    }

    /// Whether the segment is walked from its greatest value down.
    fn is_descending(&self) -> bool {
        self.first().descending != self.backward
    }

    fn push_valued(&self, query: &mut Query) -> bool {
        match self.first().by {
            By::Id | By::Updated => {
                query.push(" FROM fhir_resource w WHERE ");
                self.push_served(query);
                if matches!(self.first().by, By::Updated) {
                    self.push_stretch(query);
                } else if let Some(until) = self.plan.until {
                    query.push(" AND +w.updated_at <= ").push_bind(until);
                }
            }
            By::Text(param, _) => {
                query.push(" FROM fhir_string w WHERE w.param = ").push_bind(param).push(" AND w.ordinal = 0");
                self.push_best(query, "fhir_string", "value", param, None);
            }
            By::Code(param, _) => {
                query.push(" FROM fhir_token w WHERE w.param = ").push_bind(param);
                self.push_best(query, "fhir_token", "code", param, None);
                self.push_best(query, "fhir_token", "system", param, Some("code"));
            }
            By::Date(param, _) => {
                query.push(" FROM fhir_date w WHERE w.param = ").push_bind(param);
                self.push_best(query, "fhir_date", "low", param, None);
                self.push_best(query, "fhir_date", "high", param, Some("low"));
            }
        }
        if !matches!(self.first().by, By::Id | By::Updated) {
            self.push_guard(query);
        }
        self.push_bound(query);
        self.is_descending()
    }

    /// Limits the walk to the requested range of time, so that it does not read everything older before it or
    /// everything newer after it. It sets no bound on the side on which the walk starts at a match, because the match
    /// lies within the range: SQLite would use one of the two bounds, perhaps the farther one.
    fn push_stretch(&self, query: &mut Query) {
        let stretches = self.plan.criteria.iter().filter_map(Criterion::stretch);
        let until = self.plan.until.map_or(i64::MAX, |until| until.as_millisecond().saturating_add(1));
        let (from, to) = stretches.fold((i64::MIN, until), |(from, to), next| (from.max(next.0), to.min(next.1)));
        if from != i64::MIN && (self.from.is_none() || self.is_descending()) {
            query.push(" AND w.updated_at >= ").push_bind(from);
        }
        if to != i64::MAX && (self.from.is_none() || !self.is_descending()) {
            query.push(" AND w.updated_at < ").push_bind(to);
        }
    }

    /// The condition that this is the first of the resource's values in the direction, among those that are `alike` in
    /// a column. It does not use `=`, which PostgreSQL expects to match so rarely that it would rather sort.
    fn push_best(&self, query: &mut Query, table: &str, column: &str, param: i64, alike: Option<&str>) {
        let (best, bound) = if self.first().descending { ("MAX", "<=") } else { ("MIN", ">=") };
        query.push(&format!(" AND (SELECT {best}(e.{column}) FROM {table} e WHERE e.key = w.key AND e.param = "));
        query.push_bind(param).push(whole(table, "e"));
        if let Some(alike) = alike {
            query.push(&format!(" AND e.{alike} = w.{alike}"));
        }
        query.push(&format!(") {bound} w.{column}"));
    }

    /// The resources of the type that have no value.
    fn push_missing(&self, query: &mut Query) -> bool {
        query.push(" FROM fhir_resource w WHERE ");
        self.plan.seen.push(query, "w", self.plan.kind);
        let (table, column, param) = match &self.first().by {
            By::Text(param, _) => ("fhir_string", "value", param),
            By::Code(param, _) => ("fhir_token", "code", param),
            By::Date(param, _) => ("fhir_date", "low", param),
            // Every resource has one, so this segment is never walked.
            By::Id | By::Updated => ("fhir_date", "low", &0),
        };
        query.push(&format!(" AND (SELECT MIN(e.{column}) FROM {table} e WHERE e.key = w.key AND e.param = "));
        query.push_bind(*param).push(whole(table, "e")).push(") IS NULL");
        let descending = self.is_descending();
        if let Some(from) = self.from.filter(|from| from.values.first() == Some(&Scalar::None))
            && self.is_single()
        {
            query.push(if descending { " AND w.key < " } else { " AND w.key > " }).push_bind(from.key);
        }
        descending
    }

    /// The condition that a row of `fhir_resource` is of the type and may be seen, without the index that holds the
    /// type in the order of keys.
    fn push_served(&self, query: &mut Query) {
        query.push("w.kind = ").push_bind(self.plan.kind);
        query.push(" AND +w.compartment = ").push_bind(DIRECTORY);
        if let Seen::Guarded(only) = self.plan.seen {
            query.push(" AND w.guarded = ").push_bind(only);
        }
    }

    fn push_guard(&self, query: &mut Query) {
        if self.plan.seen != Seen::All {
            query.push(" AND EXISTS (SELECT 1 FROM fhir_resource v WHERE v.key = w.key AND ");
            self.plan.seen.push(query, "v", self.plan.kind);
            query.push(")");
        }
    }

    /// Starts beyond the match next to which the walk starts. If other keys decide too, includes every row with the
    /// same first key.
    fn push_bound(&self, query: &mut Query) {
        let Some(from) = self.from.filter(|from| from.values.first() != Some(&Scalar::None)) else { return };
        let beyond = if self.is_descending() { "<" } else { ">" };
        let columns: &[&str] = match self.first().by {
            By::Id => &["w.id"],
            By::Updated => &["w.updated_at"],
            By::Text(..) => &["w.value"],
            By::Code(..) => &["w.code"],
            By::Date(..) => &["w.low", "w.high"],
        };
        query.push(&format!(" AND {} {beyond}= ", columns[0]));
        push_scalar(query, &from.values[0]);
        if !self.is_single() {
            return;
        }
        // `a > x OR (a = x AND (b > y OR (b = y AND key > k)))`
        query.push(" AND (");
        for (column, value) in columns.iter().zip(&from.values) {
            query.push(&format!("{column} {beyond} "));
            push_scalar(query, value);
            query.push(&format!(" OR ({column} = "));
            push_scalar(query, value);
            query.push(" AND (");
        }
        query.push(&format!("w.key {beyond} ")).push_bind(from.key);
        query.push(&"))".repeat(columns.len())).push(")");
    }
}

/// The condition that a row is not just part of a text; nothing is sorted by parts.
fn whole(table: &str, alias: &str) -> &'static str {
    match (table, alias) {
        ("fhir_string", "e") => " AND e.ordinal >= 0",
        ("fhir_string", _) => " AND n.ordinal >= 0",
        _ => "",
    }
}

fn push_scalar(query: &mut Query, scalar: &Scalar) {
    match scalar {
        Scalar::None => query.push("NULL"),
        Scalar::Number(number) => query.push_bind(*number),
        Scalar::Text(text) => query.push_bind(text),
    };
}

impl SortKey {
    /// Appends the columns that compare a resource, each after a comma; the column `key` holds its key.
    pub fn push_columns(&self, query: &mut Query, key: &str) {
        let (best, order) = if self.descending { ("MAX", " DESC") } else { ("MIN", "") };
        match &self.by {
            By::Id => {
                query.push(&format!(", (SELECT n.id FROM fhir_resource n WHERE n.key = {key})"));
            }
            By::Updated => {
                query.push(&format!(", (SELECT n.updated_at FROM fhir_resource n WHERE n.key = {key})"));
            }
            By::Text(param, _) => {
                query.push(&format!(", (SELECT {best}(n.value) FROM fhir_string n WHERE n.key = {key} AND n.param = "));
                query.push_bind(*param).push(whole("fhir_string", "n")).push(")");
            }
            By::Code(param, _) => {
                query.push(&format!(", (SELECT {best}(n.code) FROM fhir_token n WHERE n.key = {key} AND n.param = "));
                query.push_bind(*param).push(")");
            }
            By::Date(param, _) => {
                for column in ["low", "high"] {
                    query.push(&format!(", (SELECT n.{column} FROM fhir_date n WHERE n.key = {key} AND n.param = "));
                    query.push_bind(*param);
                    query.push(&format!(" ORDER BY n.low{order}, n.high{order} LIMIT 1)"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use programs::definitions::{Definition, ParameterKind};
    use store::testing::sqlite;

    use super::*;
    use crate::search::{
        criterion::{Test, Way},
        date,
    };

    #[tokio::test]
    async fn of_changes_those_alone_that_are_asked_for_are_walked() {
        let test = sqlite().await;
        let mut ctx = test.store.read().await.unwrap();
        let now = "2026-06-01T00:00:00Z".parse().unwrap();
        let sought = |text| Test::Updated { kind: 7, matches: vec![date::parse(text, now).unwrap()] };
        let criteria = ["ge2026-05-01", "lt2026-05-09"].map(|text| Criterion::from(Way::new(Vec::new(), sought(text))));
        let mut plan = Plan::of_all(7, Seen::All);
        (plan.criteria, plan.until) = (&criteria, Some(now));
        let at = Row { key: 20, values: vec![Scalar::Number(now.as_millisecond() - 30 * 86_400_000)] };
        for descending in [false, true] {
            let keys = [SortKey { by: By::Updated, descending }];
            for from in [None, Some(&at)] {
                let walk = Walk { plan: &plan, keys: &keys, backward: false, from };
                let mut query = sql("EXPLAIN QUERY PLAN ");
                walk.push(&mut query, Segment::Valued, 10);
                let text = query.text().to_owned();
                let steps: Vec<(i64, i64, i64, String)> = query.fetch_all(&mut ctx.tx).await.unwrap();
                assert!(
                    steps[0].3.contains("(kind=? AND updated_at>? AND updated_at<?)"),
                    "{steps:?}
{text}"
                );
                // One bound for each side, so that the nearer one is used.
                assert_eq!(text.matches("w.updated_at >= ").count(), 1, "{text}");
            }
        }
    }

    fn definition() -> Arc<Definition> {
        Arc::new(Definition {
            on: String::new(),
            code: String::new(),
            kind: ParameterKind::String,
            branches: Vec::new(),
            targets: Vec::new(),
            system: None,
            url: None,
        })
    }

    #[tokio::test]
    async fn an_index_is_walked_in_its_order_and_nothing_is_sorted() {
        let test = sqlite().await;
        let mut ctx = test.store.read().await.unwrap();
        for seen in [Seen::All, Seen::Guarded(false)] {
            let plan = Plan::of_all(7, seen);
            for by in
                [By::Id, By::Updated, By::Text(5, definition()), By::Code(5, definition()), By::Date(5, definition())]
            {
                let value = if by.is_number() { Scalar::Number(1) } else { Scalar::Text("a".to_owned()) };
                let from = Row { key: 20, values: vec![value; by.width()] };
                let segments: &[Segment] = if matches!(by, By::Id | By::Updated) {
                    &[Segment::Valued]
                } else {
                    &[Segment::Valued, Segment::Missing]
                };
                for (descending, segment) in
                    [false, true].into_iter().flat_map(|one| segments.iter().map(move |two| (one, *two)))
                {
                    let keys = [SortKey { by: by.clone(), descending }];
                    for from in [None, Some(&from)] {
                        let walk = Walk { plan: &plan, keys: &keys, backward: false, from };
                        let mut query = sql("EXPLAIN QUERY PLAN ");
                        walk.push(&mut query, segment, 10);
                        let text = query.text().to_owned();
                        let steps: Vec<(i64, i64, i64, String)> = query.fetch_all(&mut ctx.tx).await.unwrap();
                        for (.., step) in steps {
                            assert!(!step.contains("TEMP B-TREE") && !step.contains("SCAN"), "{step}\n{text}");
                        }
                    }
                }
            }
        }
    }
}
