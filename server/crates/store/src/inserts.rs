//! Rows that are written at the same time share a statement: each is a transaction of its own to whoever writes it, and
//! saved when it is told so.

use crate::{
    Result, Store, Value, sql,
    together::{Statement, Together},
};

/// Writes rows of one table. Cheap to clone; all clones share their statements.
#[derive(Clone)]
pub struct Inserts(Together<Insert>);

struct Insert {
    store: Store,
    text: &'static str,
}

impl Inserts {
    /// `text` ends in `… VALUES `, where the rows follow.
    pub fn new(store: &Store, text: &'static str) -> Self {
        Self(Together::new(Insert { store: store.clone(), text }))
    }

    /// Returns once the row is saved. Hold no connection while you wait.
    pub async fn insert(&self, row: Vec<Value>) -> Result<()> {
        self.0.run(row).await.map(|_| ())
    }
}

impl Statement for Insert {
    type Item = Vec<Value>;
    type Answer = ();

    async fn run(&self, rows: &[Vec<Value>]) -> Result<Vec<()>> {
        let mut insert = sql(self.text);
        for (place, row) in rows.iter().enumerate() {
            insert.push(if place == 0 { "" } else { ", " }).push_row(row.iter().cloned());
        }
        let mut tx = self.store.db.write_once().await?;
        insert.execute(&mut tx).await?;
        tx.commit().await?;
        Ok(vec![(); rows.len()])
    }
}
