//! The measured databases: fresh ones, filled by the server's own synthesizer and loader.

use std::{
    env, fmt, fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use clap::ValueEnum;
use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::{
    Run,
    error::{Error, Result},
    flex::{self, Bases},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// A filled database and its folder; both are removed when the value is dropped.
pub struct Database {
    pub kind: Kind,
    pub url: String,
    pub folder: PathBuf,
    bases: Vec<Bases>,
    pub filled: Filled,
}

/// What a command loaded, how long that took, and its peak memory in KiB.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filled {
    pub resources: u64,
    pub took: Duration,
    pub memory: u64,
}

impl Drop for Database {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Database {
    /// Creates a database and loads a synthetic directory into it.
    pub async fn fill(kind: Kind, run: &Run) -> Result<Self> {
        let folder = env::temp_dir().join(format!("flex-bench-{}-{kind}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| Error::File(folder.clone(), error))?;
        let url = match kind {
            Kind::Sqlite => format!("sqlite://{}/flex.db", folder.display()),
            Kind::Postgres => create_postgres().await?,
        };
        let mut database = Self { kind, url, folder, bases: Vec::new(), filled: Filled::default() };
        database.bases = flex::bases(&run.flex, &database)?;
        println!("{kind}: loading a directory of {} practitioners", run.providers);
        database.filled = database.synthesize(run, database.directory()?, 0, run.providers).await?;
        Ok(database)
    }

    /// Makes and loads this many members, and practitioners that their claims can name.
    pub async fn synthesize(&self, run: &Run, bases: &Bases, members: u32, providers: u32) -> Result<Filled> {
        let (before, begun) = (self.count().await.unwrap_or_default(), Instant::now());
        let [members, providers] = [members, providers].map(|number| number.to_string());
        let mut arguments = vec!["synthesize", "--program", &bases.program, "--environment", "production"];
        arguments.extend(["--members", &members, "--providers", &providers]);
        let memory = flex::run(&run.flex, self, &arguments).await?;
        let took = begun.elapsed();
        Ok(Filled { resources: self.count().await? - before, took, memory })
    }

    /// The program whose directory is measured.
    pub fn directory(&self) -> Result<&Bases> {
        self.bases.first().ok_or_else(|| Error::Answer("no program has a public directory on this host".to_owned()))
    }

    /// The program whose members are measured: a different one, which is empty until the demonstration fills it.
    pub fn members(&self) -> Result<&Bases> {
        let other = self.bases.get(1);
        other.ok_or_else(|| Error::Answer("no second program has a public directory on this host".to_owned()))
    }

    /// The number of a program's type in production, as in the resources' rows.
    pub async fn kind(&self, bases: &Bases, name: &str) -> Result<i64> {
        let kinds: Vec<(i64, String, String)> = self
            .all(
                "SELECT k.kind, k.type, p.program FROM fhir_kind k JOIN fhir_partition p ON p.part = k.part \
                 WHERE p.environment = 'production'",
            )
            .await?;
        let found = kinds.into_iter().find(|(_, kind, program)| kind == name && *program == bases.program);
        found.map(|(number, ..)| number).ok_or_else(|| Error::Answer(format!("{} has no {name}", bases.program)))
    }

    /// The ids of a type, in the order in which they were loaded.
    pub async fn ids(&self, kind: i64) -> Result<Vec<String>> {
        let all: Vec<(i64, String)> =
            self.all("SELECT kind, id FROM fhir_resource WHERE 0 < version ORDER BY key").await?;
        Ok(all.into_iter().filter(|(of, _)| *of == kind).map(|(_, id)| id).collect())
    }

    /// Runs our own statements.
    pub async fn execute(&self, text: String) -> Result<()> {
        let text = sqlx::AssertSqlSafe(text);
        match self.kind {
            Kind::Sqlite => {
                sqlx::raw_sql(text).execute(&mut SqliteConnection::connect(&self.url).await?).await?;
            }
            Kind::Postgres => {
                sqlx::raw_sql(text).execute(&mut PgConnection::connect(&self.url).await?).await?;
            }
        }
        Ok(())
    }

    async fn count(&self) -> Result<u64> {
        let (count,): (i64,) = self.one("SELECT COUNT(*) FROM fhir_resource WHERE 0 < version").await?;
        Ok(count.unsigned_abs())
    }

    /// The only row of our own query.
    pub async fn one<T>(&self, text: &'static str) -> Result<T>
    where
        T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>
            + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>
            + Send
            + Unpin,
    {
        Ok(self.all(text).await?.into_iter().next().ok_or(sqlx::Error::RowNotFound)?)
    }

    pub async fn all<T>(&self, text: &'static str) -> Result<Vec<T>>
    where
        T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>
            + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>
            + Send
            + Unpin,
    {
        Ok(match self.kind {
            Kind::Sqlite => {
                let mut connection = SqliteConnection::connect(&self.url).await?;
                sqlx::query_as(text).fetch_all(&mut connection).await?
            }
            Kind::Postgres => {
                let mut connection = PgConnection::connect(&self.url).await?;
                sqlx::query_as(text).fetch_all(&mut connection).await?
            }
        })
    }
}

async fn create_postgres() -> Result<String> {
    let port = env::var("TEST_POSTGRES_PORT").map_err(|_| Error::NoCluster)?;
    let url = |name: &str| format!("postgres://flex@127.0.0.1:{port}/{name}");
    let name = format!("bench_{}", std::process::id());
    let mut connection = PgConnection::connect(&url("postgres")).await?;
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await?;
    Ok(url(&name))
}
