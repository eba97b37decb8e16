//! `_include` and `_revinclude` (hl7.org/fhir/R4/search.html#include).

use programs::resource::Include;
use store::{FromRow, Row, Tx, Value, sql};

use super::request::Context;
use crate::{
    error::{Error, Result},
    load::rows::push_list,
    sight::Sight,
};

/// The reference parameters to follow from the matches, and those to follow to them.
#[derive(Debug, Default)]
pub struct Includes {
    forward: Vec<i64>,
    reverse: Vec<i64>,
}

/// What a page may bring with it.
pub const MOST_INCLUDED: usize = 5_000;

/// A resource beside the matches.
pub struct Included {
    pub key: i64,
    pub kind: i64,
    pub id: String,
    pub body: String,
}

impl FromRow for Included {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { key: row.get(0)?, kind: row.get(1)?, id: row.get(2)?, body: row.get(3)? })
    }
}

/// Adds what `_include=value` asks for.
pub fn forward(context: &Context, value: &str, includes: &mut Includes) -> Result<()> {
    let include = find("_include", value, |text| context.resource.include(text), &context.resource.includes)?;
    add(context, include, &mut includes.forward);
    Ok(())
}

/// Adds what `_revinclude=value` asks for.
pub fn reverse(context: &Context, value: &str, includes: &mut Includes) -> Result<()> {
    let include =
        find("_revinclude", value, |text| context.resource.rev_include(text), &context.resource.rev_includes)?;
    add(context, include, &mut includes.reverse);
    Ok(())
}

/// `Type:code`, or `Type:code:Target` where the code has that target alone.
fn find<'a>(
    name: &str,
    value: &str,
    find: impl Fn(&str) -> Option<&'a Include>,
    offered: &[Include],
) -> Result<&'a Include> {
    let parts: Vec<&str> = value.split(':').collect();
    let found = match parts[..] {
        [source, code, target] => find(&format!("{source}:{code}"))
            .filter(|include| include.reference.as_ref().is_some_and(|reference| reference.targets == [target])),
        _ => find(value),
    };
    found.ok_or_else(|| Error::UnknownParameter {
        name: format!("{name}={value}"),
        supported: offered.iter().map(|include| include.text.clone()).collect(),
    })
}

fn add(context: &Context, include: &Include, params: &mut Vec<i64>) {
    if !include.applies {
        return;
    }
    match &include.reference {
        Some(reference) => params.push(context.catalog.param(&include.source, &reference.code)),
        None => params.extend(context.catalog.references(context.program, &include.source)),
    }
}

impl Includes {
    pub fn is_empty(&self) -> bool {
        self.forward.is_empty() && self.reverse.is_empty()
    }

    /// What the matches bring with them, as far as it may be seen; each once, in the order of keys. One more than
    /// [`MOST_INCLUDED`] says that there is more.
    pub async fn fetch(&self, tx: &mut Tx, matches: &[i64], sight: &Sight) -> Result<Vec<Included>> {
        let keys: Vec<Value> = matches.iter().copied().map(Value::from).collect();
        let mut query = sql("SELECT r.key, r.kind, r.id, r.body FROM (");
        let mut glue = "";
        for (params, near, far) in [(&self.forward, "key", "target"), (&self.reverse, "target", "key")] {
            if params.is_empty() {
                continue;
            }
            let params: Vec<Value> = params.iter().copied().map(Value::from).collect();
            query.push(glue).push(&format!("SELECT DISTINCT f.{far} AS key FROM fhir_reference f WHERE f.{near} IN "));
            push_list(&mut query, &keys);
            // Forwards a resource's few references are looked through; the sign keeps SQLite from looking through all that
            // the parameter has.
            query.push(if near == "key" { " AND +f.param IN " } else { " AND f.param IN " });
            push_list(&mut query, &params);
            glue = " UNION ";
        }
        // SQLite reads the sides of a cross join in this order.
        query.push(") m CROSS JOIN fhir_resource r WHERE r.key = m.key AND m.key NOT IN ");
        push_list(&mut query, &keys);
        query.push(" AND ");
        sight.push(&mut query, "r");
        query.push(" ORDER BY r.key LIMIT ").push_bind(MOST_INCLUDED as i64 + 1);
        Ok(query.fetch_all(tx).await?)
    }
}
