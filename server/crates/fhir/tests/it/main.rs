//! The FHIR store on both databases.

#![cfg(test)]

mod authority;
mod dangling;
mod dates;
mod includes;
mod load;
mod paging;
mod proof;
mod reindex;
mod search;
mod synthesize;
mod world;
