//! What the portals, the services and the browser all speak of: identifiers, form types and statuses.
//!
//! Every type is parsed once, at the edge, and is valid from then on. Compiles to WASM; knows no database, HTTP or clock.

#[macro_use]
mod word;

pub mod account;
pub mod address;
pub mod application;
pub mod application_form;
pub mod attestation;
pub mod client_keys;
pub mod country;
pub mod decision;
pub mod email;
pub mod form;
pub mod history;
pub mod https_url;
pub mod id;
pub mod jwk;
pub mod locale;
pub mod organization;
pub mod organization_form;
pub mod partition;
pub mod password;
pub mod phone;
pub mod redirect_uri;
pub mod scope;
pub mod team;
pub mod text;
pub mod tin;

mod skeleton;
