//! A connection for one request: a snapshot to read from, or a transaction to write in.

use sqlx::{Postgres, Sqlite, Transaction};

use crate::Result;

/// Everything one request asks of the database goes through here. Dropped without [`Tx::commit`], nothing is saved.
pub struct Tx {
    pub(crate) inner: Inner,
}

pub(crate) enum Inner {
    Sqlite(Connection<Sqlite>),
    Postgres(Connection<Postgres>),
}

/// A plain connection where statements only read, a transaction where they write.
pub(crate) enum Connection<D: sqlx::Database> {
    Read(sqlx::pool::PoolConnection<D>),
    Write(Transaction<'static, D>),
}

impl<D: sqlx::Database> Connection<D> {
    pub(crate) fn as_mut(&mut self) -> &mut D::Connection {
        match self {
            Self::Read(connection) => connection,
            Self::Write(transaction) => transaction,
        }
    }

    async fn commit(self) -> Result<()> {
        match self {
            Self::Read(_) => Ok(()),
            Self::Write(transaction) => Ok(transaction.commit().await?),
        }
    }
}

impl Tx {
    /// Saves what was written; returns once it is durable.
    pub async fn commit(self) -> Result<()> {
        match self.inner {
            Inner::Sqlite(connection) => connection.commit().await,
            Inner::Postgres(connection) => connection.commit().await,
        }
    }

    pub fn dialect(&self) -> crate::Dialect {
        match self.inner {
            Inner::Sqlite(_) => crate::Dialect::Sqlite,
            Inner::Postgres(_) => crate::Dialect::Postgres,
        }
    }
}
