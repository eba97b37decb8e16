//! The FHIR store on both databases.

#![cfg(test)]

mod authority;
mod dates;
mod includes;
mod load;
mod must_support;
mod paging;
mod reindex;
mod search;
mod synthesize;
mod world;
