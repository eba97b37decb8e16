//! What profiles ask for beyond R4: read out of snapshots once, then checked in each resource.

pub mod check;
pub mod compile;
mod found;
mod pattern;
mod slicing;
pub mod tree;
