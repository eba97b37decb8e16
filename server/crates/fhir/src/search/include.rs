//! `_include` and `_revinclude` (hl7.org/fhir/R4/search.html#include).

use std::collections::BTreeMap;

use programs::resource::{Include, Resource};
use store::{Query, Tx, Value, sql};

use super::request::Context;
use crate::{
    error::{Error, Result},
    load::rows::push_list,
    sight::Sight,
};

/// The reference parameters to follow from the matches, and those to follow to them.
#[derive(Debug, Default)]
pub struct Includes {
    forward: Steps,
    reverse: Steps,
}

/// The parameters of one direction.
#[derive(Debug, Default)]
struct Steps {
    /// From the matches only.
    once: Vec<Step>,
    /// Also from included resources: `:iterate`.
    iterate: Vec<Step>,
}

/// A reference parameter, and the one type that its targets must have, if any.
#[derive(Clone, Copy, Debug)]
struct Step {
    param: i64,
    target: Option<i64>,
}

/// How many times `:iterate` continues from what it found.
const MOST_ROUNDS: usize = 10;

/// The most resources that a page may include.
pub const MOST_INCLUDED: usize = 5_000;

/// Whether an include starts at the matches or also at included resources (hl7.org/fhir/R4/search.html#include).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Matches,
    Iterate,
}

/// Adds what `_include=value` asks for.
pub fn forward(context: &Context, value: &str, reach: Reach, includes: &mut Includes) -> Result<()> {
    let lists = lists(context, reach, |resource| &resource.includes[..]);
    add(context, find("_include", value, &lists)?, includes.forward.of(reach));
    Ok(())
}

/// Adds what `_revinclude=value` asks for.
pub fn reverse(context: &Context, value: &str, reach: Reach, includes: &mut Includes) -> Result<()> {
    let lists = lists(context, reach, |resource| &resource.rev_includes[..]);
    add(context, find("_revinclude", value, &lists)?, includes.reverse.of(reach));
    Ok(())
}

/// The includes offered: the type's own, and with `:iterate` those of every type.
fn lists<'a>(context: &'a Context, reach: Reach, of: fn(&'a Resource) -> &'a [Include]) -> Vec<&'a [Include]> {
    let others = context.program.resources.iter().filter(|_| reach == Reach::Iterate);
    std::iter::once(context.resource).chain(others).map(of).collect()
}

/// The include and the target that `Type:code` or `Type:code:Target` means. One that can find something wins.
fn find<'a>(name: &str, value: &'a str, lists: &[&'a [Include]]) -> Result<(&'a Include, Option<&'a str>)> {
    let (text, target) = match value.match_indices(':').nth(1) {
        Some((index, _)) => (&value[..index], Some(&value[index + 1..])),
        None => (value, None),
    };
    let is_target = |include: &&Include| {
        target.is_none_or(|target| {
            include.reference.as_ref().is_some_and(|reference| reference.targets.iter().any(|one| one == target))
        })
    };
    let called = || lists.iter().copied().flatten().filter(|include| include.text.eq_ignore_ascii_case(text));
    let found = called().filter(is_target).max_by_key(|include| include.applies);
    found.map(|include| (include, target)).ok_or_else(|| Error::UnknownParameter {
        name: format!("{name}={value}"),
        supported: lists.iter().copied().flatten().map(|include| include.text.clone()).collect(),
    })
}

fn add(context: &Context, (include, target): (&Include, Option<&str>), steps: &mut Vec<Step>) {
    if !include.applies {
        return;
    }
    let params = match &include.reference {
        Some(reference) => vec![context.catalog.param(&include.source, &reference.code)],
        None => context.catalog.references(context.program, &include.source),
    };
    let target = target.map(|target| context.catalog.kind_number(target));
    steps.extend(params.into_iter().map(|param| Step { param, target }));
}

impl Steps {
    fn of(&mut self, reach: Reach) -> &mut Vec<Step> {
        match reach {
            Reach::Matches => &mut self.once,
            Reach::Iterate => &mut self.iterate,
        }
    }

    /// The steps that start at the matches, or at what the previous round included.
    fn from(&self, is_first: bool) -> Vec<Step> {
        let once = if is_first { &self.once[..] } else { &[] };
        once.iter().chain(&self.iterate).copied().collect()
    }

    fn is_empty(&self) -> bool {
        self.once.is_empty() && self.iterate.is_empty()
    }
}

impl Includes {
    pub fn is_empty(&self) -> bool {
        self.forward.is_empty() && self.reverse.is_empty()
    }

    /// The keys of the included resources that may be seen, each once. More than [`MOST_INCLUDED`] of them mean that
    /// there are still more.
    pub async fn fetch(&self, tx: &mut Tx, matches: &[i64], sight: &Sight) -> Result<Vec<i64>> {
        let mut known: Vec<i64> = matches.to_vec();
        let mut beginning = 0;
        for round in 0..MOST_ROUNDS {
            let Some(query) = self.query(round == 0, &known[beginning..], &known, sight) else { break };
            let mut found = query.fetch_keys(tx).await?;
            if found.is_empty() {
                break;
            }
            found.sort_unstable();
            beginning = known.len();
            known.extend(found);
            if matches.len() + MOST_INCLUDED < known.len() {
                break;
            }
        }
        Ok(known.split_off(matches.len()))
    }

    /// What is one step away from these resources and not known yet, ordered by key; `None` if no step continues.
    fn query(&self, is_first: bool, from: &[i64], known: &[i64], sight: &Sight) -> Option<Query> {
        let (from, known) = (values(from), values(known));
        let mut query = sql("SELECT r.key FROM (");
        let mut glue = "";
        for (steps, near, far) in
            [(self.forward.from(is_first), "key", "target"), (self.reverse.from(is_first), "target", "key")]
        {
            for (target, params) in by_target(&steps) {
                query.push(glue);
                query.push(&format!("SELECT DISTINCT f.{far} AS key FROM fhir_reference f WHERE f.{near} IN "));
                push_list(&mut query, &from);
                // Forward, it reads the few references of each resource. The sign keeps SQLite from reading all
                // references of the parameter.
                query.push(if near == "key" { " AND +f.param IN " } else { " AND f.param IN " });
                push_list(&mut query, &values(&params));
                if let Some(target) = target {
                    query.push(" AND EXISTS (SELECT 1 FROM fhir_resource t WHERE t.key = f.target AND t.kind = ");
                    query.push_bind(target).push(")");
                }
                glue = " UNION ";
            }
        }
        if glue.is_empty() {
            return None;
        }
        // SQLite reads the sides of a cross join in this order.
        query.push(") m CROSS JOIN fhir_resource r WHERE r.key = m.key AND m.key NOT IN ");
        push_list(&mut query, &known);
        query.push(" AND ");
        sight.push(&mut query, "r");
        query.push(" ORDER BY r.key").push_limit(MOST_INCLUDED as i64 + 1);
        Some(query)
    }
}

/// The parameters, grouped by the type that their targets must have.
fn by_target(steps: &[Step]) -> BTreeMap<Option<i64>, Vec<i64>> {
    let mut groups: BTreeMap<Option<i64>, Vec<i64>> = BTreeMap::new();
    steps.iter().for_each(|step| groups.entry(step.target).or_default().push(step.param));
    groups
}

fn values(numbers: &[i64]) -> Vec<Value> {
    numbers.iter().copied().map(Value::from).collect()
}
