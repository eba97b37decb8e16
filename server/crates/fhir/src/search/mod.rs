//! Search (hl7.org/fhir/R4/search.html): a request is parsed into criteria and a shape, planned, and answered by one
//! statement that gives a page of stored texts; counts and includes take one more each where they are asked for.

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
mod run;
pub mod shape;
pub(crate) mod sort;
mod sorted;
mod string;
mod token;
mod uri;
pub(crate) mod value;
mod walk;
