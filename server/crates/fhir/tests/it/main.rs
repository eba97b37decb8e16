//! The FHIR store on both databases.

#![cfg(test)]

mod authority;
mod check;
mod claims;
mod dangling;
mod dates;
mod feeds;
mod fuzz;
mod includes;
mod isolation;
mod lenience;
mod load;
mod must_support;
mod names;
mod openapi;
mod paging;
mod proof;
mod references;
mod reindex;
mod search;
mod sensitive;
mod sort;
mod synthesize;
mod world;
