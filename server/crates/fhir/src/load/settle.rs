//! Assigns to resources such as a Provenance the owner of their targets, once the targets exist.

use store::{FromRow, Query, Row, Tx, Value, sql};

use super::{
    existing::{COLUMNS, Existing},
    rows::{LONGEST_LIST, push_list},
};
use crate::error::Result;

/// Types whose owner is their targets' owner, and the reference parameters that find the targets.
#[derive(Clone, Debug, Default)]
pub struct Through {
    pub kinds: Vec<i64>,
    pub params: Vec<i64>,
    /// How many categories of sensitive data the program has. A resource is as sensitive as its targets.
    pub categories: usize,
}

impl Through {
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() || self.params.is_empty()
    }
}

/// If all targets belong to one patient, so does the resource that points at them. If a target is missing, has no owner
/// or has another one, the resource stays without an owner.
pub async fn settle(tx: &mut Tx, through: &Through) -> Result<()> {
    let mut query = update(through);
    push_settleable(&mut query, through);
    query.execute(tx).await?;
    Ok(())
}

/// The same for these resources only.
pub async fn settle_some(tx: &mut Tx, through: &Through, keys: &[i64]) -> Result<()> {
    if through.is_empty() {
        return Ok(());
    }
    for keys in keys.chunks(LONGEST_LIST) {
        let mut query = update(through);
        push_settleable(&mut query, through);
        query.push(" AND key IN ");
        push_list(&mut query, &values(keys));
        query.execute(tx).await?;
    }
    Ok(())
}

fn update(through: &Through) -> Query {
    let mut query = sql("UPDATE fhir_resource SET compartment = ");
    push_targets(&mut query, through, "MIN(t.compartment)");
    if 0 < through.categories {
        query.push(", sensitive = sensitive | ");
        push_targets(&mut query, through, &labels(through));
    }
    query.push(" WHERE ");
    query
}

/// Some resources that can be settled, each with its type's number and its owner.
pub async fn settleable(tx: &mut Tx, through: &Through, most: i64) -> Result<Vec<Settleable>> {
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(", kind, ");
    push_targets(&mut query, through, "MIN(t.compartment)");
    query.push(", ");
    push_targets(&mut query, through, &labels(through));
    query.push(" FROM fhir_resource WHERE ");
    push_settleable(&mut query, through);
    query.push_limit(most);
    Ok(query.fetch_all(tx).await?)
}

/// A resource that becomes visible.
pub struct Settleable {
    pub old: Existing,
    /// Its type's number.
    pub kind: i64,
    pub owner: i64,
    /// The bits of its targets' labels.
    pub sensitive: i64,
}

impl FromRow for Settleable {
    fn from_row(row: &Row) -> store::Result<Self> {
        Ok(Self { old: Existing::from_row(row)?, kind: row.get(9)?, owner: row.get(10)?, sensitive: row.get(11)? })
    }
}

/// The bits that any of the targets has. Neither database can do that with one function.
fn labels(through: &Through) -> String {
    let bit = |place: usize| format!("+ {} * MAX((t.sensitive >> {place}) & 1)", 1_i64 << place);
    let bits: Vec<_> = (0..through.categories).map(bit).collect();
    format!("CAST(0 * COUNT(*) {} AS BIGINT)", bits.join(" "))
}

/// Every target's compartment, -1 for none; patients' keys are greater.
fn push_targets(query: &mut Query, through: &Through, select: &str) {
    query.push("(SELECT ").push(select).push(
        " FROM fhir_reference f JOIN fhir_resource t ON t.key = f.target WHERE f.key = fhir_resource.key AND f.param IN ",
    );
    push_list(query, &values(&through.params));
    query.push(")");
}

fn push_settleable(query: &mut Query, through: &Through) {
    query.push("compartment IS NULL AND 0 < version AND NOT deleted AND kind IN ");
    push_list(query, &values(&through.kinds));
    query.push(" AND 0 < ");
    push_targets(query, through, "MIN(COALESCE(t.compartment, -1))");
    query.push(" AND 1 = ");
    push_targets(query, through, "COUNT(DISTINCT t.compartment)");
}

/// Takes the owner from resources that point at resources that changed their owner or are gone.
pub async fn unsettle(tx: &mut Tx, through: &Through, targets: &[i64]) -> Result<()> {
    if through.is_empty() {
        return Ok(());
    }
    for targets in targets.chunks(LONGEST_LIST) {
        let mut query = sql("UPDATE fhir_resource SET compartment = NULL WHERE kind IN ");
        push_list(&mut query, &values(&through.kinds));
        query.push(" AND key IN (SELECT key FROM fhir_reference WHERE target IN ");
        push_list(&mut query, &values(targets));
        query.push(" AND param IN ");
        push_list(&mut query, &values(&through.params));
        query.push(")");
        query.execute(tx).await?;
    }
    Ok(())
}

fn values(numbers: &[i64]) -> Vec<Value> {
    numbers.iter().copied().map(Value::from).collect()
}
