//! What can go wrong between us and the database.

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A constraint refused the row: somebody else was first, or it is not there.
    Conflict,
    /// The database cannot be reached or is too busy: try again.
    Unavailable,
    /// Ours: a wrong statement, or a row that fits no state.
    Internal,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A `UNIQUE` or `PRIMARY KEY` refused the row. The name is PostgreSQL's own for both databases:
    /// `table_column_key`, `table_column_column_key` or `table_pkey`.
    #[error("`{0}` refused the row")]
    Unique(String),
    #[error("a foreign key refused the row")]
    ForeignKey,
    #[error("no such row")]
    Missing,
    /// A row that fits no state.
    #[error("{table}.{column} of `{id}`: {reason}")]
    Corrupt { table: &'static str, column: &'static str, id: String, reason: String },
    #[error("column {index}: {reason}")]
    Column { index: usize, reason: String },
    #[error("the database is not available: {0}")]
    Unavailable(#[source] sqlx::Error),
    #[error("the schema could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("the database's address is wrong: {0}")]
    Address(String),
    #[error(transparent)]
    Sql(sqlx::Error),
}

impl Error {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Unique(_) | Self::ForeignKey | Self::Missing => Kind::Conflict,
            Self::Unavailable(_) => Kind::Unavailable,
            _ => Kind::Internal,
        }
    }

    /// Whether the constraint of this name refused the row.
    pub fn is_unique(&self, name: &str) -> bool {
        matches!(self, Self::Unique(found) if found == name)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::Missing,
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Tls(_) => {
                Self::Unavailable(error)
            }
            sqlx::Error::Database(database) if database.is_unique_violation() => {
                Self::Unique(constraint_name(database.as_ref()))
            }
            sqlx::Error::Database(database) if database.is_foreign_key_violation() => Self::ForeignKey,
            sqlx::Error::Database(database) if is_passing(database.code().as_deref()) => Self::Unavailable(error),
            _ => Self::Sql(error),
        }
    }
}

/// SQLite's busy and locked; PostgreSQL's connection, resource and shutdown classes, serialization failure and deadlock.
fn is_passing(code: Option<&str>) -> bool {
    code.is_some_and(|code| {
        matches!(code, "5" | "6" | "261" | "517" | "40001" | "40P01")
            || (code.len() == 5 && ["08", "53", "57"].iter().any(|class| code.starts_with(class)))
    })
}

/// PostgreSQL names the constraint; SQLite lists its columns (`account.email`), from which we make the same name.
fn constraint_name(error: &dyn sqlx::error::DatabaseError) -> String {
    const SQLITE_CONSTRAINT_PRIMARYKEY: &str = "1555";
    if let Some(name) = error.constraint() {
        return name.to_owned();
    }
    let message = error.message();
    let columns = message.rsplit_once(": ").map_or(message, |(_, columns)| columns);
    let mut parts = columns.split(", ").filter_map(|column| column.split_once('.'));
    let Some((table, first)) = parts.next() else { return message.to_owned() };
    if error.code().as_deref() == Some(SQLITE_CONSTRAINT_PRIMARYKEY) {
        return format!("{table}_pkey");
    }
    let rest: String = parts.map(|(_, column)| format!("_{column}")).collect();
    format!("{table}_{first}{rest}_key")
}
