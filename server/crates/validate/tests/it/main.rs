//! Resources against R4 and against the guides' packages.

mod bases;
mod corrupted;
mod corrupted_profiles;
mod examples;
mod packages;
mod shared;
