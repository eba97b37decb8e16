//! The FHIR store on both databases.

#![cfg(test)]

mod load;
mod synthesize;
mod world;
