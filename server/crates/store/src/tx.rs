//! A connection for one request: a snapshot to read from, or a transaction to write in.

use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction, pool::PoolConnection};

use crate::{Result, writer::Writing};

/// Everything one request asks of the database goes through here. Dropped without [`Tx::commit`], nothing is saved.
pub struct Tx {
    pub(crate) inner: Inner,
}

/// A plain connection where statements only read, a transaction where they write.
pub(crate) enum Inner {
    Sqlite(PoolConnection<Sqlite>),
    SqliteWriting(Writing),
    Postgres(PoolConnection<Postgres>),
    PostgresWriting(Transaction<'static, Postgres>),
}

/// What statements run on.
pub(crate) enum Connection<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl Tx {
    pub(crate) fn connection(&mut self) -> Result<Connection<'_>> {
        Ok(match &mut self.inner {
            Inner::Sqlite(connection) => Connection::Sqlite(connection),
            Inner::SqliteWriting(writing) => Connection::Sqlite(writing.connection()?),
            Inner::Postgres(connection) => Connection::Postgres(connection),
            Inner::PostgresWriting(transaction) => Connection::Postgres(transaction),
        })
    }

    /// Saves what was written; returns once it is durable.
    pub async fn commit(self) -> Result<()> {
        match self.inner {
            Inner::Sqlite(_) | Inner::Postgres(_) => Ok(()),
            Inner::SqliteWriting(writing) => writing.commit().await,
            Inner::PostgresWriting(transaction) => Ok(transaction.commit().await?),
        }
    }

    pub fn dialect(&self) -> crate::Dialect {
        match self.inner {
            Inner::Sqlite(_) | Inner::SqliteWriting(_) => crate::Dialect::Sqlite,
            Inner::Postgres(_) | Inner::PostgresWriting(_) => crate::Dialect::Postgres,
        }
    }
}
