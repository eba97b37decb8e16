//! What the portals, the services and the browser all speak of: identifiers, form types and statuses.
//!
//! Every type is parsed once, at the edge, and is valid from then on. Compiles to WASM; knows no database, HTTP or clock.

pub mod id;
pub mod partition;
pub mod scope;
