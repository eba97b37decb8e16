//! The sentences of the interface, apart from the pages that are written in English alone.

pub mod errors;
#[cfg(feature = "ssr")]
pub mod notices;
#[cfg(feature = "ssr")]
pub mod registry;
