//! Gives what belongs to its targets' owners (a Provenance) that owner, once the targets are there.

use store::{Query, Tx, Value, sql};

use super::rows::{LONGEST_LIST, push_list};
use crate::error::Result;

/// Types whose owner is their targets' owner, and the reference parameters that find the targets.
#[derive(Clone, Debug, Default)]
pub struct Through {
    pub kinds: Vec<i64>,
    pub params: Vec<i64>,
}

impl Through {
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() || self.params.is_empty()
    }
}

/// Where every target is one patient's, so is what points at it; where one is missing, nobody's or another's, it stays
/// nobody's. Returns how many found their owner.
pub async fn settle(tx: &mut Tx, through: &Through) -> Result<u64> {
    // Every target's compartment, -1 for none, for which patients' keys are too great.
    fn push_targets(query: &mut Query, through: &Through, select: &str) {
        query.push("(SELECT ").push(select).push(
            " FROM fhir_reference f JOIN fhir_resource t ON t.key = f.target WHERE f.key = fhir_resource.key AND f.param IN ",
        );
        push_list(query, &values(&through.params));
        query.push(")");
    }
    let mut query = sql("UPDATE fhir_resource SET compartment = ");
    push_targets(&mut query, through, "MIN(t.compartment)");
    query.push(" WHERE compartment IS NULL AND 0 < version AND NOT deleted AND kind IN ");
    push_list(&mut query, &values(&through.kinds));
    query.push(" AND 0 < ");
    push_targets(&mut query, through, "MIN(COALESCE(t.compartment, -1))");
    query.push(" AND 1 = ");
    push_targets(&mut query, through, "COUNT(DISTINCT t.compartment)");
    Ok(query.execute(tx).await?)
}

/// Makes nobody's what points at resources that changed their owner or are gone.
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
