//! A connection for one request: a snapshot to read from, or a transaction to write in.

use sqlx::{PgConnection, SqliteConnection};

use crate::{Error, Result, held::Held, pool::Lent, transaction::Transaction, writer::Writing};

/// Everything one request asks of the database goes through here. Dropped without [`Tx::commit`], nothing is saved.
pub struct Tx {
    pub(crate) inner: Inner,
    /// After the connection, which is given back first.
    pub(crate) _held: Held,
}

/// A plain connection where statements only read, a transaction where they write.
pub(crate) enum Inner {
    Sqlite(Lent<SqliteConnection>),
    SqliteWriting(Writing),
    Postgres(Lent<PgConnection>),
    PostgresWriting(Transaction),
}

/// What statements run on.
pub(crate) enum Connection<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl Tx {
    /// To run a statement on; then say [`Tx::ended`].
    pub(crate) fn connection(&mut self) -> Result<Connection<'_>> {
        Ok(match &mut self.inner {
            Inner::Sqlite(lent) => Connection::Sqlite(lent.connection()),
            Inner::SqliteWriting(writing) => Connection::Sqlite(writing.connection()?),
            Inner::Postgres(lent) => Connection::Postgres(lent.connection()),
            Inner::PostgresWriting(transaction) => Connection::Postgres(transaction.connection()?),
        })
    }

    /// How the statement ended: well, so that its connection can be lent on as it is, or not, which may be a matter of its
    /// server.
    pub(crate) fn ended<T>(&mut self, ended: Result<T, impl Into<Error>>) -> Result<T> {
        let ended = ended.map_err(Into::into);
        match (&mut self.inner, &ended) {
            (Inner::Sqlite(lent), Ok(_)) => lent.ended(),
            (Inner::Postgres(lent), Ok(_)) => lent.ended(),
            (Inner::Postgres(lent), Err(error)) => lent.failed(error),
            (Inner::PostgresWriting(transaction), Err(error)) => transaction.failed(error),
            // Transactions are over when they are saved or undone.
            _ => {}
        }
        ended
    }

    /// Saves what was written; returns once it is durable.
    pub async fn commit(self) -> Result<()> {
        match self.inner {
            Inner::Sqlite(_) | Inner::Postgres(_) => Ok(()),
            Inner::SqliteWriting(writing) => writing.commit().await,
            Inner::PostgresWriting(transaction) => transaction.commit().await,
        }
    }

    pub fn dialect(&self) -> crate::Dialect {
        match self.inner {
            Inner::Sqlite(_) | Inner::SqliteWriting(_) => crate::Dialect::Sqlite,
            Inner::Postgres(_) | Inner::PostgresWriting(_) => crate::Dialect::Postgres,
        }
    }
}
