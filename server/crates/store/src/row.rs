//! The rows that a statement returns.

use jiff::Timestamp;
use model::word::Word;
use sqlx::{ColumnIndex, Decode, Row as _, Type, postgres::PgRow, sqlite::SqliteRow};

use crate::{Error, Result};

/// One row of either database; columns are read by their position in the statement.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// The column at `index`, counted from 0.
    pub fn get<T: Column>(&self, index: usize) -> Result<T> {
        T::from_column(self, index)
    }

    /// The word in this column. If this version does not know it, returns [`Word::UNKNOWN`] and logs a warning.
    pub fn word<T: Word>(&self, index: usize) -> Result<T> {
        self.get::<String>(index).map(|text| known(&text))
    }

    /// The same for a column that may be null.
    pub fn word_optional<T: Word>(&self, index: usize) -> Result<Option<T>> {
        Ok(self.get::<Option<String>>(index)?.map(|text| known(&text)))
    }

    fn native<'r, T>(&'r self, index: usize) -> Result<T>
    where
        T: Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite> + Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres>,
        usize: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    {
        match self {
            Self::Sqlite(row) => row.try_get(index),
            Self::Postgres(row) => row.try_get(index),
        }
        .map_err(|error| Error::Column { index, reason: error.to_string() })
    }
}

fn known<T: Word>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| {
        let kind = std::any::type_name::<T>();
        tracing::warn!(kind, "the database contains a word that this version does not know; another version wrote it");
        T::UNKNOWN
    })
}

/// A type that a column can be read as.
pub trait Column: Sized {
    fn from_column(row: &Row, index: usize) -> Result<Self>;
}

macro_rules! native {
    ($($type:ty)*) => {$(
        impl Column for $type {
            fn from_column(row: &Row, index: usize) -> Result<Self> {
                row.native(index)
            }
        }

        impl Column for Option<$type> {
            fn from_column(row: &Row, index: usize) -> Result<Self> {
                row.native(index)
            }
        }
    )*};
}

native! { bool i64 f64 String Vec<u8> }

/// Types that are read as a native type `via` and converted; the conversion may fail.
macro_rules! via {
    ($($type:ty: $via:ty, $convert:expr;)*) => {$(
        impl Column for $type {
            fn from_column(row: &Row, index: usize) -> Result<Self> {
                let convert: fn($via) -> Result<$type, String> = $convert;
                convert(row.get(index)?).map_err(|reason| Error::Column { index, reason })
            }
        }

        impl Column for Option<$type> {
            fn from_column(row: &Row, index: usize) -> Result<Self> {
                let convert: fn($via) -> Result<$type, String> = $convert;
                let value: Option<$via> = row.get(index)?;
                value.map(convert).transpose().map_err(|reason| Error::Column { index, reason })
            }
        }
    )*};
}

via! {
    Timestamp: i64, |value| Timestamp::from_millisecond(value).map_err(|error| error.to_string());
    model::partition::Environment: String, |value| value.parse().map_err(|error: model::partition::UnknownEnvironment| error.to_string());
    model::partition::ProgramId: String, |value| Ok(model::partition::ProgramId::new(value));
    model::channel::Channel: String, |value| value.parse().map_err(|error: model::form::Code| error.to_string());
}

macro_rules! ids {
    ($($id:ident)*) => { via! { $(model::id::$id: String, |value| Ok(model::id::$id::new(value));)* } };
}

ids! { AccountId SessionId PasskeyId OrganizationId ApplicationId ClientId SecretId ReviewId SubmissionId TicketId AttachmentId GrantId PayerId PatientId RepresentativeId DraftId InvitationId AuditId }

/// A struct or tuple that can be read from a whole row.
pub trait FromRow: Sized {
    fn from_row(row: &Row) -> Result<Self>;
}

macro_rules! tuples {
    ($($($name:ident $index:tt),+;)*) => {$(
        impl<$($name: Column),+> FromRow for ($($name,)+) {
            fn from_row(row: &Row) -> Result<Self> {
                Ok(($(row.get::<$name>($index)?,)+))
            }
        }
    )*};
}

tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}
