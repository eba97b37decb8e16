//! Brings the schema up to date. The files are `/migrations/{sqlite,postgres}/NNNN_name.sql`, the same names in both;
//! the build script lists them here, so that the binary carries them.

use std::borrow::Cow;

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::{Db, Dialect, Result, db::Pools};

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

impl Db {
    /// Applies what is missing, in order, once; safe when several processes start together.
    pub async fn migrate(&self) -> Result<()> {
        let migrator = Migrator::with_migrations(migrations(self.dialect()).collect());
        match &self.0 {
            Pools::Sqlite { write, .. } => write.alone(async |connection| migrator.run(connection).await).await??,
            Pools::Postgres(pool) => migrator.run(pool.lend().await?.connection()).await?,
        }
        Ok(())
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
