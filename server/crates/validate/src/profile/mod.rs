//! The requirements of profiles beyond R4: extracted once from snapshots, then checked in each resource.

pub mod check;
pub mod compile;
mod found;
mod pattern;
mod slicing;
pub mod tree;
