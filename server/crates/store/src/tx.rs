//! A connection for one request: a snapshot to read from, or a transaction to write in.

use sqlx::{PgConnection, SqliteConnection};

use crate::{Result, held::Held, pool::Lent, transaction::Transaction, writer::Writing};

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

    /// The statement came to its end, so that its connection can be lent on as it is.
    pub(crate) fn ended(&mut self) {
        match &mut self.inner {
            Inner::Sqlite(lent) => lent.ended(),
            Inner::Postgres(lent) => lent.ended(),
            // These are over when they are saved or undone.
            Inner::SqliteWriting(_) | Inner::PostgresWriting(_) => {}
        }
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
