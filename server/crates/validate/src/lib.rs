//! Checks resources against FHIR R4 (4.0.1) and the profiles of FHIR packages. It does not know HTTP or databases.

mod definitions;
pub mod error;
mod index;
mod narrative;
pub mod package;
mod path;
mod primitive;
pub mod problem;
mod profile;
mod reference;
mod structure;
mod terminology;
mod types;
pub mod validator;
