//! The FHIR store (R4, 4.0.1): resources as text, indexes to find them, and who may see which. It does not know HTTP.

pub mod authority;
pub mod batch;
pub mod bundle;
pub mod capability;
pub mod catalog;
mod date;
pub mod dictionary;
mod digest;
pub mod engine;
pub mod error;
mod family_names;
pub mod feed;
mod index;
pub mod json;
pub mod load;
pub mod members;
mod memory;
pub mod openapi;
pub mod outcome;
pub mod read;
pub mod reindex;
pub mod search;
mod sensitive;
mod sight;
pub mod subset;
pub mod synthesize;
mod text;
