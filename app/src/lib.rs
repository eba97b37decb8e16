//! The portals.
