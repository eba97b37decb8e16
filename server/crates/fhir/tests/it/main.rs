//! The FHIR store on both databases.

#![cfg(test)]

mod authority;
mod dates;
mod includes;
mod load;
mod openapi;
mod paging;
mod reindex;
mod search;
mod sort;
mod synthesize;
mod world;
