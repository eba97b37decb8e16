//! The FHIR APIs over HTTP: addresses, statuses, headers, and the requests that the programs print. Other tests cover
//! what a search finds.

mod addresses;
mod audit_events;
mod batch;
pub mod data;
mod examples;
mod fuzz;
mod http;
mod isolation;
mod metadata;
mod methods;
mod transfers;
pub mod world;
