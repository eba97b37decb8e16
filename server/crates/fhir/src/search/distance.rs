//! Matches of `near`, the nearest first (hl7.org/fhir/R4/location.html#positional).

use store::{Tx, sql};

use super::{
    criterion::{Criterion, Direction, Link, Lookup, Match, Test},
    link::Place,
    near::{self, angle},
    page::Slice,
    plan::Plan,
    sorted::MOST_SORTED,
};
use crate::{
    error::{Error, Result},
    sight::Seen,
};

/// The only `near` of a search, on the resources themselves or on their targets.
pub struct Nearest<'a> {
    plan: &'a Plan<'a>,
    index: usize,
    param: i64,
    sought: &'a near::Match,
    through: Option<&'a Link>,
}

impl<'a> Nearest<'a> {
    /// `None` if there is no `near`, or more than one: then there is no single distance to sort by.
    pub fn find(plan: &'a Plan<'a>) -> Option<Self> {
        let mut all = plan.criteria.iter().enumerate().filter_map(|(index, criterion)| near_one(criterion, index));
        let (index, param, matches, links) = all.next()?;
        let through = match links {
            [] => None,
            [link] if link.direction == Direction::Forward => Some(link),
            _ => return None,
        };
        match (matches, all.next()) {
            ([Match::Near(sought)], None) => Some(Self { plan, index, param, sought, through }),
            _ => None,
        }
    }

    /// Keys of the slice with the squares of their distances. It searches ever wider circles until one contains enough,
    /// because the cost of a circle depends on how much lies at its latitudes.
    pub async fn fetch(&self, tx: &mut Tx, slice: &Slice) -> Result<Vec<(i64, f64)>> {
        let from = match slice.from {
            None => None,
            Some(Place::Distance { key, square }) => Some((key, f64::from_bits(square))),
            Some(_) => return Err(Error::foreign_page()),
        };
        if MOST_SORTED < slice.offset + slice.limit {
            return Err(Error::TooCostly(format!(
                "`_getpagesoffset` with `near` is at most {MOST_SORTED}; follow the links"
            )));
        }
        // A little farther out than where the previous page ended.
        let beside = from.map_or(0.0, |(_, square)| angle(square) * 1.25 + 1e-9);
        let whole = self.sought.radius();
        let mut radius = if slice.backward { beside.min(whole) } else { beside.max(whole / 64.0) };
        let wanted = slice.offset + slice.limit;
        loop {
            let is_whole = slice.backward || whole <= radius;
            let circle = self.sought.within(radius.min(whole));
            let rows = self.circle(tx, &circle, from, slice.backward, wanted).await?;
            if is_whole || wanted <= rows.len() as i64 {
                return Ok(rows.into_iter().skip(slice.offset as usize).collect());
            }
            radius *= 4.0;
        }
    }

    async fn circle(
        &self,
        tx: &mut Tx,
        circle: &near::Match,
        from: Option<(i64, f64)>,
        backward: bool,
        limit: i64,
    ) -> Result<Vec<(i64, f64)>> {
        let key = if self.through.is_some() { "f.key" } else { "w.key" };
        let mut query = sql("SELECT m.key, m.square FROM (SELECT ");
        query.push(key).push(if self.through.is_some() { " AS key, MIN" } else { " AS key, " });
        circle.push_square(&mut query, "w");
        query.push(" AS square FROM fhir_position w");
        if let Some(link) = self.through {
            query.push(" JOIN fhir_reference f ON f.target = w.key AND f.param = ").push_bind(link.param);
        }
        query.push(" WHERE w.param = ").push_bind(self.param).push(" AND ");
        circle.push(&mut query, "w");
        if let Some(link) = self.through {
            link.push_seen(&mut query, "w.key");
        }
        if self.plan.seen != Seen::All {
            query.push(&format!(" AND EXISTS (SELECT 1 FROM fhir_resource v WHERE v.key = {key} AND "));
            self.plan.seen.push(&mut query, "v", self.plan.kind);
            query.push(")");
        }
        for (index, criterion) in self.plan.criteria.iter().enumerate() {
            if index != self.index {
                query.push(" AND ");
                criterion.push_probe(&mut query, key, Lookup::One);
            }
        }
        query.push(if self.through.is_some() { " GROUP BY f.key) m" } else { ") m" });
        let (beyond, order) = if backward { ("<", " DESC") } else { (">", "") };
        if let Some((key, square)) = from {
            query.push(&format!(" WHERE (m.square {beyond} ")).push_bind(square);
            query.push(" OR (m.square = ").push_bind(square);
            query.push(&format!(" AND m.key {beyond} ")).push_bind(key).push("))");
        }
        query.push(&format!(" ORDER BY m.square{order}, m.key{order}")).push_limit(limit);
        Ok(query.fetch_all(tx).await?)
    }
}

type Near<'a> = (usize, i64, &'a [Match], &'a [Link]);

fn near_one(criterion: &Criterion, index: usize) -> Option<Near<'_>> {
    let way = criterion.only()?;
    match &way.test {
        Test::Any { param, matches, .. } if matches.iter().any(|sought| matches!(sought, Match::Near(_))) => {
            Some((index, *param, matches, &way.links))
        }
        _ => None,
    }
}
