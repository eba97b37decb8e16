//! The connection pools.

use std::{future::Future, panic::Location, path::PathBuf, str::FromStr};

use sqlx::{
    PgConnection, SqliteConnection,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::{
    Error, Result, Tx,
    held::{Held, Place},
    pool::{PATIENCE, Pool},
    sql,
    transaction::Transaction,
    tx::Inner,
    writer::Writer,
};

/// Which database is in use. Only this crate may act on it; others may report it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// How to connect.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite:///path/file.db` (created if absent) or `postgres://…`.
    pub url: String,
    /// How many connections may read at the same time; for PostgreSQL, how many there are in total.
    pub connections: u32,
}

impl Options {
    /// The path of SQLite's file; `None` for PostgreSQL.
    pub fn file(&self) -> Option<PathBuf> {
        let is_sqlite = self.url.starts_with("sqlite:");
        let options = is_sqlite.then(|| SqliteConnectOptions::from_str(&self.url).ok())??;
        Some(options.get_filename().to_owned())
    }
}

/// The database: SQLite in this process, or a PostgreSQL server. Cheap to clone.
#[derive(Clone)]
pub struct Db(pub(crate) Pools);

#[derive(Clone)]
pub(crate) enum Pools {
    /// SQLite has one writer, so writers queue here instead of failing there. Readers never wait for them (WAL).
    Sqlite {
        read: Pool<SqliteConnection>,
        write: Writer,
    },
    Postgres(Pool<PgConnection>),
}

impl Db {
    /// Connects, without touching the schema (see [`Db::migrate`]).
    pub async fn connect(options: &Options) -> Result<Self> {
        if options.url.starts_with("sqlite:") {
            Self::connect_sqlite(options).await
        } else if options.url.starts_with("postgres:") || options.url.starts_with("postgresql:") {
            Self::connect_postgres(options).await
        } else {
            Err(Error::Address("it must start with `sqlite:` or `postgres:`".to_owned()))
        }
    }

    /// Connects to an existing database; `None` if SQLite's file would have to be created.
    pub async fn connect_existing(options: &Options) -> Result<Option<Self>> {
        match options.file() {
            Some(file) if !file.exists() => Ok(None),
            _ => Self::connect(options).await.map(Some),
        }
    }

    async fn connect_sqlite(options: &Options) -> Result<Self> {
        let connect = SqliteConnectOptions::from_str(&options.url)
            .map_err(|error| Error::Address(error.to_string()))?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // With WAL, `NORMAL` could lose the last acknowledged commits on power loss, and tokens must not be lost.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .statement_cache_capacity(512)
            .pragma("cache_size", "-65536")
            .pragma("mmap_size", "1073741824")
            .pragma("temp_store", "memory")
            // The writer checkpoints the log separately from commits.
            .pragma("wal_autocheckpoint", "0");
        let write = Writer::new(connect.clone());
        // Creates the file, which readers cannot do.
        write.alone(async |_| ()).await?;
        let read = Pool::open(connect.pragma("query_only", "on"), options.connections).await?;
        Ok(Self(Pools::Sqlite { read, write }))
    }

    async fn connect_postgres(options: &Options) -> Result<Self> {
        let connect = PgConnectOptions::from_str(&options.url)
            .map_err(|error| Error::Address(error.to_string()))?
            .application_name("flex")
            .statement_cache_capacity(512);
        let pool = Pool::open(connect, options.connections).await?;
        Ok(Self(Pools::Postgres(pool)))
    }

    /// A connection for reading: no transaction, and the fewest round trips. Writing through it fails on SQLite.
    #[track_caller]
    pub fn read(&self) -> impl Future<Output = Result<Tx>> + Send + '_ {
        self.read_at(Location::caller())
    }

    async fn read_at(&self, place: Place) -> Result<Tx> {
        let held = Held::note(place);
        let inner = match &self.0 {
            Pools::Sqlite { read, .. } => Inner::Sqlite(read.lend().await?),
            Pools::Postgres(pool) => Inner::Postgres(pool.lend().await?),
        };
        Ok(Tx { inner, _held: held })
    }

    /// A transaction for writing. SQLite takes its write lock immediately, so a transaction never fails halfway.
    #[track_caller]
    pub fn write(&self) -> impl Future<Output = Result<Tx>> + Send + '_ {
        self.write_at(Location::caller())
    }

    async fn write_at(&self, place: Place) -> Result<Tx> {
        let held = Held::note(place);
        let inner = match &self.0 {
            Pools::Sqlite { write, .. } => Inner::SqliteWriting(Box::pin(write.begin()).await?),
            Pools::Postgres(pool) => Inner::PostgresWriting(Transaction::begin(pool).await?),
        };
        Ok(Tx { inner, _held: held })
    }

    /// For a single writing statement and nothing else. On PostgreSQL, such a statement is its own transaction, which
    /// saves two round trips. It is saved even without [`Tx::commit`].
    pub(crate) async fn write_once(&self) -> Result<Tx> {
        match &self.0 {
            Pools::Sqlite { .. } => self.write().await,
            Pools::Postgres(_) => self.read().await,
        }
    }

    /// Prepares this process for writing a lot. SQLite then checkpoints its log less often, so a page that is written
    /// many times moves to the file once. Commits are as durable as ever.
    pub async fn begin_load(&self) -> Result<()> {
        self.tell_writer("PRAGMA wal_autocheckpoint = 16384").await
    }

    /// Ends [`Db::begin_load`]: checkpoints the log now, and at the usual interval from here on.
    pub async fn end_load(&self) -> Result<()> {
        self.tell_writer("PRAGMA wal_autocheckpoint = 0").await?;
        self.tell_writer("PRAGMA wal_checkpoint(PASSIVE)").await
    }

    /// Updates the statistics of these tables, so that PostgreSQL makes new plans: its cached plans date from when
    /// there was less data and read whole tables. Without this call it does so a minute later, which is most of a load.
    /// Does nothing on SQLite, whose plans do not depend on statistics.
    pub async fn analyze(&self, tables: &[&str]) -> Result<()> {
        if let Pools::Postgres(_) = &self.0 {
            let mut analyze = sql("ANALYZE ");
            analyze.push(&tables.join(", "));
            analyze.execute(&mut self.read().await?).await?;
        }
        Ok(())
    }

    /// Does nothing on PostgreSQL.
    async fn tell_writer(&self, statement: &'static str) -> Result<()> {
        if let Pools::Sqlite { write, .. } = &self.0 {
            write.alone(async |connection| sqlx::query(statement).execute(connection).await).await??;
        }
        Ok(())
    }

    pub fn dialect(&self) -> Dialect {
        match &self.0 {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Waits for every connection to close.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}
