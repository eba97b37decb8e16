//! The registry on both databases.

mod applications;
mod clients;
mod credentials;
mod desk;
mod organizations;
mod reviews;
