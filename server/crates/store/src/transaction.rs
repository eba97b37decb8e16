//! PostgreSQL's transactions.

use sqlx::{Executor as _, PgConnection};
use tokio::runtime::Handle;

use crate::{
    Result,
    error::Error,
    pool::{Lent, Pool},
};

/// A transaction. If it is dropped without [`Transaction::commit`], nothing is saved.
pub(crate) struct Transaction(Option<Lent<PgConnection>>);

impl Transaction {
    pub(crate) async fn begin(pool: &Pool<PgConnection>) -> Result<Self> {
        let mut lent = pool.lend().await?;
        let begun = lent.begin().execute("BEGIN").await.map_err(Error::from);
        begun.inspect_err(|error| lent.failed(error))?;
        Ok(Self(Some(lent)))
    }

    pub(crate) fn connection(&mut self) -> Result<&mut PgConnection> {
        self.0.as_mut().map(Lent::connection).ok_or(Error::Unavailable(sqlx::Error::PoolClosed))
    }

    /// A statement failed, perhaps because of the server.
    pub(crate) fn failed(&self, error: &Error) {
        self.0.iter().for_each(|lent| lent.failed(error));
    }

    /// Returns once it is saved.
    pub(crate) async fn commit(mut self) -> Result<()> {
        let saved = self.connection()?.execute("COMMIT").await.map_err(Error::from);
        saved.inspect_err(|error| self.failed(error))?;
        self.0.take().into_iter().for_each(|mut lent| lent.finished());
        Ok(())
    }
}

impl Drop for Transaction {
    /// Rolls back immediately, because others wait for its locks.
    fn drop(&mut self) {
        let (Some(mut lent), Ok(runtime)) = (self.0.take(), Handle::try_current()) else { return };
        runtime.spawn(async move {
            if lent.connection().execute("ROLLBACK").await.is_ok() {
                lent.finished();
            }
        });
    }
}
