//! Migrates the schema to the current version. The files are `/migrations/{sqlite,postgres}/NNNN_name.sql`, with the
//! same names in both folders. The build script lists them here, so the binary contains them.

use std::borrow::Cow;

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::{Db, Dialect, Error, Result, Tx, db::Pools, sql};

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// How the database's schema compares to this program's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Migrations that the next start applies.
    pub missing: Vec<i64>,
    /// Migrations of a newer program with which this one is compatible.
    pub newer: Vec<i64>,
}

impl Db {
    /// Applies missing migrations in order, each once; safe if several processes start together. Returns
    /// [`Error::NewerSchema`] if a newer program has made changes with which this one is not compatible.
    pub async fn migrate(&self) -> Result<()> {
        self.migrate_to(i64::MAX).await
    }

    /// The same, only up to this version: the state that a program of that version left behind.
    pub(crate) async fn migrate_to(&self, last: i64) -> Result<()> {
        let due = migrations(self.dialect()).filter(|migration| migration.version <= last);
        let mut migrator = Migrator::with_migrations(due.collect());
        migrator.set_ignore_missing(!self.schema().await?.newer.is_empty());
        match &self.0 {
            Pools::Sqlite { write, .. } => write.alone(async |connection| migrator.run(connection).await).await??,
            Pools::Postgres(pool) => migrator.run(pool.lend().await?.connection()).await?,
        }
        Ok(())
    }

    /// Compares without changing anything. An older program can run with a newer schema if each migration that it does
    /// not know is marked in `schema_compatible`.
    pub async fn schema(&self) -> Result<Schema> {
        let known: Vec<i64> = migrations(self.dialect()).map(|migration| migration.version).collect();
        let newest = known.iter().copied().max().unwrap_or_default();
        let mut tx = self.read().await?;
        let applied =
            self.versions(&mut tx, "_sqlx_migrations", "SELECT version, version FROM _sqlx_migrations").await?;
        let marked =
            self.versions(&mut tx, "schema_compatible", "SELECT version, oldest FROM schema_compatible").await?;
        let is_compatible = |version| marked.iter().any(|(marked, oldest)| *marked == version && *oldest <= newest);
        let newer: Vec<i64> =
            applied.iter().map(|(version, _)| *version).filter(|version| !known.contains(version)).collect();
        if let Some(version) = newer.iter().copied().find(|version| !is_compatible(*version)) {
            return Err(Error::NewerSchema { version, newest });
        }
        let is_applied = |version: &i64| applied.iter().any(|(applied, _)| applied == version);
        Ok(Schema { missing: known.into_iter().filter(|version| !is_applied(version)).collect(), newer })
    }

    /// The rows of a table that a fresh database does not have.
    async fn versions(&self, tx: &mut Tx, table: &str, rows: &'static str) -> Result<Vec<(i64, i64)>> {
        let tables = match self.dialect() {
            Dialect::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
            Dialect::Postgres => {
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1"
            }
        };
        let (count,): (i64,) = sql(tables).bind(table).fetch_one(tx).await?;
        if count == 0 { Ok(Vec::new()) } else { sql(rows).fetch_all(tx).await }
    }
}

fn migrations(dialect: Dialect) -> impl Iterator<Item = Migration> {
    let files: &[(i64, &str, &str)] = match dialect {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    files.iter().map(|&(version, name, text)| {
        Migration::new(version, Cow::Borrowed(name), MigrationType::Simple, text.into_sql_str(), false)
    })
}
