//! The database, the clock, randomness, and the key that seals secrets. Only this crate knows which database is in use.
//!
//! The same portable SQL runs on SQLite and PostgreSQL: `$1` placeholders, `ON CONFLICT`, `RETURNING`, TEXT ids, BIGINT
//! times in milliseconds since 1970, JSON as TEXT. This crate contains everything in which the dialects differ.

mod clock;
mod ctx;
mod db;
pub mod digest;
mod error;
mod held;
mod inserts;
mod lookups;
mod migrate;
mod pool;
mod query;
mod random;
#[cfg(feature = "testing")]
mod recorded;
mod row;
mod rows;
mod seal;
mod together;
mod transaction;
mod turn;
mod tx;
mod value;
mod writer;

#[cfg(feature = "testing")]
pub mod testing;

pub use clock::{Clock, SystemClock};
pub use ctx::{Ctx, Scoped, Store};
pub use db::{Db, Dialect, Options};
pub use error::{Error, Kind, Result};
pub use held::assert_nothing_lent;
pub use inserts::Inserts;
pub use lookups::Lookups;
pub use migrate::Schema;
pub use query::{Part, Query, sql};
pub use random::{Random, SystemRandom};
pub use row::{Column, FromRow, Row};
pub use rows::Rows;
pub use seal::{SealingError, SealingKey, Unopened};
pub use tx::Tx;
pub use value::Value;
