//! Writes many rows with few statements: arrays on PostgreSQL, lists of rows on SQLite.

use sqlx::{Arguments as _, AssertSqlSafe, SqlSafeStr, postgres::PgArguments};

use crate::{Result, Tx, error::Error, query::sqlite_arguments, tx::Connection, value::Value};

/// Rows for one statement, which runs as often as necessary.
pub struct Rows {
    what: What,
    columns: usize,
    values: Vec<Value>,
}

#[derive(Clone, Copy)]
enum What {
    Insert { head: &'static str, tail: &'static str },
    Delete { table: &'static str, columns: &'static [&'static str] },
}

/// Rows per statement on SQLite; a few sizes, so that every statement stays prepared.
const SIZES: [usize; 5] = [512, 128, 32, 8, 1];
/// Rows per statement on PostgreSQL, where the text is the same for any number.
const MOST: usize = 4_096;

impl Rows {
    /// For inserting. `head` names table and columns, `INSERT INTO t (a, b)`; `tail` follows the rows, such as
    /// ` ON CONFLICT DO NOTHING`. With `DO UPDATE`, no two rows may have the same key.
    pub fn new(head: &'static str, columns: usize, tail: &'static str) -> Self {
        Self { what: What::Insert { head, tail }, columns, values: Vec::new() }
    }

    /// For deleting, by columns with which an index begins.
    pub fn to_delete(table: &'static str, columns: &'static [&'static str]) -> Self {
        Self { what: What::Delete { table, columns }, columns: columns.len(), values: Vec::new() }
    }

    /// All values of a column must be of one kind.
    pub fn push<const N: usize>(&mut self, row: [Value; N]) {
        debug_assert_eq!(N, self.columns, "{}", self.what.on_sqlite(1, self.columns));
        self.values.extend(row);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.values.len() / self.columns
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Writes the rows in order.
    pub async fn run(self, tx: &mut Tx) -> Result<()> {
        let ended = match tx.connection()? {
            Connection::Sqlite(connection) => self.run_sqlite(connection).await,
            Connection::Postgres(connection) => self.run_postgres(connection).await,
        };
        tx.ended(ended)
    }

    async fn run_sqlite(self, connection: &mut sqlx::SqliteConnection) -> Result<()> {
        let mut left = self.len();
        let mut values = self.values.into_iter();
        for size in SIZES.into_iter().filter(|size| *size <= left).collect::<Vec<_>>() {
            if left < size {
                continue;
            }
            let text = AssertSqlSafe(self.what.on_sqlite(size, self.columns)).into_sql_str();
            while size <= left {
                left -= size;
                let arguments = sqlite_arguments(values.by_ref().take(size * self.columns))?;
                sqlx::query_with(text.clone(), arguments).execute(&mut *connection).await?;
            }
        }
        Ok(())
    }

    async fn run_postgres(self, connection: &mut sqlx::PgConnection) -> Result<()> {
        let Some(first) = self.values.get(..self.columns) else { return Ok(()) };
        let casts: Vec<String> =
            first.iter().zip(1..).map(|(value, place)| format!("${place}::{}[]", type_of(value))).collect();
        let text = AssertSqlSafe(self.what.on_postgres(&casts.join(", "))).into_sql_str();
        let mut left = self.len();
        let mut values = self.values.into_iter();
        while 0 < left {
            let size = left.min(MOST);
            left -= size;
            let arguments = arrays(values.by_ref().take(size * self.columns), self.columns)?;
            sqlx::query_with(text.clone(), arguments).execute(&mut *connection).await?;
        }
        Ok(())
    }
}

impl What {
    /// Uses `?` instead of `$1`: SQLite looks a name up among all names before it, which is slow if there are
    /// thousands.
    fn on_sqlite(self, size: usize, columns: usize) -> String {
        match self {
            Self::Insert { head, tail } => {
                let row = format!("(?{})", ", ?".repeat(columns.saturating_sub(1)));
                format!("{head} VALUES {row}{}{tail}", format!(", {row}").repeat(size - 1))
            }
            // A text with many statements goes to SQLite's thread in one go; with a list of rows, SQLite would read the
            // whole table.
            Self::Delete { table, columns } => {
                let row = format!("DELETE FROM {table} WHERE {} = ?", columns.join(" = ? AND "));
                format!("{row}{}", format!("; {row}").repeat(size - 1))
            }
        }
    }

    fn on_postgres(self, arrays: &str) -> String {
        match self {
            Self::Insert { head, tail } => format!("{head} SELECT * FROM UNNEST({arrays}){tail}"),
            Self::Delete { table, columns } => {
                let same: Vec<String> = columns.iter().map(|column| format!("t.{column} = gone.{column}")).collect();
                let (names, same) = (columns.join(", "), same.join(" AND "));
                format!("DELETE FROM {table} t USING UNNEST({arrays}) gone ({names}) WHERE {same}")
            }
        }
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "BOOLEAN",
        Value::Int(_) => "BIGINT",
        Value::Real(_) => "DOUBLE PRECISION",
        Value::Text(_) => "TEXT",
        Value::Blob(_) => "BYTEA",
    }
}

/// One column's values.
enum Array {
    Bool(Vec<Option<bool>>),
    Int(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    Text(Vec<Option<String>>),
    Blob(Vec<Option<Vec<u8>>>),
}

impl Array {
    fn of(value: Value) -> Self {
        match value {
            Value::Bool(value) => Self::Bool(vec![value]),
            Value::Int(value) => Self::Int(vec![value]),
            Value::Real(value) => Self::Real(vec![value]),
            Value::Text(value) => Self::Text(vec![value]),
            Value::Blob(value) => Self::Blob(vec![value]),
        }
    }

    fn push(&mut self, value: Value) -> Result<()> {
        match (self, value) {
            (Self::Bool(values), Value::Bool(value)) => values.push(value),
            (Self::Int(values), Value::Int(value)) => values.push(value),
            (Self::Real(values), Value::Real(value)) => values.push(value),
            (Self::Text(values), Value::Text(value)) => values.push(value),
            (Self::Blob(values), Value::Blob(value)) => values.push(value),
            _ => return Err(Error::Sql(sqlx::Error::Encode("a column has values of two kinds".into()))),
        }
        Ok(())
    }
}

fn arrays(values: impl Iterator<Item = Value>, columns: usize) -> Result<PgArguments> {
    let mut arrays: Vec<Array> = Vec::with_capacity(columns);
    for (index, value) in values.enumerate() {
        match arrays.get_mut(index % columns) {
            Some(array) => array.push(value)?,
            None => arrays.push(Array::of(value)),
        }
    }
    let mut arguments = PgArguments::default();
    for array in arrays {
        match array {
            Array::Bool(values) => arguments.add(values),
            Array::Int(values) => arguments.add(values),
            Array::Real(values) => arguments.add(values),
            Array::Text(values) => arguments.add(values),
            Array::Blob(values) => arguments.add(values),
        }
        .map_err(|error| Error::Sql(sqlx::Error::Encode(error)))?;
    }
    Ok(arguments)
}
