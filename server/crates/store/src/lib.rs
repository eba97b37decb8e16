//! The database, the clock and chance, and the key that seals secrets: the only room that knows which database it is.
//!
//! One portable SQL text serves SQLite and PostgreSQL: `$1` placeholders, `ON CONFLICT`, `RETURNING`, TEXT ids,
//! BIGINT times in milliseconds since 1970, JSON as TEXT. Where the dialects differ, the difference is here.

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
