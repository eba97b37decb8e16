//! A connection for one request: a snapshot for reading, or a transaction for writing.

use sqlx::{PgConnection, SqliteConnection};

use crate::{Error, Result, held::Held, pool::Lent, transaction::Transaction, writer::Writing};

/// Everything that one request does in the database goes through here. If it is dropped without [`Tx::commit`], nothing
/// is saved.
pub struct Tx {
    pub(crate) inner: Inner,
    /// Declared after the connection, which must be returned first.
    pub(crate) _held: Held,
}

/// A plain connection for reading, a transaction for writing.
pub(crate) enum Inner {
    Sqlite(Lent<SqliteConnection>),
    SqliteWriting(Writing),
    Postgres(Lent<PgConnection>),
    PostgresWriting(Transaction),
}

/// The connection on which statements run.
pub(crate) enum Connection<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl Tx {
    /// For running a statement; call [`Tx::ended`] afterwards.
    pub(crate) fn connection(&mut self) -> Result<Connection<'_>> {
        Ok(match &mut self.inner {
            Inner::Sqlite(lent) => Connection::Sqlite(lent.connection()),
            Inner::SqliteWriting(writing) => Connection::Sqlite(writing.connection()?),
            Inner::Postgres(lent) => Connection::Postgres(lent.connection()),
            Inner::PostgresWriting(transaction) => Connection::Postgres(transaction.connection()?),
        })
    }

    /// Records how the statement ended. If it succeeded, its connection can be lent again as it is. If it failed, the
    /// cause may be its server.
    pub(crate) fn ended<T>(&mut self, ended: Result<T, impl Into<Error>>) -> Result<T> {
        let ended = ended.map_err(Into::into);
        match (&mut self.inner, &ended) {
            (Inner::Sqlite(lent), Ok(_)) => lent.ended(),
            (Inner::Postgres(lent), Ok(_)) => lent.ended(),
            (Inner::Postgres(lent), Err(error)) => lent.failed(error),
            (Inner::PostgresWriting(transaction), Err(error)) => transaction.failed(error),
            // For transactions, commit or rollback does this.
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
