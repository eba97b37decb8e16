//! Rows that are written at the same time share a statement. For each caller, the row is a transaction of its own and
//! is saved when the call returns.

use crate::{
    Result, Rows, Store, Value,
    together::{Statement, Together},
};

/// Writes rows of `N` columns. Cheap to clone; all clones share their statements.
#[derive(Clone)]
pub struct Inserts<const N: usize>(Together<Insert<N>>);

struct Insert<const N: usize> {
    store: Store,
    head: &'static str,
}

impl<const N: usize> Inserts<N> {
    /// `head` names table and columns; see [`Rows::new`].
    pub fn new(store: &Store, head: &'static str) -> Self {
        Self(Together::new(Insert { store: store.clone(), head }, store.db.dialect()))
    }

    /// Returns once the row is saved. Do not hold a connection while you wait.
    pub async fn insert(&self, row: [Value; N]) -> Result<()> {
        self.0.run(row).await.map(|_| ())
    }
}

impl<const N: usize> Statement for Insert<N> {
    type Item = [Value; N];
    type Answer = ();

    async fn run(&self, items: &[[Value; N]]) -> Result<Vec<()>> {
        let mut rows = Rows::new(self.head, N, "");
        items.iter().cloned().for_each(|row| rows.push(row));
        let mut tx = self.store.db.write_once().await?;
        rows.run(&mut tx).await?;
        tx.commit().await?;
        Ok(vec![(); items.len()])
    }
}
