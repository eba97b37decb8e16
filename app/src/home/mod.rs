//! The landing page and other pages outside the portals.

pub mod accessibility;
pub mod landing;
pub mod language;
pub mod privacy;
pub mod status;
pub mod terms;
pub mod what_is_healthcare_id;

use crate::routes::{Route, route};

pub fn routes() -> Vec<Route> {
    vec![
        route("/", landing::page),
        route(what_is_healthcare_id::PATH, what_is_healthcare_id::page),
        route(terms::PATH, terms::page),
        route("/terms/{version}", terms::version),
        route("/privacy", privacy::page),
        route("/accessibility", accessibility::page),
        route(status::PATH, status::page),
    ]
}
