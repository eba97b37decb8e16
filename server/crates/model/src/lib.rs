//! What the portals, the services and the browser all speak of: identifiers, form types and statuses.
//!
//! Every type is parsed once, at the edge, and is valid from then on; what was stored is believed (`stored`). Compiles to WASM; knows no database, HTTP or clock.

#[macro_use]
pub mod word;
#[macro_use]
pub mod stored;

pub mod account;
pub mod address;
pub mod application;
pub mod application_form;
pub mod attestation;
pub mod bulletin;
pub mod channel;
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
pub mod logo;
pub mod organization;
pub mod organization_form;
pub mod partition;
pub mod password;
pub mod phone;
pub mod probe;
pub mod redirect_uri;
pub mod representative;
pub mod scope;
pub mod skeleton;
pub mod team;
pub mod text;
pub mod texts;
pub mod ticket;
pub mod tin;
