//! The FHIR store on both databases.

#![cfg(test)]

mod authority;
mod check;
mod dates;
mod includes;
mod load;
mod paging;
mod reindex;
mod search;
mod synthesize;
mod world;
