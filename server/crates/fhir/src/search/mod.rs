//! Search (hl7.org/fhir/R4/search.html): a request is parsed into criteria and a shape, planned, and answered by one
//! statement that returns a page of stored texts. Counts and includes, if requested, take one more statement each.

mod criterion;
mod date;
mod distance;
mod include;
mod link;
mod near;
mod page;
mod parameter;
mod plan;
mod reference;
pub mod request;
pub mod run;
pub mod shape;
pub(crate) mod sort;
mod sorted;
mod string;
mod token;
mod uri;
pub(crate) mod value;
mod walk;
