//! How often the endpoints are called, which of these calls are transfers of members' data, and which credentials are
//! in use.
//!
//! A call costs a lookup in memory. A worker writes the sums every second ([`meter::Meter::flush`]), so `kill -9` loses
//! the last second at most, and an orderly shutdown loses nothing. The first transfer of a day is written before its
//! answer is sent ([`transfers`]).
//!
//! Days are those of the program's zone, written as numbers: `20261201` ([`day`]).

pub mod day;
pub mod endpoint;
pub mod figures;
pub mod housekeeping;
pub mod meter;
pub mod metrics;
pub mod probes;
pub mod transfers;
mod write;
