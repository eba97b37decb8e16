//! The integration tests, one binary; its tree mirrors URLs and portals.

mod oauth;
mod walls;
