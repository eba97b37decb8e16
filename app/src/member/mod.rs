//! The member portal.

use crate::routes::Route;

pub fn routes() -> Vec<Route> {
    vec![]
}
