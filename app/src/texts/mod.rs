//! The sentences of the interface, English and Spanish side by side: a module for each portal, and those that all share.
//! Views name them and hold none.

pub mod account;
pub mod consent;
#[cfg(feature = "ssr")]
pub mod errors;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod home;
pub mod islands;
pub mod live;
#[cfg(feature = "ssr")]
pub mod member;
#[cfg(feature = "ssr")]
pub mod notices;
#[cfg(feature = "ssr")]
pub mod owner;
#[cfg(feature = "ssr")]
pub mod payers;
#[cfg(feature = "ssr")]
pub mod registry;
