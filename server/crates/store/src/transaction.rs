//! PostgreSQL's transactions.

use sqlx::{Executor as _, PgConnection};
use tokio::runtime::Handle;

use crate::{
    Result,
    error::Error,
    pool::{Lent, Pool},
};

/// A transaction. Dropped without [`Transaction::commit`], nothing of it is saved.
pub(crate) struct Transaction(Option<Lent<PgConnection>>);

impl Transaction {
    pub(crate) async fn begin(pool: &Pool<PgConnection>) -> Result<Self> {
        let mut lent = pool.lend().await?;
        lent.begin().execute("BEGIN").await?;
        Ok(Self(Some(lent)))
    }

    pub(crate) fn connection(&mut self) -> Result<&mut PgConnection> {
        self.0.as_mut().map(Lent::connection).ok_or(Error::Unavailable(sqlx::Error::PoolClosed))
    }

    /// Returns once it is saved.
    pub(crate) async fn commit(mut self) -> Result<()> {
        self.connection()?.execute("COMMIT").await?;
        self.0.take().into_iter().for_each(|mut lent| lent.finished());
        Ok(())
    }
}

impl Drop for Transaction {
    /// Undoes it at once, because what it locked others wait for.
    fn drop(&mut self) {
        let (Some(mut lent), Ok(runtime)) = (self.0.take(), Handle::try_current()) else { return };
        runtime.spawn(async move {
            if lent.connection().execute("ROLLBACK").await.is_ok() {
                lent.finished();
            }
        });
    }
}
