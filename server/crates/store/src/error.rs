//! What can go wrong with the database.

use sqlx::migrate::MigrateError;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A constraint refused the row: someone else was first, or a referenced row does not exist.
    Conflict,
    /// The database cannot be reached or is too busy: try again.
    Unavailable,
    /// A bug in FLEX: a wrong statement, or a row in an impossible state.
    Internal,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A `UNIQUE` or `PRIMARY KEY` rejected the row. The name is the one that PostgreSQL would generate, for both
    /// databases: `table_column_key`, `table_column_column_key` or `table_pkey`.
    #[error("the constraint `{0}` rejected the row")]
    Unique(String),
    #[error("a foreign key rejected the row")]
    ForeignKey,
    #[error("the row does not exist")]
    Missing,
    /// A row in an impossible state.
    #[error("{table}.{column} of `{id}`: {reason}")]
    Corrupt { table: &'static str, column: &'static str, id: String, reason: String },
    #[error("column {index}: {reason}")]
    Column { index: usize, reason: String },
    #[error("the database is not available: {0}")]
    Unavailable(#[source] sqlx::Error),
    #[error("could not update the database schema: {0}")]
    Migrate(MigrateError),
    #[error(
        "the database's schema is newer than this program: migration {version} is in the database, but this program only knows \
         migrations up to {newest}. Nothing was changed. Run the newer program, or restore the backup from before \
         the update; only migrations that are marked as compatible let older programs run with them"
    )]
    NewerSchema { version: i64, newest: i64 },
    #[error(
        "migration {0} in the database differs from the one in this program: they come from different sources. Nothing was \
         changed. Run the program that created the database, or correct the database URL"
    )]
    ChangedSchema(i64),
    #[error("the database URL is wrong: {0}")]
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

    /// Whether the error is about the server and not the statement: it cannot be reached, is shutting down (class 57P),
    /// or became a standby (read_only_sql_transaction).
    pub(crate) fn is_of_server(&self) -> bool {
        match self {
            Self::Unavailable(sqlx::Error::Io(_)) => true,
            Self::Unavailable(sqlx::Error::Database(error)) => {
                error.code().is_some_and(|code| code == "25006" || code.starts_with("57P"))
            }
            _ => false,
        }
    }

    /// Whether the constraint with this name rejected the row.
    pub fn is_unique(&self, name: &str) -> bool {
        matches!(self, Self::Unique(found) if found == name)
    }
}

impl From<MigrateError> for Error {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMismatch(version) => Self::ChangedSchema(version),
            error => Self::Migrate(error),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::Missing,
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Tls(_)
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            sqlx::Error::Database(database) if database.is_unique_violation() => {
                Self::Unique(constraint_name(database.as_ref()))
            }
            sqlx::Error::Database(database) if database.is_foreign_key_violation() => Self::ForeignKey,
            sqlx::Error::Database(database) if is_passing(database.code().as_deref()) => Self::Unavailable(error),
            _ => Self::Sql(error),
        }
    }
}

/// Errors that go away by themselves, or once an operator has freed space or a standby has become the primary.
fn is_passing(code: Option<&str>) -> bool {
    // PostgreSQL's codes have five characters; SQLite's are numbers with the kind in the lowest byte.
    code.is_some_and(|code| match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => is_passing_in_sqlite(number & 0xff),
        _ => is_passing_in_postgres(code),
    })
}

/// sqlite.org/rescode.html: SQLITE_BUSY, _LOCKED, _NOMEM, _READONLY, _IOERR, _FULL, _CANTOPEN, _PROTOCOL.
fn is_passing_in_sqlite(kind: u32) -> bool {
    matches!(kind, 5 | 6 | 7 | 8 | 10 | 13 | 14 | 15)
}

/// Classes 08 (connection), 53 (resources: disk, memory, connections), 57 (shutdown, cancelled) and 58 (system, I/O),
/// and read_only_sql_transaction of a standby, serialization failure, deadlock and lock_not_available.
fn is_passing_in_postgres(code: &str) -> bool {
    matches!(code, "25006" | "40001" | "40P01" | "55P03")
        || (code.len() == 5 && ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class)))
}

/// PostgreSQL names the constraint; SQLite lists its columns (`account.email`), from which we construct the same name.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_by_itself_is_told_from_what_is_wrong() {
        fn check(code: &str, expect: bool) {
            assert_eq!(is_passing(Some(code)), expect, "{code}");
        }
        // Busy, outdated snapshot, read-only, moved, disk full, I/O errors, a file that cannot be opened.
        for code in ["5", "517", "8", "1032", "13", "10", "778", "6410", "14", "270"] {
            check(code, true);
        }
        // A wrong statement, a constraint, a corrupt file.
        for code in ["1", "19", "1555", "2067", "11", "26"] {
            check(code, false);
        }
        // Connection lost, disk full, too many connections, shutdown, cancelled, standby, lock timeout, deadlock, disk
        // error.
        for code in ["08006", "53100", "53300", "57P01", "57014", "25006", "55P03", "40P01", "40001", "58030"] {
            check(code, true);
        }
        for code in ["42601", "42P01", "23505", "22021", "25001", "XX000"] {
            check(code, false);
        }
        assert!(!is_passing(None));
    }
}
