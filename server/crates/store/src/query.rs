//! A statement with its arguments; it runs on a [`Tx`].

use std::borrow::Cow;

use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr, postgres::PgArguments, sqlite::SqliteArguments};

use crate::{
    Result, Tx,
    error::Error,
    row::{FromRow, Row},
    tx::Connection,
    value::Value,
};

/// A statement in our portable SQL. Placeholders are `$1`, `$2`, … in the order of the arguments; values never become
/// part of the text.
#[derive(Clone, Debug)]
pub struct Query {
    text: Cow<'static, str>,
    values: Vec<Value>,
}

/// Starts a statement.
pub fn sql(text: &'static str) -> Query {
    debug_assert!(!text.contains("LIMIT $"), "see `Query::push_limit`: {text}");
    Query { text: Cow::Borrowed(text), values: Vec::new() }
}

/// A range of rows of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub from: i64,
    pub rows: i64,
}

impl Part {
    pub const ALL: Self = Self { from: 0, rows: i64::MAX };
}

impl Query {
    /// Gives the next placeholder its value.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Appends text of our own.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Appends the next placeholder with its value.
    pub fn push_bind(&mut self, value: impl Into<Value>) -> &mut Self {
        debug_assert!(!self.text.ends_with("LIMIT "), "see `push_limit`: {}", self.text);
        self.values.push(value.into());
        let placeholder = format!("${}", self.values.len());
        self.push(&placeholder)
    }

    /// Appends a limit. If the limit is a bare placeholder, SQLite plans the statement again each time it runs, because
    /// the plan could depend on it. That would take longer than most searches.
    pub fn push_limit(&mut self, rows: i64) -> &mut Self {
        self.push(" LIMIT 0 + ").push_bind(rows)
    }

    /// Appends the limit and offset for this range.
    pub fn push_part(&mut self, part: Part) -> &mut Self {
        self.push_limit(part.rows).push(" OFFSET 0 + ").push_bind(part.from)
    }

    /// The statement's text, for plans and tests.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Runs the statement; returns how many rows it changed.
    pub async fn execute(self, tx: &mut Tx) -> Result<u64> {
        let (text, values) = self.into_parts();
        let changed = match tx.connection()? {
            Connection::Sqlite(connection) => {
                let query = sqlx::query_with(text, sqlite_arguments(values)?);
                query.execute(connection).await.map(|done| done.rows_affected())
            }
            Connection::Postgres(connection) => {
                let query = sqlx::query_with(text, postgres_arguments(values)?);
                query.execute(connection).await.map(|done| done.rows_affected())
            }
        };
        tx.ended(changed)
    }

    /// The first row, if there is one.
    pub async fn fetch_optional<T: FromRow>(self, tx: &mut Tx) -> Result<Option<T>> {
        let (text, values) = self.into_parts();
        let row = match tx.connection()? {
            Connection::Sqlite(connection) => {
                let query = sqlx::query_with(text, sqlite_arguments(values)?);
                query.fetch_optional(connection).await.map(|row| row.map(Row::Sqlite))
            }
            Connection::Postgres(connection) => {
                let query = sqlx::query_with(text, postgres_arguments(values)?);
                query.fetch_optional(connection).await.map(|row| row.map(Row::Postgres))
            }
        };
        tx.ended(row)?.as_ref().map(T::from_row).transpose()
    }

    /// The first row; [`Error::Missing`] if there is none.
    pub async fn fetch_one<T: FromRow>(self, tx: &mut Tx) -> Result<T> {
        self.fetch_optional(tx).await?.ok_or(Error::Missing)
    }

    /// Every row.
    pub async fn fetch_all<T: FromRow>(self, tx: &mut Tx) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.for_each(tx, |row| {
            rows.push(row);
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    /// Every row that can be read, for a list that people look through. A row that cannot be read, because another
    /// version wrote it, is logged and left out, so that it does not hide the others.
    pub async fn fetch_list<T: FromRow>(self, tx: &mut Tx) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.for_each_row(tx, |row| {
            match T::from_row(row) {
                Ok(row) => rows.push(row),
                Err(error) => {
                    let kind = std::any::type_name::<T>();
                    tracing::error!(kind, %error, "a row cannot be read and is left out of its list");
                }
            }
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    /// The whole numbers of a statement with the single column `key`, in no particular order. They arrive as one row,
    /// because transferring a row costs more than a number.
    pub async fn fetch_keys(mut self, tx: &mut Tx) -> Result<Vec<i64>> {
        self.text = format!("SELECT STRING_AGG(CAST(s.key AS TEXT), ',') FROM ({}) s", self.text).into();
        let (list,): (Option<String>,) = self.fetch_one(tx).await?;
        let number =
            |text: &str| text.parse().map_err(|_| Error::Column { index: 0, reason: "not a number".to_owned() });
        list.iter().flat_map(|list| list.split(',')).map(number).collect()
    }

    /// Visits every row in turn, without holding them all in memory.
    pub async fn for_each<T: FromRow>(self, tx: &mut Tx, mut visit: impl FnMut(T) -> Result<()>) -> Result<()> {
        self.for_each_row(tx, |row| visit(T::from_row(row)?)).await
    }

    /// Visits every row in turn, for columns that are known only when the statement is built.
    pub async fn for_each_row(self, tx: &mut Tx, mut visit: impl FnMut(&Row) -> Result<()>) -> Result<()> {
        let (text, values) = self.into_parts();
        let ended = match tx.connection()? {
            Connection::Sqlite(connection) => {
                let query = sqlx::query_with(text, sqlite_arguments(values)?);
                let mut rows = query.fetch(connection);
                loop {
                    match rows.try_next().await {
                        Ok(Some(row)) => visit(&Row::Sqlite(row))?,
                        ended => break ended.map(drop),
                    }
                }
            }
            Connection::Postgres(connection) => {
                let query = sqlx::query_with(text, postgres_arguments(values)?);
                let mut rows = query.fetch(connection);
                loop {
                    match rows.try_next().await {
                        Ok(Some(row)) => visit(&Row::Postgres(row))?,
                        ended => break ended.map(drop),
                    }
                }
            }
        };
        tx.ended(ended)
    }

    /// The same statement after these words, such as `EXPLAIN `.
    #[cfg(feature = "testing")]
    pub(crate) fn after(mut self, words: &str) -> Self {
        self.text = format!("{words}{}", self.text).into();
        self
    }

    fn into_parts(self) -> (SqlStr, Vec<Value>) {
        #[cfg(feature = "testing")]
        crate::recorded::note(&self);
        let text = match self.text {
            Cow::Borrowed(text) => text.into_sql_str(),
            // Built by `push` from our own text; values are always placeholders.
            Cow::Owned(text) => AssertSqlSafe(text).into_sql_str(),
        };
        (text, self.values)
    }
}

macro_rules! arguments {
    ($name:ident, $type:ty) => {
        pub(crate) fn $name(values: impl IntoIterator<Item = Value>) -> Result<$type> {
            use sqlx::Arguments as _;
            let mut arguments = <$type>::default();
            for value in values {
                match value {
                    Value::Bool(value) => arguments.add(value),
                    Value::Int(value) => arguments.add(value),
                    Value::Real(value) => arguments.add(value),
                    Value::Text(value) => arguments.add(value),
                    Value::Blob(value) => arguments.add(value),
                }
                .map_err(|error| Error::Sql(sqlx::Error::Encode(error)))?;
            }
            Ok(arguments)
        }
    };
}

arguments!(sqlite_arguments, SqliteArguments);
arguments!(postgres_arguments, PgArguments);
